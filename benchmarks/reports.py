"""How fast reports write themselves, on the full demo province: the month as DOCX + PDF + XLSX; every body's year prefilled, added up.

Run: uv run python -m benchmarks.reports --data DIR     a folder seeded by `luytre demo`

The month: reading journal and register, every figure for four periods, the commentary, setting the three files; in a fresh process the
judge's columns are read too ("cold"). Prefilled: the paper data of the annual report of each body, as the page and the draft have it;
"set" is one of them as PDF and Word. Added up: the figures of all of them, and the paper of the sum.
"""

import argparse
import os
import platform
import time
from collections.abc import Callable
from statistics import median
from typing import Any


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--data", required=True)
    os.environ["LUYTRE_DATA"] = asked.parse_args().data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luytre.site.settings")
    os.environ.setdefault("LUYTRE_TODAY", "2026-11-22")
    import django

    django.setup()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}")
    _month()
    _years()


def _say(name: str, work: Callable[[], Any], times: int = 1) -> Any:
    spent, processor, done = [], [], None
    for _ in range(times):
        started, worked = time.perf_counter(), time.process_time()
        done = work()
        spent.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    said = f"{name:<52} {median(spent):6.2f} s, of the processor {median(processor):5.2f} s"
    print(said + (f"  (median of {times})" if times > 1 else ""))
    return done


def _month() -> None:
    from datetime import date

    from luytre.core.paper.pdf import pdf
    from luytre.core.paper.word import docx
    from luytre.journal import clock
    from luytre.overview.reports import actions, annex, papers
    from luytre.register.models import Organisation

    issuer = Organisation.objects.get(code="co-quan-dau-moi")
    parts: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        done = work()
        parts[name] = time.process_time() - started
        return done

    def whole() -> int:
        report = actions.monthly(date(2026, 10, 1), clock.now(), clock.today())
        sections = timed("figures, words", lambda: actions.sections_of(report, {}))
        made = timed("paper", lambda: papers.paper(report, sections, [], issuer, clock.today()))
        content = [timed("pdf", lambda: pdf(made)), timed("docx", lambda: docx(made))]
        content.append(timed("xlsx", lambda: annex.workbook(report, [], "", clock.now())))
        return sum(len(one) for one in content)

    _say("monthly report: DOCX + PDF + XLSX, cold", whole)
    _say("monthly report: DOCX + PDF + XLSX, warm process", whole, 5)
    print("  last, of the processor: " + ", ".join(f"{name} {spent:.2f}" for name, spent in parts.items()))


def _years() -> None:
    from luytre.core.paper.pdf import pdf
    from luytre.core.paper.word import docx
    from luytre.journal import clock
    from luytre.overview.reports import ground, yearly, yearly_papers
    from luytre.register.models import Organisation

    bodies = list(Organisation.objects.all())
    year = yearly.Year(2026, ground.ground(clock.now(), clock.today()))

    def prefill() -> list[Any]:
        return [(yearly_papers.paper("annual", year.of(one.ref), one, {}), year.of(one.ref).frozen()) for one in bodies]

    made = _say(f"annual reports prefilled: {len(bodies)} bodies", prefill)
    _say("one of them set, PDF + Word", lambda: (pdf(made[0][0]), docx(made[0][0])))
    sums = _say(f"consolidated: figures of {len(bodies)} reports", lambda: yearly.consolidated(told for _paper, told in made))
    names = [one.name for one in bodies]
    issuer = bodies[0]
    _say("the paper of the sum, PDF", lambda: pdf(yearly_papers.synthesis(year, sums, names[:300], names[300:], issuer, "annual_reports")))


if __name__ == "__main__":
    main()
