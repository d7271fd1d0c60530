"""syslog (both RFCs), journald's JSON and FortiGate's key=value: the program tells the kind, Sysmon for Linux speaks XML inside."""

import re
from collections.abc import Iterator

from luytre.core.hunt.read_text import Misses, Row
from luytre.core.hunt.shape import Fields

Lines = Iterator[tuple[int, str]]
OLD = re.compile(
    r"(?:<\d{1,3}>)?(?P<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (?P<host>\S+) "
    r"(?P<program>[^\s:\[]+)(?:\[(?P<pid>\d+)\])?:? ?(?P<message>.*)"
)
NEW = re.compile(r"<\d{1,3}>1 (?P<time>\S+) (?P<host>\S+) (?P<program>\S+) (?P<pid>\S+) \S+ (?:-|(?:\[.*?\])+) ?(?P<message>.*)")
PAIR = re.compile(r'([\w.-]+)=("(?:[^"\\]|\\.)*"|\S*)')
PROGRAMS = {
    "sshd": "linux/sshd",
    "sshd-session": "linux/sshd",
    "sudo": "linux/sudo",
    "su": "linux/auth",
    "login": "linux/auth",
    "systemd-logind": "linux/auth",
    "useradd": "linux/auth",
    "usermod": "linux/auth",
    "passwd": "linux/auth",
    "cron": "linux/cron",
    "crond": "linux/cron",
    "anacron": "linux/cron",
    "clamd": "linux/clamav",
    "freshclam": "linux/clamav",
    "vsftpd": "linux/vsftpd",
    "guacd": "linux/guacamole",
    "dovecot": "linux/mail",
    "sendmail": "linux/mail",
    "zimbramon": "linux/mail",
    "exim": "linux/mail",
    "openvpn": "linux/vpn",
    "charon": "linux/vpn",
    "ocserv": "linux/vpn",
    "named": "linux/dns",
    "dnsmasq": "linux/dns",
    "unbound": "linux/dns",
}
MONTHS = {name: number for number, name in enumerate("JanFebMarAprMayJunJulAugSepOctNovDec"[i : i + 3] for i in range(0, 36, 3))}
SIGN_IN = re.compile(r"for (?:invalid user )?(?P<user>\S*) from (?P<src_ip>\S+) port \d+")
SASL = re.compile(r"\[(?P<src_ip>[0-9a-fA-F.:]+)\]: SASL")
DNS = re.compile(r"query(?:\[\w+\])?:? (?P<query>[\w.-]+)")


def syslog(lines: Lines, misses: Misses) -> Iterator[Row]:
    for number, line in lines:
        found = NEW.match(line) or OLD.match(line)
        if found:
            yield (*_row(found, misses.year), number)
        elif line.strip():
            misses.add(number)


def _row(found: re.Match[str], year: int | None) -> tuple[str, Fields]:
    fields: Fields = {name: value for name, value in found.groupdict().items() if value is not None}
    fields["time"] = dated(fields["time"], year)
    message = fields["message"]
    if "<Event>" in message and "</Event>" in message:
        from luytre.core.hunt.read_xml import event_of

        known = event_of(message[message.index("<Event>") : message.index("</Event>") + 8])
        if known:
            return known
    if "devname=" in message or "logid=" in message:
        return "fortigate", {**pairs(message), "host": fields["host"]}
    return _kind(fields["program"]), _more(fields)


def _kind(program: str) -> str:
    name = program.rsplit("/", 1)[-1].lower()
    if program.startswith("postfix") or "postfix" in name:
        return "linux/mail"
    return PROGRAMS.get(name, "linux/syslog")


def _more(fields: Fields) -> Fields:
    """DNS servers' questions, and who signed in or failed to from where, under names rules can group by."""
    found = DNS.search(fields["message"]) or SIGN_IN.search(fields["message"]) or SASL.search(fields["message"])
    return {**fields, **{name: value for name, value in found.groupdict().items() if value}} if found else fields


def dated(text: str, year: int | None) -> str:
    """Nov  3 10:00:00 → 2026-11-03 10:00:00, with the year the caller gives; else as it is."""
    month = MONTHS.get(text[:3])
    return text if month is None or year is None else f"{year:04}-{month + 1:02}-{int(text[4:6]):02} {text[7:]}"


def from_journal(fields: Fields) -> tuple[str, Fields]:
    """One line of `journalctl -o json`."""
    program = str(fields.get("SYSLOG_IDENTIFIER") or fields.get("_COMM") or "")
    message = fields.get("MESSAGE")
    if isinstance(message, list) and all(isinstance(part, int) for part in message):
        message = bytes(part & 255 for part in message).decode("utf-8", "replace")
    event = {**fields, "program": program, "message": message if isinstance(message, str) else "", "host": fields.get("_HOSTNAME")}
    stamp = str(fields.get("__REALTIME_TIMESTAMP") or "")
    event["SystemTime"] = int(stamp) / 1e6 if stamp.isdigit() else None
    return _kind(program), _more(event)


def pairs(text: str) -> Fields:
    """key=value and key="a value"."""
    return {name: value[1:-1] if value[:1] == '"' else value for name, value in PAIR.findall(text)}


def fortigate(lines: Lines, misses: Misses) -> Iterator[Row]:
    for number, line in lines:
        fields = pairs(line)
        if len(fields) < 3:
            if line.strip():
                misses.add(number)
            continue
        if "date" in fields and "time" in fields:
            fields["SystemTime"] = f"{fields.pop('date')} {fields.pop('time')}{fields.get('tz', '')}"
        fields["host"] = fields.get("devname")
        yield "fortigate", fields, number
