"""Recall and false alarms of the marks of state secrets over the project's own corpus, and the time a text and a file take.

uv run python -m benchmarks.marking
"""

import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "tests" / "core" / "marking"
sys.path.insert(0, str(HERE))

from made_files import PLACES  # noqa: E402
from test_marking_corpus import texts  # noqa: E402

from luytre.core.marking import judge_file, judge_text  # noqa: E402


def main() -> None:
    sys.stdout.write(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    secret, clean = texts()
    start = time.process_time()
    missed = [what for what, text in secret if judge_text(text).verdict != "secret"]
    cried = [what for what, text in clean if judge_text(text).verdict != "clean"]
    spent = time.process_time() - start
    sys.stdout.write(f"marked texts {len(secret)}, missed {len(missed)}: recall {1 - len(missed) / len(secret):.4f} {missed}\n")
    sys.stdout.write(f"other texts {len(clean)}, false alarms {len(cried)}: {len(cried) / len(clean):.4f} {cried}\n")
    sys.stdout.write(f"a text {spent / (len(secret) + len(clean)) * 1e6:.0f} µs of processor\n")
    for kind, (make, places) in PLACES.items():
        content = make("Mật khẩu", places[0])
        start = time.process_time()
        judge_file(f"a.{kind}", content)
        sys.stdout.write(f"a small {kind}: {(time.process_time() - start) * 1000:.0f} ms of processor\n")


if __name__ == "__main__":
    main()
