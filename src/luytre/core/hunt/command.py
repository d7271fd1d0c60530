"""luytre hunt: paths in, findings out on stdout (or --out), a summary as the last line of stderr."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from luytre.core.hunt.finding import Finding
from luytre.core.hunt.rulefiles import Unreadable

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from luytre.core.hunt.indicators import Indicators
    from luytre.core.hunt.read_csv import Mappings
    from luytre.core.hunt.ruleset import Correlation, Rule, RuleSet
    from luytre.core.hunt.run import Outcome
    from luytre.core.hunt.screen import Gravest

FOUND_NOTHING, FOUND_SOMETHING, UNREADABLE = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    it = argparse.ArgumentParser(
        prog="luytre hunt",
        description="Săn lùng mối nguy hại trong tệp nhật ký bằng luật Sigma, chỉ báo và YARA / Hunt through log files.",
        epilog="Mã thoát / exit: 0 không thấy gì, 1 có phát hiện, 2 có tệp hoặc luật không đọc được hay bị cắt cụt.",
    )
    it.add_argument("paths", nargs="+", metavar="PATH", help="tệp, thư mục hoặc tệp nén")
    it.add_argument(
        "--rules",
        type=Path,
        metavar="DIR|ZIP",
        help="bộ luật Sigma, hoặc “updated”: bộ đã lấy bằng luytre rules update (mặc định: luật của Lũy Tre)",
    )
    it.add_argument("--pipeline", nargs="+", metavar="NAME", help="sysmon, windows-logsources, windows-audit, none hoặc tệp YAML")
    it.add_argument("--timezone", metavar="ZONE", help="múi giờ của thời gian không ghi múi giờ, ví dụ Asia/Ho_Chi_Minh")
    it.add_argument("--site", type=Path, metavar="FILE", help="danh sách của cơ quan cho luật dùng |expand (YAML)")
    it.add_argument("--map", type=Path, metavar="FILE", help="tệp ánh xạ cột của bảng tường lửa, DNS, proxy sang trường Sigma (YAML)")
    it.add_argument("--iocs", type=Path, nargs="+", default=[], metavar="FILE", help="chỉ báo: STIX 2.1, MISP hoặc danh sách")
    it.add_argument("--yara", type=Path, metavar="DIR", help="luật YARA chạy trên chính các tệp")
    it.add_argument("--workers", type=int, default=0, metavar="N", help="số tiến trình (mặc định: số nhân)")
    it.add_argument("--out", type=Path, metavar="FILE", help="ghi phát hiện vào tệp này thay vì stdout")
    it.add_argument("--report", type=Path, metavar="FILE", help="báo cáo HTML")
    it.add_argument("--format", choices=("jsonl", "table"), default="jsonl")
    return it


def main(argv: list[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    options = parser().parse_args(argv)
    try:
        return _hunt(options)
    except (Unreadable, ValueError) as fault:
        sys.stderr.write(f"luytre hunt: {fault}\n")
        sys.stderr.write(orjson.dumps({"error": str(fault)}).decode() + "\n")
        return UNREADABLE
    except BrokenPipeError:
        sys.stderr.close()
        return UNREADABLE


def _hunt(options: argparse.Namespace) -> int:
    from luytre.core.hunt.load import kept_rules, load
    from luytre.core.hunt.run import Hunt
    from luytre.core.hunt.screen import Gravest, Progress
    from luytre.core.hunt.summary import summary_of
    from luytre.core.hunt.work import Settings

    source = kept_rules() if options.rules and str(options.rules) == "updated" else options.rules
    rules = load(source, pipelines=options.pipeline, site=_site(options.site))
    settings = Settings(zone=_zone(options.timezone), mapping=_mapping(options.map), yara=options.yara)
    settings.indicators, bad = _indicators(options.iocs)
    bad += _yara_faults(options.yara)
    gravest, progress = Gravest() if options.report else None, Progress()
    with _Out(options.out, options.format, gravest) as out:
        hunt = Hunt(rules, options.paths, settings=settings, workers=options.workers, found=out.put, progress=progress)
        outcome = hunt.run()
    progress.end()
    summary = summary_of(rules, outcome, settings.indicators, bad)
    if gravest is not None:
        _report(options.report, summary, gravest, outcome, rules)
    sys.stderr.write(orjson.dumps(summary).decode() + "\n")
    sys.stderr.flush()
    if bad or outcome.is_damaged or outcome.interrupted or any(problem.code in ("broken", "runaway") for problem in rules.problems):
        return UNREADABLE
    return FOUND_SOMETHING if outcome.tally.findings else FOUND_NOTHING


def _report(path: Path, summary: dict[str, Any], gravest: "Gravest", outcome: "Outcome", rules: "RuleSet") -> None:
    from luytre.core.hunt.report import note_of, report_of

    named: list[Rule | Correlation] = [*rules.rules, *rules.correlations]
    notes = {rule.id: note_of(rule) for rule in named if rule.id in outcome.tally.by_rule}
    try:
        path.write_text(report_of(summary, gravest.rows(), outcome.tally, notes), encoding="utf-8")
    except OSError as fault:
        raise Unreadable(f"Không ghi được báo cáo {path}: {fault.strerror}") from fault


def _zone(name: str | None) -> "ZoneInfo | None":
    if name is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise Unreadable(f"Không có múi giờ “{name}”; ví dụ đúng: Asia/Ho_Chi_Minh") from fault


def _site(path: Path | None) -> dict[str, list[str]]:
    """name → values, from a YAML file."""
    if path is None:
        return {}
    from luytre.core.hunt.rulefiles import documents

    try:
        found = documents(path.read_bytes())
    except (OSError, ValueError) as fault:
        raise Unreadable(f"Không đọc được {path}: {fault}") from fault
    if len(found) != 1 or not isinstance(found[0], dict):
        raise Unreadable(f"{path}: phải là bảng “tên: [giá trị, …]”")
    return {str(name).strip("%"): [str(v) for v in (values if isinstance(values, list) else [values])] for name, values in found[0].items()}


def _mapping(path: Path | None) -> "Mappings | None":
    if path is None:
        return None
    from luytre.core.hunt.read_csv import Mappings
    from luytre.core.hunt.rulefiles import documents

    try:
        found = documents(path.read_bytes())
    except OSError as fault:
        raise Unreadable(f"Không đọc được {path}: {fault.strerror}") from fault
    return Mappings(found[0] if len(found) == 1 else found)


def _indicators(paths: list[Path]) -> "tuple[Indicators | None, list[dict[str, str]]]":
    """All files' indicators, and the files that could not be used."""
    if not paths:
        return None, []
    from luytre.core.hunt.indicators import BadFile, Indicators

    found, bad = Indicators(), []
    for path in paths:
        try:
            found.load(path)
        except BadFile as fault:
            bad.append({"file": str(path.name), "why": str(fault)})
    return found, bad


def _yara_faults(path: Path | None) -> list[dict[str, str]]:
    if path is None:
        return []
    if not path.exists():
        raise Unreadable(f"Không có luật YARA ở {path}")
    from luytre.core.hunt.yara import Yara

    return [{"file": name, "why": why} for name, why in Yara(path).faults]


class _Out:
    """Where findings go: whole lines, as they come."""

    def __init__(self, path: Path | None, form: str, gravest: "Gravest | None" = None) -> None:
        self._path, self._form, self._gravest = path, form, gravest
        self._stream: BinaryIO | None = None

    def __enter__(self) -> "_Out":
        try:
            self._stream = self._path.open("wb") if self._path else sys.stdout.buffer
        except OSError as fault:
            raise Unreadable(f"Không ghi được {self._path}: {fault.strerror}") from fault
        return self

    def __exit__(self, *_: object) -> None:
        assert self._stream is not None
        self._stream.flush()
        if self._path:
            self._stream.close()

    def put(self, line: bytes, finding: Finding) -> None:
        assert self._stream is not None
        if self._gravest is not None:
            self._gravest.put(line)
        self._stream.write((_row(line) if self._form == "table" else line) + b"\n")


def _row(line: bytes) -> bytes:
    row = orjson.loads(line)
    source = row["source"]
    words = (
        row["time"] or "-",
        row["level"],
        row["host"] or "-",
        row["title"],
        f"{source['file']}:{source['line'] or source['record'] or '-'}",
    )
    return "  ".join(words).encode()
