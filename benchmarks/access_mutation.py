"""Rights by mutation: any one line removed from register/access.py, reach.py or reading.py must make a test fail.

    nice uv run python -m benchmarks.access_mutation [access.py …]  > docs/figures/access-mutation.md

Each line that is no comment, blank or docstring is removed by itself; where that leaves a block empty, `pass` stands in its place. Beyond
what is asked, each statement of several lines is removed whole. What is left either does not load, or is run through the tests in a fork of
one process that has made the tests' database in memory, until one test fails. A line is equivalent only by a reason told in SAME, and
SAME is judged too: a line in it that a test does notice is a lie, and ends the run.
"""

import ast
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FILES = ("reach.py", "access.py", "reading.py")
TESTS = (
    "tests/house/test_docs_current.py::test_the_page_of_roles_is_current",
    "tests/register/test_roles.py",
    "tests/register/test_access.py",
    "tests/register/test_keys.py",
    "tests/isolation/test_rights.py",
    "tests/isolation/test_personal_data.py",
)
FORKS = 2
SECONDS = 10  # of processor for one test, which take up to 2: what takes more goes in a circle
# Lines that change nothing when removed, each with the reason; by file and by the words of the line.
SAME: dict[tuple[str, str], str] = {}
CONTROL, LINE, WHOLE = "control", "line", "statement"
UNLOADABLE, FAILED, HUNG, SURVIVED = "does not load", "a test fails", "goes in a circle", "unnoticed"


@dataclass(frozen=True)
class Mutant:
    """A file without one line, or without one statement."""

    file: str
    number: int
    kind: str
    said: str
    source: str
    alone: str = ""  # the one test to run


@dataclass
class Tally:
    """What became of the lines, or of the statements, of one file."""

    file: str
    kind: str
    count: dict[str, int] = field(default_factory=dict)

    def row(self) -> str:
        kinds = (UNLOADABLE, FAILED, HUNG, "equivalent", SURVIVED)
        return f"| {self.file} | {self.kind} | {sum(self.count.values())} | " + " | ".join(str(self.count.get(k, 0)) for k in kinds) + " |"


def mutants(name: str, source: str) -> Iterator[Mutant]:
    lines = source.splitlines()
    for number in candidates(source):
        yield Mutant(name, number, LINE, lines[number - 1].strip(), without(source, number, number))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and not _is_docstring(node) and (node.end_lineno or 0) > node.lineno:
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
            yield Mutant(name, first, WHOLE, lines[node.lineno - 1].strip(), without(source, first, node.end_lineno or 0))


def candidates(source: str) -> list[int]:
    """Numbers of the lines that say something: no blank, no comment, no docstring."""
    silent: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and _is_docstring(node):
            silent |= set(range(node.lineno, (node.end_lineno or 0) + 1))
    lines = enumerate(source.splitlines(), 1)
    return [number for number, line in lines if number not in silent and line.strip() and not line.strip().startswith("#")]


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def without(source: str, first: int, last: int) -> str:
    """The source without some lines; with `pass` in their place where the block would be empty."""
    lines = source.splitlines(keepends=True)
    bare = "".join([*lines[: first - 1], *lines[last:]])
    if _compiles(bare):
        return bare
    indent = lines[first - 1][: len(lines[first - 1]) - len(lines[first - 1].lstrip())]
    passed = "".join([*lines[: first - 1], f"{indent}pass\n", *lines[last:]])
    return passed if _compiles(passed) else bare


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def put(module: ModuleType, source: str) -> None:
    """The module anew, of another source, in its old place; what others took from it by name is put anew there too."""
    before = {name: value for name, value in vars(module).items() if name == "__all__" or not name.startswith("__")}
    for name in before:
        delattr(module, name)
    exec(compile(source, str(module.__file__), "exec"), vars(module))
    own = {id(value): (value, name) for name, value in before.items() if _is_its_own(value, module)}
    for other in [other for other in sys.modules.values() if other is not module and _is_ours(other)]:
        for name, value in list(vars(other).items()):
            if id(value) in own:
                setattr(other, name, getattr(module, own[id(value)][1]))


def _is_its_own(value: object, module: ModuleType) -> bool:
    """A function, a class or a table of this module (words like "own" are the same object everywhere)."""
    return getattr(value, "__module__", "") == module.__name__ or (isinstance(value, (dict, frozenset)) and bool(value))


def _is_ours(module: ModuleType) -> bool:
    return str(getattr(module, "__file__", "")).startswith((str(ROOT / "src"), str(ROOT / "tests")))


class Mutator:
    """Stands in for the loop over the tests: one test in the parent, so that the database is there; then a fork a mutant."""

    def __init__(self, names: list[str]) -> None:
        self.names, self.failed, self.parent = names, False, os.getpid()
        self.forks: dict[int, Mutant] = {}
        self.verdicts: list[tuple[Mutant, str]] = []
        self.by: Counter[str] = Counter()
        self.is_done = False
        self.notes, self.noticed = Path(tempfile.mkdtemp(prefix="mutants-")), list[str]()

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed = True
            if os.getpid() == self.parent:
                sys.stderr.write(f"{report.longreprtext[-2000:]}\n")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        first = next(item for item in session.items if item.get_closest_marker("django_db"))
        session.config.hook.pytest_runtest_protocol(item=first, nextitem=session.items[-1])
        if self.failed:
            raise SystemExit("the tests fail before anything is removed")
        self.session = session
        self.modules = {name: __import__(f"luytre.register.{name.removesuffix('.py')}", fromlist=["x"]) for name in FILES}
        self.sources = {name: Path(str(module.__file__)).read_text() for name, module in self.modules.items()}
        for name in self.names:
            control = Mutant(name, 0, CONTROL, "nothing removed", self.sources[name])
            self.all_of([control, *mutants(name, self.sources[name])])
            self.all_of([replace(control, alone=test) for test in self.noticed])  # a test that fails anyway ends the run
        self.is_done = True
        return True

    def all_of(self, wanted: list[Mutant]) -> None:
        for mutant in wanted:
            self.start(mutant)
        while self.forks:
            self.take()

    def start(self, mutant: Mutant) -> None:
        if not _compiles(mutant.source):
            self.verdict(mutant, UNLOADABLE)
            return
        while len(self.forks) >= FORKS:
            self.take()
        child = os.fork()
        if not child:
            self.run(mutant)
        self.forks[child] = mutant

    def take(self) -> None:
        """The next fork that has ended: killed by its own clock it was going in a circle."""
        child, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        said = {0: SURVIVED, 1: FAILED, 2: UNLOADABLE, -signal.SIGPROF: HUNG, -signal.SIGALRM: HUNG}
        self.remember(child)
        self.verdict(self.forks.pop(child), said.get(code, FAILED))

    def in_turn(self, alone: str) -> list[pytest.Item]:
        """All tests, those first that noticed something lately: the next line is often noticed by the same. A control runs one alone."""
        if alone:
            return [item for item in self.session.items if item.nodeid == alone]
        place = {test: number for number, test in enumerate(self.noticed)}
        return sorted(self.session.items, key=lambda item: place.get(item.nodeid, len(place)))

    def remember(self, child: int) -> None:
        note = self.notes / str(child)
        if note.is_file():
            test = note.read_text()
            self.noticed = [test, *(other for other in self.noticed if other != test)]
            self.by[test.partition("::")[0]] += 1

    def verdict(self, mutant: Mutant, said: str) -> None:
        if mutant.kind == CONTROL and said != SURVIVED:
            raise SystemExit(f"{mutant.file}: nothing is removed, and yet {said}: {self.noticed[:1]}")
        if mutant.kind == LINE and said != SURVIVED and (mutant.file, mutant.said) in SAME:
            raise SystemExit(f"{mutant.file}:{mutant.number} is said to change nothing, but a test notices it")
        self.verdicts.append((mutant, said))
        sys.stderr.write(f"\n{time.strftime('%H:%M:%S')} {mutant.file}:{mutant.number} {mutant.kind} {said}  {mutant.said[:80]}\n")

    def run(self, mutant: Mutant) -> None:
        """In the fork: the mutant and what stands on it anew, then the tests until one fails."""
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        signal.alarm(900)  # what waits for ever without working
        try:
            for other in FILES[FILES.index(mutant.file) :]:
                put(self.modules[other], mutant.source if other == mutant.file else self.sources[other])
            from luytre import journal

            journal.gate(self.modules["access.py"].may_all)
            journal.screen(self.modules["reading.py"].screen)
        except BaseException:
            os._exit(2)
        items = self.in_turn(mutant.alone)
        self.session._setupstate.teardown_exact(items[0])  # the parent stopped before another test
        for item, after in zip(items, [*items[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            self.session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                (self.notes / str(os.getpid())).write_text(item.nodeid)
                os._exit(1)
        os._exit(0)


def is_same(mutant: Mutant) -> bool:
    return mutant.kind == LINE and (mutant.file, mutant.said) in SAME


def report(verdicts: list[tuple[Mutant, str]], by: Counter[str]) -> str:
    tallies: dict[tuple[str, str], Tally] = {}
    for mutant, said in [(m, s) for m, s in verdicts if m.kind != CONTROL]:
        tally = tallies.setdefault((mutant.file, mutant.kind), Tally(mutant.file, mutant.kind))
        said = "equivalent" if said == SURVIVED and is_same(mutant) else said
        tally.count[said] = tally.count.get(said, 0) + 1
    left = [f"- `{m.file}:{m.number}` ({m.kind}) `{m.said}`" for m, said in unnoticed(verdicts)]
    same = [f"- `{m.file}:{m.number}` `{m.said}`: {SAME[m.file, m.said]}" for m, said in verdicts if said == SURVIVED and is_same(m)]
    head = (
        "# Rights by mutation\n\n`uv run python -m benchmarks.access_mutation`: each line removed by itself (`pass` where a block would be"
        "\nempty), then each statement of several lines removed whole. With nothing removed, the same tests pass (control).\n"
    )
    table = f"| file | removed | judged | {UNLOADABLE} | {FAILED} | {HUNG} | equivalent | {SURVIVED} |\n|---|---|---|---|---|---|---|---|\n"
    parts = [head, table + "\n".join(tally.row() for tally in tallies.values()), ""]
    parts += [*(["Unnoticed:", "", *left] if left else ["Nothing can be removed unnoticed."]), ""]
    parts += ["Equivalent:", "", *same, ""] if same else []
    parts += ["First to notice (the tests after it were not run):", "", *(f"- {count}: `{test}`" for test, count in by.most_common()), ""]
    return "\n".join(parts)


def unnoticed(verdicts: list[tuple[Mutant, str]]) -> list[tuple[Mutant, str]]:
    return [(m, said) for m, said in verdicts if said == SURVIVED and m.kind != CONTROL and not is_same(m)]


def main(names: list[str]) -> int:
    os.chdir(ROOT)
    mutator = Mutator(names or list(FILES))
    out = os.dup(1)
    os.dup2(2, 1)  # what pytest says goes beside, the report alone to standard output

    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:logging", "-o", "addopts=", *TESTS], plugins=[mutator])
    if not mutator.is_done:
        return 2  # what was said beside tells why; a run that did not end proves nothing
    os.write(out, report(mutator.verdicts, mutator.by).encode())
    return 1 if unnoticed(mutator.verdicts) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
