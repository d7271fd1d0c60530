"""luytre board rebuild | check: the projection the boards read, dropped and judged anew, or compared with one judged anew."""

import sys
from argparse import ArgumentParser

from luytre.site.commands import data_option, parser, start


def main(argv: list[str]) -> int:
    args = _parser().parse_args(argv)
    start(args.data)
    return _check() if args.what == "check" else _rebuild(args.workers)


def _parser() -> ArgumentParser:
    made = parser("board", "Lập lại hoặc đối chiếu bảng điều hành / rebuild or check what the boards read")
    made.add_argument("what", choices=["rebuild", "check"])
    made.add_argument("--workers", type=int, default=2, help="số tiến trình xét / processes to judge in (2)")
    data_option(made)
    return made


def _rebuild(workers: int) -> int:
    from luytre.journal import clock
    from luytre.rooms.duties import projection

    done = projection.rebuild(on=clock.today(), workers=workers)
    projection.standings_of_all(clock.today())
    sys.stdout.write(f"{done.slots} ô / slots · {done.spans} khoảng / spans · {done.judging_seconds:.1f} + {done.writing_seconds:.1f} s\n")
    return 0


def _check() -> int:
    from luytre.journal import clock
    from luytre.rooms.duties import projection

    wrong = projection.check(on=clock.today())
    for ref, line in wrong[:20]:
        sys.stdout.write(f"KHÁC / DIFFERS: {line} {ref}\n")
    verdict = f"{len(wrong)} ô khác / slots differ: luytre board rebuild" if wrong else "Khớp / equal"
    sys.stdout.write(f"{verdict}\n")
    return 1 if wrong else 0
