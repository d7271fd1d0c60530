"""A seeded data folder is kept: made beside its place, put there when whole, made anew only when its sources change."""

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import luytre
from luytre.site.world import source

Say = Callable[[str], None]
STAMP, COUNT, DATABASE = "world.digest", "world.entries", "luytre.sqlite3"
# What the seeded database hangs on besides world/ and law/.
CODE = (
    "site/world",
    "site/seeding",
    "core/law",
    "core/duty",
    "verbs",
    "journal",
    "register",
    "doors/migrations",
    "rooms/duties",
    "post/migrations",
    "rooms/reminders/actions.py",
    "rooms/reminders/rules",
    "rooms/reminders/migrations",
    "rooms/incidents/migrations",
    "rooms/hunting/migrations",
    "site/migrations",
    "overview/feeds/migrations",
    "overview/lists/migrations",
    "overview/reports/migrations",
    "rooms/submissions/migrations",
)


def ensure(folder: Path, say: Say) -> None:
    """See that a folder holds the seeded world of just these sources; a folder of other sources is kept aside, not lost."""
    wanted = digest()
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    if folder.exists() and any(folder.iterdir()):
        if not stamp.is_file():
            raise SystemExit(
                f"{folder} không trống và không phải dữ liệu minh họa. Hãy chọn thư mục khác: --data THƯ_MỤC\n"
                f"{folder} is not empty and holds no demo. Choose another folder: --data DIR"
            )
        _put_aside(folder, say)
    _make(folder, wanted, say)


def _put_aside(folder: Path, say: Say) -> None:
    """What someone added to is kept under another name; what is as it was seeded can be made again."""
    if _entries(folder) == int((folder / COUNT).read_text()):
        shutil.rmtree(folder)
        return
    aside = folder.with_name(f"{folder.name}.{time.strftime('%Y%m%d-%H%M%S')}")
    folder.rename(aside)
    say(f"Dữ liệu minh họa cũ được giữ ở / the former demo data is kept in {aside}")


def _entries(folder: Path) -> int:
    """How many entries people have written in its journal, sign-ins aside: who has only looked has added nothing."""
    with contextlib.closing(sqlite3.connect(folder / DATABASE)) as database:
        return int(
            database.execute("""SELECT count(*) FROM journal_entry WHERE "by" <> 'clock' AND verb NOT LIKE 'session.%'""").fetchone()[0]
        )


def _make(folder: Path, wanted: str, say: Say) -> None:
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    try:
        fresh.mkdir(parents=True)
        _plant(fresh)
        (fresh / "static").mkdir()  # WhiteNoise looks for it
        (fresh / COUNT).write_text(str(_entries(fresh)))
        (fresh / STAMP).write_text(wanted)
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _plant(folder: Path) -> None:
    """In a process of its own: the settings of an installation are read once, and this folder's place is not yet its last."""
    environment = {**os.environ, "LUYTRE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "luytre.site.settings"}
    environment.pop("LUYTRE_DATABASE_URL", None)
    done = subprocess.run([sys.executable, "-m", "luytre.site.seeding.plant"], env=environment, check=False)
    if done.returncode:
        raise SystemExit("Chưa dựng được dữ liệu minh họa; thư mục dữ liệu giữ nguyên. / Seeding failed; the data folder is unchanged.")


def digest() -> str:
    """A digest over world/, law/ and the code that makes the database of them."""
    found = hashlib.sha256(luytre.__version__.encode())
    for path in _sources():
        found.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _sources() -> Iterator[Path]:
    from luytre.core import law

    package = Path(luytre.__file__).parent
    folders = [source.home(), law.home(), *(package / name for name in CODE)]
    for folder in folders:
        among = [folder] if folder.is_file() else folder.rglob("*")
        yield from sorted(path for path in among if path.is_file() and path.suffix != ".pyc")
