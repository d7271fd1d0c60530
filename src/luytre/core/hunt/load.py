"""Opens a rule set quickly: from the cache where nothing changed, else compiled anew and kept. pySigma loads then only."""

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from luytre.core.hunt import cache
from luytre.core.hunt.rulefiles import ENDINGS, RuleFile, Unreadable, digest_of, files_of
from luytre.core.hunt.ruleset import FORMAT, Problem, RuleSet

PARTS = ("pysigma", "google_re2")  # what compiles rules; their installed folders carry their versions


def home() -> Path:
    """The folder of our own rules: in the wheel luytre/_data/rules, in a checkout rules/."""
    package = Path(__file__).parents[2]
    shipped = package / "_data" / "rules"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


def kept_rules() -> Path:
    """Where `luytre rules update` keeps its rule set."""
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")  # noqa: PTH111
    return Path(base) / "luytre" / "rules" / "updated.zip"


def load(source: Path | None = None, *, pipelines: Sequence[str] | None = None, site: Mapping[str, Sequence[str]] | None = None) -> RuleSet:
    """The compiled rules of a folder, zip or file (our own without a source). Raises Unreadable where the source can't be opened."""
    source = source or home()
    choice = _choice(pipelines, site or {})
    quick = _stamp(source, choice)
    found = _kept(cache.read(f"stamp-{quick}")) if quick else None
    if found is None:
        files = list(files_of(source))
        digest = digest_of([(file.name, file.data or file.fault.encode()) for file in files])
        key = hashlib.sha256(f"{choice}:{digest}".encode()).hexdigest()
        found = _kept(key.encode())
        if found is None:
            found = compile_files(files, digest=digest, pipelines=pipelines, site=site)
            cache.write(f"rules-{key}", msgspec.msgpack.encode(found))
            cache.prune()
        if quick:
            cache.write(f"stamp-{quick}", key.encode())
    found.source = str(source)
    return found


def _choice(pipelines: Sequence[str] | None, site: Mapping[str, Sequence[str]]) -> str:
    """Everything besides the files that the compiled form depends on."""
    named = [] if pipelines is None else [hashlib.sha256(Path(n).read_bytes()).hexdigest() if Path(n).is_file() else n for n in pipelines]
    versions = _versions()
    own = hashlib.sha256(
        b"".join(
            (Path(__file__).parent / name).read_bytes()
            for name in ("sigma.py", "rules.py", "logic.py", "ruleset.py", "ready.py", "patterns.py")
        )
    )
    return repr(
        (FORMAT, own.hexdigest(), versions, sys.version_info[:2], pipelines is None, named, sorted((k, list(v)) for k, v in site.items()))
    )


def _versions() -> list[str]:
    """Names of the installed parts with their versions, from their folders' names: asking importlib.metadata takes too long."""
    found = set()
    for folder in sys.path:
        if os.path.isdir(folder):  # noqa: PTH112
            names = os.listdir(folder)  # noqa: PTH208
            found |= {name for name in names if name.endswith(".dist-info") and name.lower().startswith(PARTS)}
    return sorted(found)


def _stamp(source: Path, choice: str) -> str | None:
    """A digest of names, sizes and change times: the contents need not be read when it is known. None where there is nothing."""
    sha = hashlib.sha256(f"{choice}:{source.resolve()}".encode())
    try:
        if source.is_file():
            found = source.stat()
            sha.update(repr((found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)).encode())
            return sha.hexdigest()
        for line in sorted(_entries(str(source), len(str(source)))):
            sha.update(line.encode(errors="surrogateescape"))
    except OSError:
        return None
    return sha.hexdigest()


def _entries(folder: str, skip: int) -> list[str]:
    lines = []
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                lines += _entries(entry.path, skip)
            elif entry.name.lower().endswith(ENDINGS):
                stat = entry.stat()
                lines.append(f"{entry.path[skip:]}\0{stat.st_size}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\0{stat.st_ino}\n")
    return lines


def _kept(key: bytes | None) -> RuleSet | None:
    if key is None or len(key) != 64 or not key.isalnum():
        return None
    data = cache.read(f"rules-{key.decode()}")
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=RuleSet)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def compile_files(
    files: Sequence[RuleFile],
    *,
    digest: str = "",
    pipelines: Sequence[str] | None = None,
    site: Mapping[str, Sequence[str]] | None = None,
) -> RuleSet:
    """Compiles rule files; nothing is raised for a rule, its problem is listed."""
    from luytre.core.hunt.ready import made_ready
    from luytre.core.hunt.rules import DEFAULT_PIPELINES, Compiler

    compiler = Compiler(pipelines, site)
    for file in files:
        compiler.take(file)
    compiler.finish()
    problems = [*compiler.problems, *_twins(compiler.rules)]
    return made_ready(
        RuleSet(
            digest=digest or digest_of([(file.name, file.data) for file in files]),
            source="",
            rules=compiler.rules,
            atoms=compiler.atoms.list,
            correlations=compiler.correlations,
            problems=problems,
            files=len(files),
            newest=max((file.written for file in files), default=0.0),
            pipelines=tuple(DEFAULT_PIPELINES if pipelines is None else pipelines),
        )
    )


def _twins(rules: Sequence[object]) -> list[Problem]:
    seen: dict[str, str] = {}
    found = []
    for rule in rules:
        first = seen.setdefault(rule.id, rule.file)  # type: ignore[attr-defined]
        if first != rule.file:  # type: ignore[attr-defined]
            why = f"trùng mã với {first}; cả hai đều chạy"
            found.append(Problem("duplicate", rule.file, why, rule.id, rule.title))  # type: ignore[attr-defined]
    return found


__all__ = ["RuleSet", "Unreadable", "compile_files", "home", "kept_rules", "load"]
