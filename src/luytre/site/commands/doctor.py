"""luytre doctor: looks an installation over; exit 1 where it may not hold real data, each finding with what to do."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from luytre.site.commands import data_option, parser, start

if TYPE_CHECKING:
    from luytre.site.doctor import Finding


def main(argv: list[str]) -> int:
    made = parser("doctor", "Khám bản cài đặt trước khi đưa dữ liệu thật vào / look an installation over before real data goes in")
    made.add_argument("--json", action="store_true", help="một đối tượng JSON / one JSON object")
    data_option(made)
    args = made.parse_args(argv)
    start(args.data)
    from luytre.journal import clock
    from luytre.site.doctor import CHECKS, REFUSED, examine

    found = examine(clock.now())
    refused = any(one.level == REFUSED for one in found)
    if args.json:
        said = {"safe": not refused, "checks": len(CHECKS), "findings": [asdict(one) for one in found]}
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("".join(_lines(one) for one in found) + _sum(len(CHECKS), found))
    return 1 if refused else 0


def _lines(one: "Finding") -> str:
    sign = "KHÔNG ĐƯỢC / REFUSED" if one.level == "refused" else "LƯU Ý / WARNING"
    seen = f" [{one.seen}]" if one.seen else ""
    return f"{sign}  {one.code}{seen}\n  {one.vi}\n  {one.en}\n  → {one.do_vi}\n  → {one.do_en}\n\n"


def _sum(checks: int, found: list["Finding"]) -> str:
    refused = sum(one.level == "refused" for one in found)
    return f"{checks} điều đã xem / checks, {refused} không được / refused, {len(found) - refused} lưu ý / warnings\n"
