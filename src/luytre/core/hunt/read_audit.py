"""auditd: each record by itself, as Sigma's auditd rules ask; and what an execve comes to (SYSCALL + EXECVE + CWD) as a started process."""

import re
from collections import OrderedDict
from collections.abc import Iterator

from luytre.core.hunt.read_text import Misses, Row
from luytre.core.hunt.shape import Fields

Lines = Iterator[tuple[int, str]]
HEAD = re.compile(r"(?:node=(?P<node>\S+) )?type=(?P<type>\S+) msg=audit\((?P<time>\d+\.\d+):(?P<serial>\d+)\):\s*(?P<rest>.*)")
PAIR = re.compile(r"""([\w-]+)=("[^"]*"|'[^']*'|\([^)]*\)|\S+)""")
HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+\Z").match
WRITTEN_HEX = re.compile(r"a\d+|proctitle|name|comm|exe|cwd|data|key|acct|cmd").fullmatch
OPEN = 64  # events whose records may still come
EXECVE = {"execve", "59", "322", "execveat", "11", "221"}


def auditd(lines: Lines, misses: Misses) -> Iterator[Row]:
    waiting: OrderedDict[str, list[tuple[Fields, int]]] = OrderedDict()
    for number, line in lines:
        fields = record(line)
        if fields is None:
            if line.strip():
                misses.add(number)
            continue
        yield "linux/auditd", fields, number
        waiting.setdefault(fields["serial"], []).append((fields, number))
        if len(waiting) > OPEN:
            yield from started(waiting.popitem(last=False)[1])
    for records in waiting.values():
        yield from started(records)


def record(line: str) -> Fields | None:
    found = HEAD.match(line)
    if not found:
        return None
    rest, _, names = found["rest"].partition("\x1d")  # enriched logs repeat the fields in words after a group separator
    fields: Fields = {"type": found["type"], "SystemTime": float(found["time"]), "serial": found["serial"]}
    if found["node"]:
        fields["host"] = found["node"]
    text = rest.replace("msg='", "", 1).rstrip("'") if "msg='" in rest else rest
    for name, value in PAIR.findall(text):
        fields[name] = decoded(name, value)
    for name, value in PAIR.findall(names):
        fields[name] = decoded(name, value)
    return fields


def decoded(name: str, value: str) -> str:
    """A value without its quotes; auditd writes those with blanks or odd letters in hexadecimal."""
    if value[:1] in "\"'":
        return value[1:-1]
    if WRITTEN_HEX(name) and len(value) >= 4 and HEX(value) and not value.isdigit():
        return bytes.fromhex(value).replace(b"\0", b" ").decode("utf-8", "replace")
    return value


def started(records: list[tuple[Fields, int]]) -> Iterator[Row]:
    """A started process, in the names of process creation rules."""
    by_type = {fields["type"]: (fields, number) for fields, number in records}
    call, run = by_type.get("SYSCALL"), by_type.get("EXECVE")
    if call is None or run is None or (call[0].get("success") == "no"):
        return
    words = [
        run[0][f"a{n}"] for n in range(int(run[0].get("argc", "0")) if str(run[0].get("argc", "")).isdigit() else 0) if f"a{n}" in run[0]
    ]
    cwd = by_type.get("CWD", ({}, 0))[0].get("cwd")
    event = {
        "Image": call[0].get("exe"),
        "CommandLine": " ".join(words),
        "CurrentDirectory": cwd,
        "User": call[0].get("AUID") or call[0].get("auid") or call[0].get("uid"),
        "ProcessId": call[0].get("pid"),
        "ParentProcessId": call[0].get("ppid"),
        "SystemTime": call[0]["SystemTime"],
        "serial": call[0]["serial"],
        "host": call[0].get("host"),
    }
    yield "linux/process_creation", {name: value for name, value in event.items() if value is not None}, run[1]
