"""Commands that need the database: each sets Django up first, with the data folder the person named."""

import os
from argparse import ArgumentParser
from pathlib import Path


def parser(prog: str, says: str) -> ArgumentParser:
    return ArgumentParser(prog=f"luytre {prog}", description=says)


def data_option(to: ArgumentParser) -> None:
    to.add_argument("--data", metavar="DIR", help="thư mục dữ liệu / data folder (LUYTRE_DATA; mặc định / default: .luytre)")


def start(data: str | None = None, *, fresh: bool = False) -> None:
    """Start Django on a data folder; refuse a folder without a database unless a fresh one is wanted."""
    if data:
        os.environ["LUYTRE_DATA"] = str(Path(data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luytre.site.settings")
    import django

    django.setup()
    from django.conf import settings

    kept = Path(settings.DATA_DIR) / "luytre.sqlite3"
    if not fresh and settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and not kept.exists():
        raise SystemExit(f"Không có cơ sở dữ liệu trong {settings.DATA_DIR}. / No database there. luytre migrate --data DIR")
