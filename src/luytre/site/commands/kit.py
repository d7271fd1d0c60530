"""luytre kit OUT --hunt SL-…: a folder for a USB disk that hunts offline; luytre kit --import BUNDLE takes back what it signed."""

import json
import shutil
import sys
from importlib import metadata
from pathlib import Path

from luytre.site.commands import data_option, parser, start

NEEDS = (
    "msgspec", "orjson", "pyyaml", "tzdata", "evtx", "pysigma", "pysigma-pipeline-sysmon", "pysigma-pipeline-windows",
    "ahocorasick-rs", "google-re2", "yara-x", "py7zr", "cryptography",
)  # fmt: skip
FILES = ("thu-thap.sh", "thu-thap.ps1", "san-lung.sh", "DOC-TRUOC.txt")


def main(argv: list[str]) -> int:
    """Exit 0 when the folder is whole or the bundle taken in, 1 when it was refused."""
    made = parser("kit", "Bộ săn lùng mang đi / the field kit")
    made.add_argument("out", nargs="?", type=Path, help="thư mục mới / a new folder")
    made.add_argument("--hunt", help="số lần săn lùng / number of the hunt: SL-2026-0001")
    made.add_argument("--import", dest="bundle", type=Path, help="gói mang về / the bundle that came back")
    made.add_argument("--system", default="", help="system:… của gói, nếu lần săn lùng có nhiều / of the bundle, where there are several")
    data_option(made)
    args = made.parse_args(argv)
    if bool(args.bundle) == bool(args.out) or (args.out and not args.hunt):
        made.error("luytre kit OUT --hunt SL-…  hoặc / or  luytre kit --import BUNDLE")
    start(args.data)
    from luytre.core.refusal import Refusal

    try:
        return _import(args.bundle, args.system) if args.bundle else _make(args.out, args.hunt)
    except Refusal as fault:
        sys.stderr.write(f"luytre kit: {fault.says}\n")
        return 1


def _import(bundle: Path, system: str) -> int:
    from luytre.journal import clock
    from luytre.rooms.hunting import actions

    hunt, taken = actions.take_bundle(by="console", at=clock.now(), file=bundle, system=system)
    sys.stdout.write(f"{hunt.code}: chữ ký đúng, đã nhận {len(taken)} tệp / verified, {len(taken)} files taken\n")
    return 0


def _make(out: Path, code: str) -> int:
    from luytre.core.hunt.load import home, kept_rules
    from luytre.core.refusal import Refusal
    from luytre.journal import clock
    from luytre.rooms.hunting import actions, queries

    hunt = queries.hunt(code, seen_by="console", on=clock.today())
    if hunt is None:
        raise Refusal(f"Không có lần săn lùng {code}.")
    if out.exists() and any(out.iterdir()):
        raise Refusal(f"{out} không trống. Chọn thư mục mới.")
    (out / "nhat-ky").mkdir(parents=True)
    kit, key = actions.give_kit(at=clock.now(), hunt=hunt)
    (out / "kit.json").write_text(json.dumps({"kit": kit.name, "hunt": hunt.code}))
    (out / "khoa.pem").write_bytes(key)
    (out / "khoa.pem").chmod(0o600)
    for name in FILES:
        shutil.copy(Path(__file__).parents[1] / "kit" / name, out / name)
    for name in ("thu-thap.ps1",):  # PowerShell 5 takes a script for UTF-8 only where it begins with a mark
        (out / name).write_bytes(b"\xef\xbb\xbf" + (out / name).read_bytes())
    kept = kept_rules()
    shutil.copytree(home(), out / "rules")
    if kept.is_file():
        shutil.copy(kept, out / "rules" / "updated.zip")
    count = _library(out / "lib")
    sys.stdout.write(f"{out}: {count} thư viện / libraries, {hunt.code}\n")
    return 0


def _library(lib: Path) -> int:
    """The engine and what it stands on, copied as installed here: same Python, same kind of machine."""
    import luytre

    package = Path(luytre.__file__).parent
    for part in ("core",):
        shutil.copytree(package / part, lib / "luytre" / part, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    shutil.copy(package / "__init__.py", lib / "luytre" / "__init__.py")
    names = _closure(NEEDS)
    for name in names:
        for file in metadata.files(name) or ():
            source = Path(str(file.locate()))
            if ".." not in file.parts and "__pycache__" not in file.parts and source.is_file():
                (lib / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, lib / file)
    (lib / "python.txt").write_text(f"{sys.version_info[0]}.{sys.version_info[1]}\n")
    return len(names)


def _closure(names: tuple[str, ...]) -> list[str]:
    """Distributions, with those they require."""
    from packaging.requirements import Requirement

    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        found[name] = None
        for line in metadata.requires(name) or ():
            asked = Requirement(line)
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                waiting.append(asked.name)
    return sorted(found)
