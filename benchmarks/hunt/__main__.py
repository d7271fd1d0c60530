"""Figures of the hunting engine, each beside what was asked, and side by side with Zircolite where it is at hand.

    uv run python -m benchmarks.hunt [start small lines json evtx tenfold yara indicators] [--scratch DIR] [--rounds N]
        [--json DIR] [--evtx DIR] [--zircolite DIR --zircolite-python PYTHON]

Whole processes are timed, warm caches, all with the SigmaHQ set of ../shared/data/hunt (LUYTRE_SHARED) unless said otherwise. Against
Zircolite both run in turn within one run, `rounds` times; medians and their ratio are told by the clock and in processor time, which
other work on the machine disturbs less. `--json` and `--evtx` name larger sets of the same kind than the shared ones.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.hunt import data
from benchmarks.hunt.timed import Timed, timed

Options = argparse.Namespace


def main() -> int:
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    it.add_argument("figures", nargs="*", choices=[*FIGURES, []], help="which figures (default: all)")
    it.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()) / "luytre-bench")
    it.add_argument("--rounds", type=int, default=3)
    it.add_argument("--json", type=Path, help="folder of JSON lines for `json`")
    it.add_argument("--evtx", type=Path, help="folder of EVTX files for `evtx`")
    it.add_argument("--zircolite", type=Path, help="a checkout of Zircolite")
    it.add_argument("--zircolite-python", type=Path, default=Path(sys.executable), help="a Python with its requirements")
    options = it.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    options.cache = str(options.scratch / "cache")
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {pace()}", flush=True)
    hunt(options, empty(options))  # compiles the rules, so that all that follows is warm
    for name in options.figures or FIGURES:
        for line in FIGURES[name](options):
            print(f"{name}: {line} (load {os.getloadavg()[0]:.1f})", flush=True)
    return 0


def pace() -> str:
    """How quick one processor is now: three fields decoded from 20,000 short JSON lines, best of five and mean."""
    import msgspec

    record = msgspec.defstruct("R", [(name, Any, None) for name in "abc"], gc=False)
    decode = msgspec.json.Decoder(record).decode
    lines = [json.dumps({"a": n, "b": "x" * 20, "c": n, "d": "y" * 1_900}).encode() for n in range(20_000)]
    spent = []
    for _ in range(5):
        start = time.process_time()
        for line in lines:
            decode(line)
        spent.append(time.process_time() - start)
    return (
        f"yardstick {20_000 / min(spent):,.0f} lines/s at best, {20_000 / (sum(spent) / 5):,.0f} in the mean, load {os.getloadavg()[0]:.1f}"
    )


def hunt(options: Options, *paths: Path, more: tuple[str, ...] = (), rules: bool = True) -> tuple[Timed, dict[str, Any]]:
    """`luytre hunt` over paths; what it cost and its summary."""
    words = [sys.executable, "-m", "luytre.cli", "hunt", *map(str, paths), "--out", str(options.scratch / "found.jsonl"), *more]
    if rules:
        words += ["--rules", str(data.shared() / "sigma_rules.zip")]
    run = timed(words, XDG_CACHE_HOME=options.cache, PYTHONDONTWRITEBYTECODE="", PYTHONUNBUFFERED="")
    if run.code not in (0, 1, 2):
        raise SystemExit(run.err.decode(errors="replace"))
    summary: dict[str, Any] = json.loads(run.err.splitlines()[-1])
    return run, summary


def empty(options: Options) -> Path:
    path: Path = options.scratch / "empty.log"
    path.touch()
    return path


def start(options: Options) -> list[str]:
    runs = [hunt(options, empty(options))[0] for _ in range(9)]
    quickest = min(runs, key=lambda run: run.clock)
    middle = median(run.processor for run in runs)
    return [f"an empty log, warm cache: {quickest.clock:.2f} s at best of 9, {middle:.2f} s processor in the median, asked ≤ 0.2 s"]


def small(options: Options) -> list[str]:
    return _beside(options, data.unpacked("evtx_attack_samples", options.scratch), [], 7, options.rounds)


def lines(options: Options) -> list[str]:
    source = data.every(data.unpacked("otrf_windows", options.scratch), 5, options.scratch)
    return _beside(options, source, ["-j"], 40, max(1, options.rounds // 2))


def _beside(options: Options, path: Path, words: list[str], asked: int, rounds: int) -> list[str]:
    """Both over one input, in turn."""
    if options.zircolite is None:
        run, summary = hunt(options, path)
        return [f"{summary['events']:,} events, {summary['findings']:,} findings: {run}; no peer given (--zircolite)"]
    ruleset = _ruleset(options)
    ours, theirs, events, found, counted = [], [], 0, 0, 0
    for _ in range(rounds):
        run, summary = hunt(options, path)
        ours.append(run)
        events, found = summary["events"], summary["findings"]
        out = options.scratch / "zircolite.json"
        out.unlink(missing_ok=True)
        theirs.append(_zircolite(options, path, ["-r", str(ruleset), *words], out))
        counted = sum(len(rule["matches"]) for rule in json.loads(out.read_bytes()))
    clock = median(b.clock for b in theirs) / median(a.clock for a in ours)
    processor = median(b.processor for b in theirs) / median(a.processor for a in ours)
    return [
        f"ours {_middle(ours)}; {events:,} events, {found:,} findings",
        f"Zircolite (rules already converted) {_middle(theirs)}; {counted:,} findings",
        f"ratio {clock:.1f} by the clock, {processor:.1f} in processor time, {rounds} rounds in turn; asked ≥ {asked}",
    ]


def _middle(runs: list[Timed]) -> str:
    clock, processor, memory = (median(getattr(run, name) for run in runs) for name in ("clock", "processor", "megabytes"))
    return str(Timed(clock, processor, memory, 0, b""))


def _zircolite(options: Options, path: Path, words: list[str], out: Path) -> Timed:
    script = options.zircolite / "zircolite.py"
    config = options.zircolite / "config" / "config.yaml"
    log = ["-l", str(options.scratch / "zircolite.log")]
    run = timed([str(options.zircolite_python), str(script), "--evtx", str(path), "-c", str(config), "-o", str(out), "-q", *log, *words])
    if run.code or not out.is_file():
        raise SystemExit(f"Zircolite failed: {run.err.decode(errors='replace')[-2000:]}")
    return run


def _ruleset(options: Options) -> Path:
    """The rules for Windows in Zircolite's own form, converted once."""
    kept: Path = options.scratch / "zircolite-rules.json"
    if not kept.is_file():
        folder = options.scratch / "convert"
        folder.mkdir(exist_ok=True)
        before, here = set(folder.iterdir()), Path.cwd()
        os.chdir(folder)
        try:
            words = ["-r", str(data.windows_rules(options.scratch)), "-p", "sysmon", "windows-logsources", "-sr"]
            run = _zircolite(options, data.unpacked("sigma_regression", options.scratch), words, folder / "found.json")
        finally:
            os.chdir(here)
        made = [path for path in set(folder.iterdir()) - before if path.name.startswith("ruleset")]
        made[0].rename(kept)
        print(f"Zircolite converted its rules: {run}", flush=True)
    return kept


def json_lines(options: Options) -> list[str]:
    folder = options.json or data.unpacked("otrf_windows", options.scratch)
    return _rate(options, folder, 100_000)


def evtx(options: Options) -> list[str]:
    source = options.evtx or data.unpacked("evtx_attack_samples", options.scratch)
    return _rate(options, data.unrepetitive(source, 4 if options.evtx else 16, options.scratch), 35_000)


def _rate(options: Options, path: Path, asked: int) -> list[str]:
    runs, events, found = [], 0, 0
    for _ in range(options.rounds):
        run, summary = hunt(options, path)
        runs.append(run)
        events, found = summary["events"], summary["findings"]
    best, least = min(run.clock for run in runs), min(run.processor for run in runs)
    return [
        f"{events:,} events, {found:,} findings: {events / best:,.0f} events/s by the clock, {events / least:,.0f} a processor second, "
        f"so {2 * events / least:,.0f}/s on two free processors; {runs[0].megabytes:.0f} MB; best of {len(runs)}; "
        f"asked ≥ {asked:,}/s, ≤ 300 MB"
    ]


def tenfold(options: Options) -> list[str]:
    source = data.every(data.unpacked("otrf_windows", options.scratch), 10, options.scratch)
    once, tenth = (min((hunt(options, data.varied(source, n, options.scratch))[0] for _ in range(2)), key=_processor) for n in (1, 10))
    nothing = hunt(options, empty(options))[0]
    times = (tenth.processor - nothing.processor) / (once.processor - nothing.processor)
    return [
        f"input: {once}; ten times as much, every copy with other digits: {tenth}; {times:.1f} times the processor time beyond the start"
    ]


def _processor(run: Timed) -> float:
    return run.processor


def yara(options: Options) -> list[str]:
    rules, folder = data.yara_rules(2_000, options.scratch), data.binaries(400, options.scratch)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    run, summary = min(
        (hunt(options, folder, more=("--yara", str(rules)), rules=False) for _ in range(options.rounds)), key=lambda r: r[0].clock
    )
    whole = f"{size:.0f} MB in {summary['inputs'].__len__()} files by 2,000 rules: {run}, {size / run.clock:.0f} MB/s by the clock"
    from luytre.core.hunt.yara import Yara

    scanner, start = Yara(rules), time.process_time()
    for path in folder.iterdir():
        scanner.of_file(path)
    return [f"{whole}; the scan alone {size / (time.process_time() - start):.0f} MB a processor second; asked ≥ 300 MB/s"]


def million(options: Options) -> list[str]:
    source = data.every(data.unpacked("otrf_windows", options.scratch), 5, options.scratch)
    listed = data.indicators(1_000_000, options.scratch)
    few = options.scratch / "indicators-10.txt"
    few.write_text("\n".join(listed.read_text().splitlines()[:10]))
    found = []
    for indicators in (None, few, listed):
        more = () if indicators is None else ("--iocs", str(indicators))
        bare = min((hunt(options, empty(options), more=more)[0] for _ in range(2)), key=_processor)
        run = min((hunt(options, source, more=more)[0] for _ in range(options.rounds)), key=_processor)
        name = "none" if indicators is None else indicators.stem.rpartition("-")[2]
        found.append(f"{name}: {run}, of which {bare.processor:.2f} s processor to start, {run.processor - bare.processor:.2f} s to hunt")
    return found


FIGURES: dict[str, Callable[[Options], list[str]]] = {
    "start": start,
    "small": small,
    "lines": lines,
    "json": json_lines,
    "evtx": evtx,
    "tenfold": tenfold,
    "yara": yara,
    "indicators": million,
}

if __name__ == "__main__":
    raise SystemExit(main())
