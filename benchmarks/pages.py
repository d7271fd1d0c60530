"""How fast the pages of the sample world are made, and how heavy they are: the ORM, the judge and the templates, without a network.

Run: uv run python -m benchmarks.pages DATA_DIR, where DATA_DIR was seeded by `luytre demo --no-serve --data DATA_DIR`.
Each page is asked once to warm up and then five times; the median is printed with the size of its HTML, plain and gzip.
"""

import argparse
import gzip
import os
import time
from pathlib import Path
from statistics import median

PAGES = (
    ("dau-moi", "/desk/board/"),
    ("dau-moi", "/desk/board/?type=commune"),
    ("dau-moi", "/desk/board/?on=2024-06-30"),
    ("dau-moi", "/desk/board/?on=2026-06-30&known=on"),
    ("dau-moi", "/desk/why/D36/org:so-y-te/"),
    ("dau-moi", "/desk/organisations/"),
    ("dau-moi", "/desk/organisations/so-y-te/"),
    ("dau-moi", "/desk/systems/"),
    ("xa", "/desk/mine/"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="a seeded data folder")
    os.environ["LUYTRE_DATA"] = str(parser.parse_args().data.resolve())
    os.environ.setdefault("LUYTRE_TODAY", "2026-11-22")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luytre.site.settings")
    os.environ.setdefault("LUYTRE_HOSTS", "testserver")
    import django

    django.setup()
    for who, path in PAGES:
        print(line(who, path))


def line(who: str, path: str) -> str:
    from django.test import Client

    from luytre.register.models import Account

    client = Client()
    client.force_login(Account.objects.get(username=who))
    body = client.get(path).content
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append(time.perf_counter() - start)
    return f"{path:<42} {1000 * median(times):7.0f} ms  {len(body) / 1024:7.0f} KB  {len(gzip.compress(body, 6)) / 1024:6.1f} KB gzip"


if __name__ == "__main__":
    main()
