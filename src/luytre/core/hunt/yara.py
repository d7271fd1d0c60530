"""YARA rules over the inputs' bytes, by YARA-X: the only other thing a hunt asks of a file besides its events."""

from pathlib import Path
from typing import Any

import yara_x

TIMEOUT = 120  # seconds for one file
WHOLE = 256 << 20  # bytes of an archive's member held to be scanned
SHOWN = 5  # matches of one pattern shown
LEVELS = ("critical", "high", "medium", "low", "informational")


class Yara:
    """Compiled rules of a folder or file. `faults`: rule files that don't compile, with why."""

    def __init__(self, source: Path) -> None:
        compiler = yara_x.Compiler(relaxed_re_syntax=True)
        self.faults: list[tuple[str, str]] = []
        self.files = 0
        paths = (
            [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.suffix.lower() in (".yar", ".yara") and p.is_file())
        )
        for path in paths:
            self.files += 1
            try:
                compiler.new_namespace(path.stem)
                compiler.add_source(path.read_text(encoding="utf-8", errors="replace"), origin=str(path.name))
            except (yara_x.CompileError, OSError, ValueError) as fault:
                self.faults.append((path.name, " ".join(str(fault).split())[:300]))
        self.rules = compiler.build()
        self._scanner: Any = None

    def _ready(self) -> Any:
        if self._scanner is None:
            self._scanner = yara_x.Scanner(self.rules)
            self._scanner.set_timeout(TIMEOUT)
        return self._scanner

    def of_file(self, path: Path) -> list[dict[str, Any]]:
        """Rows for the rules that match a file. Raises ScanError, OSError."""
        return [_row(rule) for rule in self._ready().scan_file(str(path)).matching_rules]

    def of_bytes(self, data: bytes) -> list[dict[str, Any]]:
        return [_row(rule) for rule in self._ready().scan(data).matching_rules]


def _row(rule: Any) -> dict[str, Any]:
    meta = {str(name): value for name, value in rule.metadata}
    level = str(meta.get("severity") or meta.get("level") or "high").lower()
    why = [
        {"field": pattern.identifier, "op": "yara", "value": pattern.identifier, "seen": f"offset {match.offset}, {match.length} byte"}
        for pattern in rule.patterns
        for match in list(pattern.matches)[:SHOWN]
    ]
    return {
        "kind": "yara",
        "rule_id": f"yara:{rule.namespace}.{rule.identifier}",
        "title": str(meta.get("description") or rule.identifier),
        "level": level if level in LEVELS else "high",
        "attack": [],
        "why": why,
        "event": {"tags": list(rule.tags), "meta": meta},
        "authors": str(meta.get("author") or ""),
    }
