"""What a file is, told by its first bytes and never by its name."""

import re

import msgspec

HEAD = 65_536  # bytes looked at

PACKED = {
    b"\x1f\x8b": "gz",
    b"BZh": "bz2",
    b"\xfd7zXZ\0": "xz",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"7z\xbc\xaf\x27\x1c": "7z",
}
ACCESS = re.compile(rb'^\S+ \S+ .{1,200}? \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "')
AUDIT = re.compile(rb"^(?:node=\S+ )?type=[A-Z_0-9\[\]]+ msg=audit\(\d+\.\d+:\d+\):")
SYSLOG = re.compile(
    rb"^(?:<\d{1,3}>)?(?:1 )?"
    rb"(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)? )\S+ \S"
)
NGINX_ERROR = re.compile(rb"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[(?:debug|info|notice|warn|error|crit|alert|emerg)\] \d+#\d+:")
APACHE_ERROR = re.compile(rb"^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? \d{4}\] \[")
PHP_ERROR = re.compile(rb"^\[\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d [^\]]{1,40}\] PHP ")
FORTI = re.compile(rb'^(?:<\d+>)?(?:.{0,80} )?date=\d{4}-\d\d-\d\d time=\d\d:\d\d:\d\d .*(?:devname|logid|type)="?')
CEF = re.compile(rb"CEF:\d\|")
OTHERS = (b"\x89PNG", b"\xff\xd8\xff", b"%PDF", b"\x7fELF", b"MZ", b"GIF8", b"regf", b"SQLite format 3\0", b"Rar!", b"\xd0\xcf\x11\xe0")


def packing(head: bytes) -> str | None:
    """gz, bz2, xz, zip, 7z or tar; None for what is not packed."""
    for magic, name in PACKED.items():
        if head.startswith(magic):
            return name
    return "tar" if head[257:262] == b"ustar" else None


def encoding(head: bytes) -> str:
    """utf-8 unless a mark or the zero bytes of UTF-16 say otherwise."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = head[:2000]
    if len(sample) >= 8:
        half = len(sample) // 2
        if sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.1:
            return "utf-16-le"
        if sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
            return "utf-16-be"
    return "utf-8"


def format_of(head: bytes) -> str:
    """The format of unpacked content; `empty` for nothing but blanks, `unknown` for what no reader of ours takes."""
    if head.startswith((b"ElfFile\0", b"ElfChnk\0")):
        return "evtx"
    kind = encoding(head)
    if kind != "utf-8":
        head = head[: len(head) // 2 * 2].decode(kind, "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    text = head.lstrip()
    if not text.strip(b"\0 \t\r\n"):
        return "empty" if b"\0" not in head else "unknown"
    if text.startswith(OTHERS) or b"\0" in text[:4096]:
        return "unknown"
    return _markup(text) or _lines(text)


def _markup(text: bytes) -> str | None:
    if text[:1] == b"<" and (b"<Event" in text or text[:5] == b"<?xml"):
        return "sysmon-linux" if b"Linux-Sysmon" in text and not text.startswith((b"<?xml", b"<Events", b"<Event>", b"<Event ")) else "xml"
    if text[:1] == b"{":
        return "jsonl"
    if text[:1] == b"[" and re.match(rb"\[\s*[\{\]]", text):
        return "json-array"
    return None


def _lines(text: bytes) -> str:
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    first = lines[0]
    if first.startswith(b"#separator") or (first.startswith(b"#") and any(line.startswith(b"#fields\t") for line in lines)):
        return "zeek"
    if first.startswith(b"#") and any(line.startswith(b"#Fields:") for line in lines):
        return "w3c"
    tests = (
        ("auditd", AUDIT),
        ("access", ACCESS),
        ("nginx-error", NGINX_ERROR),
        ("apache-error", APACHE_ERROR),
        ("php-error", PHP_ERROR),
        ("fortigate", FORTI),
        ("syslog", SYSLOG),
    )
    for name, test in tests:
        if sum(bool(test.match(line)) for line in lines[:20]) * 2 > min(len(lines), 20):
            return name
    if sum(bool(CEF.search(line)) for line in lines[:20]) * 2 > min(len(lines), 20):
        return "syslog"
    if any(line[:1] == b"{" and _is_json(line) for line in lines):  # JSON lines after a line of something else
        return "jsonl"
    return "csv" if _is_csv(lines) else "unknown"


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _is_csv(lines: list[bytes]) -> bool:
    """A heading of names and rows with as many separators."""
    for separator in (b",", b";", b"\t", b"|"):
        columns = lines[0].count(separator)
        if columns >= 2 and len(lines) > 1 and lines[1].count(separator) >= columns * 0.8:
            return True
    return False
