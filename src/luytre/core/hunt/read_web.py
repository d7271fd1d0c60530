"""Logs of web servers in Sigma's names (cs-method, cs-uri-query, …): nginx, Apache, IIS; their error logs and PHP's as messages."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from luytre.core.hunt.read_text import Misses, Row
from luytre.core.hunt.shape import Fields

Lines = Iterator[tuple[int, str]]
ACCESS = re.compile(
    r'(?P<ip>\S+) \S+ (?P<user>.{1,200}?) \[(?P<time>[^\]]{20,40})\] "(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}|-) (?P<size>\d+|-)'
    r'(?: "(?P<referer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)


def access(lines: Lines, misses: Misses) -> Iterator[Row]:
    """Common and combined log format of Apache and nginx."""
    for number, line in lines:
        found = ACCESS.match(line)
        if found:
            yield "web/access", _access(found), number
        elif line.strip():
            misses.add(number)


def _access(found: re.Match[str]) -> Fields:
    method, _, rest = found["request"].partition(" ")
    uri, _, protocol = rest.rpartition(" ") if rest.rpartition(" ")[2].startswith("HTTP/") else (rest, "", "")
    fields = {
        "c-ip": found["ip"],
        "cs-username": _blank(found["user"]),
        "time": found["time"],
        "cs-method": method,
        "cs-version": protocol,
        "sc-status": found["status"],
        "sc-bytes": _blank(found["size"]),
        "cs-referer": _blank(found["referer"]),
        "cs-user-agent": _blank(found["agent"]),
    }
    return {**fields, **uri_fields(uri)}


def uri_fields(uri: str, query: str | None = None) -> Fields:
    """A request's address under the names rules use. Rules ask `cs-uri-query` for paths too, and attackers encode: so the whole address
    stands beside the query, and decoded beside raw; a rule holds where any of them fits."""
    stem, mark, after = uri.partition("?")
    query = after if query is None else query
    whole = f"{stem}?{query}" if mark or query else stem
    return {
        "cs-uri-stem": forms(stem),
        "cs-uri-query": forms(query, whole) if query else forms(whole),
        "cs-uri": forms(whole),
        "c-uri": forms(whole),
        "c-uri-query": forms(query) if query else None,
    }


def forms(*texts: str) -> Any:
    """The texts, and each decoded (twice: double encoding is a trick) where that says something else; one alone stays a text."""
    found = dict.fromkeys(texts)
    for text in texts:
        once = unquote_plus(text) if "%" in text or "+" in text else text
        found[once] = None
        found[unquote_plus(once) if "%" in once else once] = None
    listed = list(found)
    return listed[0] if len(listed) == 1 else listed


def _blank(text: str | None) -> str | None:
    return None if text in (None, "-", "") else text


def w3c(lines: Lines, misses: Misses) -> Iterator[Row]:
    """IIS in W3C format; #Fields may change in the middle of a file. Its times are UTC by definition of the format."""
    names: list[str] = []
    for number, line in lines:
        if line.startswith("#"):
            if line.startswith("#Fields:"):
                names = line[8:].split()
            continue
        values = line.split(" ")
        if not line.strip():
            continue
        if not names or len(values) != len(names):
            misses.add(number)
            continue
        yield ("web/iis" if "cs-uri-stem" in names else "firewall"), _w3c(dict(zip(names, values, strict=True))), number


def _w3c(row: dict[str, str]) -> Fields:
    fields: Fields = {_plain(name): _blank(value) for name, value in row.items()}
    agent = fields.get("cs-user-agent")
    if agent:
        fields["cs-user-agent"] = forms(agent)
    if "date" in row and "time" in row:
        fields["SystemTime"] = f"{row['date']}T{row['time']}Z"
    if fields.get("cs-uri-stem"):
        fields.update(uri_fields(fields["cs-uri-stem"], fields.get("cs-uri-query") or ""))
    return fields


def _plain(name: str) -> str:
    """cs(User-Agent) → cs-user-agent."""
    return re.sub(r"\((.+)\)", lambda found: f"-{found[1].lower()}", name)


def from_nginx_json(fields: Fields) -> Fields:
    """nginx writing JSON with its own variable names."""
    method, _, rest = str(fields.get("request", "")).partition(" ")
    usual = {
        "c-ip": fields.get("remote_addr"),
        "cs-method": fields.get("request_method") or method,
        "sc-status": fields.get("status"),
        "cs-user-agent": fields.get("http_user_agent"),
        "cs-referer": fields.get("http_referer"),
        "time": fields.get("time_iso8601") or fields.get("time_local"),
    }
    uri = str(fields.get("request_uri") or rest.rsplit(" ", 1)[0])
    return {**fields, **{name: value for name, value in usual.items() if value is not None}, **uri_fields(uri)}


def _messages(kind: str, form: re.Pattern[str]) -> Any:
    def read(lines: Lines, misses: Misses) -> Iterator[Row]:
        for number, line in lines:
            found = form.match(line)
            if found:
                yield kind, {name: value for name, value in found.groupdict().items() if value is not None}, number
            elif line.strip():  # a message may go on over lines: its words still count
                yield kind, {"message": line}, number

    return read


nginx_error = _messages(
    "web/nginx-error",
    re.compile(r"(?P<time>\d{4}/\d\d/\d\d \d\d:\d\d:\d\d) \[(?P<level>\w+)\] \d+#\d+: (?P<message>.*?)(?:, client: (?P<client>\S+?),.*)?$"),
)
apache_error = _messages(
    "web/apache-error",
    re.compile(r"\[(?P<time>[^\]]+)\] \[(?P<level>[^\]]+)\](?: \[pid [^\]]+\])?(?: \[client (?P<client>[^\]]+)\])? (?P<message>.*)"),
)
php_error = _messages("web/php-error", re.compile(r"\[(?P<time>[^\]]+)\] (?P<message>PHP .*)"))
