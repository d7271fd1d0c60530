"""How fast the search answers while one types: every prefix of many queries, over 100,000 things, by who looks.

Run: uv run python -m benchmarks.search [--scale 1.0]   (SQLite; with LUYTRE_DATABASE_URL set: that database, which must be empty)
What is timed is the whole request of the palette (/desk/search/hits/): sign-in read, rights, index, ranking, the lines of the hits,
the page as bytes. The province is drawn by seeded chance: 10 % bodies, 30 % systems, 20 % people, 40 % papers.
"""

import argparse
import os
import platform
import random
import tempfile
import time
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

THINGS = 100_000
ON, AT = date(2026, 1, 15), datetime(2026, 1, 15, 3, tzinfo=UTC)
PLACES = [
    "Đông Sơn",
    "Hạc Thành",
    "Quảng Xương",
    "Thiết Ống",
    "Mường Lý",
    "Đồng Lương",
    "Hoằng Hóa",
    "Nga Sơn",
    "Thọ Xuân",
    "Yên Định",
    "Bá Thước",
    "Như Thanh",
]
KINDS = [
    "Ủy ban nhân dân xã",
    "Ủy ban nhân dân phường",
    "Trung tâm Y tế",
    "Trường THPT",
    "Sở",
    "Ban Quản lý",
    "Chi cục",
    "Bệnh viện",
    "Trung tâm Dịch vụ",
]
USES = [
    "Trang thông tin điện tử",
    "Cổng dịch vụ công",
    "Hệ thống một cửa điện tử",
    "Camera an ninh",
    "Mạng nội bộ",
    "Phần mềm quản lý hồ sơ",
]
SURNAMES, MIDDLES = (
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Bùi", "Vũ", "Đặng", "Hồ"],
    ["Văn", "Thị", "Đức", "Ngọc", "Kim", "Hữu", "Thanh"],
)
GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Đạt",
    "Giang",
    "Hạnh",
    "Khánh",
    "Lan",
    "Minh",
    "Nhàn",
    "Oanh",
    "Phúc",
    "Quý",
    "Sơn",
    "Thảo",
    "Uyên",
    "Vân",
    "Xuân",
    "Yến",
]
TYPED = [
    "dong son", "Đông Sơn", "uy ban nhan dan xa dong son", "trang thong tin dien tu", "camera hac thanh", "12/BC-UBND", "345/QĐ",
    "nguyen van an", "Đỗ Thị Nhàn", "san lung", "bao cao nam 2026", "trung tam y te 17", "benh vien so 9", "so", "x", "u", "khong co gi",
]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luytre.site.settings")
    os.environ |= {"LUYTRE_TODAY": ON.isoformat(), "LUYTRE_MARK": "ĐO", "LUYTRE_MFA": "off"}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LUYTRE_DATA"] = folder
        import django

        django.setup()
        run(int(THINGS * asked.scale))
    return 0


def run(things: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    fill(things, random.Random(13))
    from luytre.journal.models import Findable

    print(f"{platform.machine()}, Python {platform.python_version()}, {connection.vendor}, load {os.getloadavg()[0]:.1f}")
    print(f"{Findable.objects.count():,} things to be found, laid in {time.perf_counter() - started:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for who, says in (("coordinator", "sees everything"), ("department", "sees 301 bodies, their systems"), ("commune", "sees one body")):
        timed(who, says)


def fill(things: int, chance: random.Random) -> None:
    from luytre import journal
    from luytre.register import actions as register
    from luytre.register.models import Person

    register.load(by="console", at=AT, book=_book(things, chance))
    for who in ("coordinator", "department", "commune"):
        register.open_account(username=who, password=None, person=Person.objects.get(code=who))
    rows = [
        journal.Row(
            verb=chance.choice(("accounts.reviewed", "hunt.completed", "annual_report.submitted", "plan.submitted", "scan.completed")),
            by="console",
            at=AT,
            about=[_one(things, chance)],
            on=date(chance.randint(2022, 2025), chance.randint(1, 12), chance.randint(1, 28)),
            detail={"number": f"{chance.randint(1, 999)}/{chance.choice(('BC', 'QĐ', 'KH', 'BB'))}-UBND", "year": 2025},
            filed=True,
        )
        for _ in range(things * 4 // 10)
    ]
    for start in range(0, len(rows), 20_000):
        journal.record_many([_fitting(row) for row in rows[start : start + 20_000]])


def _one(things: int, chance: random.Random) -> str:
    return f"system:s{chance.randrange(things * 3 // 10)}" if chance.random() < 0.5 else f"org:o{chance.randrange(things // 10)}"


def _fitting(row: Any) -> Any:
    from dataclasses import replace

    from luytre.verbs import VOCABULARY

    return replace(row, detail={key: value for key, value in row.detail.items() if key in VOCABULARY[row.verb].detail})


def _book(things: int, chance: random.Random) -> Any:
    from luytre.register.book import Book

    book, since = Book(), date(2020, 1, 1)

    def dated(table: str, code: str, *values: Any) -> None:
        book.add(table, code, *values, from_on=since, known_at=None)

    bodies = things // 10
    for number in range(bodies):
        code = f"o{number}"
        book.put("organisation", code)
        dated("organisation.name", code, f"{chance.choice(KINDS)} {chance.choice(PLACES)} số {number}")
        dated("organisation.type", code, "department" if number == 0 else "unit")
        dated("organisation.exists", code, True)
        if 0 < number <= 300:
            dated("organisation.parent", code, "o0")
    for number in range(things * 3 // 10):
        book.put("system", f"s{number}")
        dated("system.name", f"s{number}", f"{chance.choice(USES)} {chance.choice(PLACES)} {number}")
        dated("system.owner", f"s{number}", f"o{chance.randrange(bodies)}")
        dated("system.level", f"s{number}", chance.randint(1, 5))
        dated("system.phase", f"s{number}", "operating")
    for number in range(things * 2 // 10):
        name = f"{chance.choice(SURNAMES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
        book.put("person", f"p{number}", name=name, salutation=chance.choice(("Ông", "Bà")), phone="", email="")
        dated("post", f"p{number}", f"o{chance.randrange(bodies)}", chance.choice(("head", "contact", "officer")), "")
    for who, body, role in (
        ("coordinator", "o1", "coordinator"),
        ("department", "o0", "head"),
        ("commune", f"o{min(500, bodies - 1)}", "officer"),
    ):
        book.put("person", who, name=who, salutation="Bà", phone="", email="")
        dated("post", who, body, role, "")
    return book


def timed(who: str, says: str) -> None:
    from django.test import Client

    from luytre.register.models import Account

    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.get(username=who))
    client.get("/desk/search/hits/", {"q": "a"})
    took, worst, found = [], (0.0, ""), 0
    for typed in TYPED:
        for upto in range(1, len(typed) + 1):
            started = time.perf_counter()
            answer = client.get("/desk/search/hits/", {"q": typed[:upto]})
            seconds = time.perf_counter() - started
            assert answer.status_code == 200
            found += b'role="option"' in answer.content
            took.append(seconds)
            worst = max(worst, (seconds, typed[:upto]))
    took.sort()
    figures = f"median {1000 * median(took):.0f} ms, p95 {1000 * took[int(len(took) * 0.95)]:.0f} ms, slowest {1000 * worst[0]:.0f} ms"
    print(f"{who} ({says}): {len(took)} keystrokes, {found} with hits: {figures} (“{worst[1]}”)")


if __name__ == "__main__":
    raise SystemExit(main())
