"""What tests share: the seeded sample world, made once and kept by a digest of its sources in pytest's cache."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.db.utils import load_backend

from luytre.site.seeding import kept

# Playwright leaves its event loop running in the process of the tests; Django then takes every later test for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def sealed_inside(settings: Any) -> None:
    """A test's transaction is never committed, so on PostgreSQL too entries are sealed inside the act (not so in test_writers.py)."""
    settings.LUYTRE_SEAL_INSIDE = True


@pytest.fixture(autouse=True)
def doors_ajar(settings: Any) -> None:
    """`force_login` shows neither password nor second step; tests/doors asks for both, the others do not."""
    settings.LUYTRE_MFA = "off"
    settings.LUYTRE_FRESH_MINUTES = 0
    settings.LUYTRE_WRITES = settings.LUYTRE_EXPORTS = 0  # one person of a test does the work of an office; limits: test_hardening.py


@pytest.fixture(autouse=True)
def every_day(settings: Any) -> None:
    """The sample world's today is a Sunday: digests are made all days, save where a test asks for working days."""
    settings.LUYTRE_DIGEST_DAYS = "all"


@pytest.fixture(scope="session")
def seeded(pytestconfig: pytest.Config) -> Path:
    """The data folder of `luytre demo`, seeded. Shared by all tests of all runs: read it, copy it, never write to it."""
    folder = pytestconfig.cache.mkdir("luytre-world")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers of one run
        kept.ensure(folder / "demo", say=lambda line: None)
    return folder / "demo"


@pytest.fixture
def demo_copy(seeded: Path, tmp_path: Path) -> Path:
    """A data folder of one's own with the seeded world in it, to write to or to serve."""
    return Path(shutil.copytree(seeded, tmp_path / "demo"))


@pytest.fixture
def world_db(demo_copy: Path, settings: pytest.FixtureRequest, django_db_blocker: pytest.FixtureRequest) -> Iterator[Path]:
    """The ORM on a copy of the seeded world (always SQLite, whatever the suite runs on), with today set to the world's last day."""
    from luytre.site.world import LAST_DAY

    before = connections["default"]
    database = {**before.settings_dict, **sqlite(demo_copy)}
    connections["default"] = load_backend(database["ENGINE"]).DatabaseWrapper(database, "default")
    for name, value in {"DATA_DIR": demo_copy, "MEDIA_ROOT": demo_copy / "attachments", "LUYTRE_TODAY": LAST_DAY.isoformat()}.items():
        setattr(settings, name, value)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield demo_copy
        connections["default"].close()
    connections["default"] = before


def sqlite(folder: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / kept.DATABASE),
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE"},
        "TIME_ZONE": None,
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TEST": django_settings.DATABASES["default"].get("TEST", {}),
    }
