"""Rights by mutation: any one line removed from register/access.py, reach.py or reading.py must make a test fail.

    uv run python -m benchmarks.access_mutation [access.py …]  > docs/figures/access-mutation.md

Each line that is no comment, blank or docstring is removed by itself. What is left either does not load, or is run through the tests in a
forked process (the database of the tests is made once, in memory). Prints lines, how many were noticed, and every line that was not.
"""

import ast
import os
import signal
import sys
import time
from dataclasses import dataclass, field
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
    "tests/isolation/test_rights.py",
    "tests/isolation/test_personal_data.py",
)
SECONDS = 300  # a mutant that runs longer is counted as noticed: it hangs


@dataclass
class Tally:
    """What became of the lines of one file."""

    name: str
    unloadable: int = 0
    failed: int = 0
    hung: int = 0
    survived: list[tuple[int, str]] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return self.unloadable + self.failed + self.hung + len(self.survived)


def candidates(source: str) -> list[int]:
    """Numbers of the lines that say something: no blank, no comment, no docstring."""
    silent: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(body, list) and ast.get_docstring(node):
            silent |= set(range(body[0].lineno, (body[0].end_lineno or 0) + 1))
    lines = enumerate(source.splitlines(), 1)
    return [number for number, line in lines if number not in silent and line.strip() and not line.strip().startswith("#")]


def without(source: str, number: int) -> str:
    lines = source.splitlines(keepends=True)
    return "".join(lines[: number - 1] + lines[number:])


def put(module: ModuleType, source: str) -> None:
    """The module anew, of another source, in its old place: nothing of what it held before stays."""
    for name in [name for name in vars(module) if name == "__all__" or not name.startswith("__")]:
        delattr(module, name)
    exec(compile(source, str(module.__file__), "exec"), vars(module))


class Mutator:
    """Stands in for the loop over the tests: one test in the parent, so that the database is there; then a fork a line."""

    def __init__(self, names: list[str]) -> None:
        self.names, self.tallies, self.failed = names, [], False

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed = True
            sys.stderr.write(f"{report.longreprtext[-2000:]}\n")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        first = next(item for item in session.items if item.get_closest_marker("django_db"))
        session.config.hook.pytest_runtest_protocol(item=first, nextitem=session.items[-1])
        if self.failed:
            raise SystemExit("the tests fail before anything is removed")
        modules = {name: __import__(f"luytre.register.{name.removesuffix('.py')}", fromlist=["x"]) for name in FILES}
        sources = {name: Path(str(module.__file__)).read_text() for name, module in modules.items()}
        for name in self.names:
            tally = Tally(name)
            self.tallies.append(tally)
            for number in candidates(sources[name]):
                self.judge(tally, number, modules, sources, session)
        return True

    def judge(self, tally: Tally, number: int, modules: dict[str, ModuleType], sources: dict[str, str], session: pytest.Session) -> None:
        mutant = without(sources[tally.name], number)
        said = sources[tally.name].splitlines()[number - 1].strip()
        try:
            compile(mutant, tally.name, "exec")
        except SyntaxError:
            tally.unloadable += 1
            return
        child = os.fork()
        if not child:
            self.run(tally.name, mutant, modules, sources, session)
        code = waited(child)
        tally.unloadable += code == 2
        tally.failed += code == 1
        tally.hung += code == 3
        if code == 0:
            tally.survived.append((number, said))
        sys.stderr.write(f"{tally.name}:{number} {('SURVIVED', 'failed', 'unloadable', 'hung')[code]}  {said[:80]}\n")

    def run(self, name: str, mutant: str, modules: dict[str, ModuleType], sources: dict[str, str], session: pytest.Session) -> None:
        """In the child: the mutant and what stands on it anew, then the tests until one fails."""
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        try:
            for other in FILES[FILES.index(name) :]:
                put(modules[other], mutant if other == name else sources[other])
            from luytre import journal

            journal.gate(modules["access.py"].may_all)
            journal.screen(modules["reading.py"].screen)
        except BaseException:
            os._exit(2)
        items = session.items
        for item, after in zip(items, [*items[1:], None], strict=True):
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                os._exit(1)
        os._exit(0)


def waited(child: int) -> int:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return 3


def report(tallies: list[Tally]) -> str:
    rows = [f"| {t.name} | {t.lines} | {t.unloadable} | {t.failed} | {t.hung} | {len(t.survived)} |" for t in tallies]
    left = [f"- `{t.name}:{number}` `{said}`" for t in tallies for number, said in t.survived]
    head = "# Rights by mutation\n\nEach line removed by itself (`uv run python -m benchmarks.access_mutation`): does anything notice?\n"
    table = "| file | lines | does not load | a test fails | hangs | unnoticed |\n|---|---|---|---|---|---|\n" + "\n".join(rows)
    return "\n".join([head, table, "", *(["Unnoticed:", "", *left] if left else ["No line can be removed unnoticed."]), ""])


def main(names: list[str]) -> int:
    os.chdir(ROOT)
    mutator = Mutator(names or list(FILES))
    out = os.dup(1)
    os.dup2(2, 1)  # what pytest says goes beside, the report alone to standard output
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:logging", "-o", "addopts=", *TESTS], plugins=[mutator])
    os.write(out, report(mutator.tallies).encode())
    return 1 if any(tally.survived for tally in mutator.tallies) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
