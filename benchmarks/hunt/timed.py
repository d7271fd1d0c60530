"""One command as a whole process: clock, processor seconds of it and its children, and the most memory all of them held together."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.03  # seconds between two looks at the memory


@dataclass
class Timed:
    clock: float
    processor: float
    megabytes: float
    code: int
    err: bytes

    def __str__(self) -> str:
        return f"{self.clock:.2f} s clock, {self.processor:.2f} s processor, {self.megabytes:.0f} MB"


def timed(words: list[str], **env: str) -> Timed:
    """Runs a command to its end. Memory is the proportional share (PSS) of the process and all below it, summed, at its highest."""
    before = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **env}, start_new_session=True)
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(child.pid, peak), daemon=True)
    watcher.start()
    assert child.stderr is not None
    err = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - before
    watcher.join()
    return Timed(clock, used.ru_utime + used.ru_stime, (peak[0] or used.ru_maxrss) / 1024, child.returncode, err)


def _watch(pid: int, peak: list[int]) -> None:
    while (total := sum(map(_pss, _tree(pid)))) or Path(f"/proc/{pid}").exists():
        peak[0] = max(peak[0], total)
        time.sleep(EVERY)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    """KB."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0
