"""Makes the seeded database in an empty data folder: tables, register, journal, projection. Run as a program, with LUYTRE_DATA set."""

import sys
import time
from collections.abc import Callable
from typing import Any

import django


def main() -> int:
    django.setup()
    from django.core.management import call_command

    from luytre.site.seeding import hunted, journal, projection, register, reminded
    from luytre.site.world import grow

    step("Lập bảng dữ liệu / tables", lambda: call_command("migrate", verbosity=0))
    world = step("Dựng thế giới mẫu / world", grow)
    with journal.papers_beside(world) as papers:
        step(f"Sổ đăng ký / register: {len(world.land.bodies)} + {len(world.land.systems)}", lambda: register.load(world))
        step(f"Nhật ký / journal: {len(world.deeds)}", lambda: journal.load(world, papers.result()))
    step("Sự cố, báo cáo / incidents", projection.build_cases)
    step("Săn lùng / hunts", hunted.load)
    step("Xét nhiệm vụ / duties judged", projection.build)
    step("Nhắc việc / reminders", lambda: reminded.load(world))
    return 0


def step(name: str, work: Callable[[], Any]) -> Any:
    """Do one step and say how long it took."""
    sys.stdout.write(f"  {name} … ")
    sys.stdout.flush()
    started = time.perf_counter()
    done = work()
    sys.stdout.write(f"{time.perf_counter() - started:.1f} s\n")
    sys.stdout.flush()
    return done


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        raise SystemExit(130) from None
