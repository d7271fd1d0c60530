"""Every fault the paper engine can speak of has its English; the command says both."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from luytre.core.paper import reading
from luytre.core.paper.command import main
from luytre.core.paper.english import WORDS, in_english
from luytre.core.paper.word.check import _BAD_PARTS

SOURCE = Path(reading.__file__).parent
FORM = json.loads((Path(__file__).parent / "samples" / "form03.json").read_text())


def _said(node: ast.expr) -> str | None:
    """A string or f-string as its template: {} for what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _faults() -> Iterator[tuple[str, str]]:
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fault" and len(node.args) == 2:
                said = _said(node.args[1])
                if said and said != "{}; hãy bỏ đi và lưu lại dạng .docx":
                    yield file.name, said
            named = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "says"
            if (isinstance(node, ast.Return) and file.name in ("letters.py", "package.py")) or (
                named and file.name in ("letters.py", "fonts.py")
            ):
                said = _said(node.value) if node.value else None  # type: ignore[attr-defined]
                if said and re.search(r"[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]", said):
                    yield file.name, said
    yield from (("reading.py", re.sub(r"\{\d\}", "{}", said)) for _, said in reading._SAYINGS)
    yield from (("check.py", f"{said}; hãy bỏ đi và lưu lại dạng .docx") for said in _BAD_PARTS.values())


def test_every_fault_has_its_english() -> None:
    found = list(_faults())
    assert len(found) > 70
    assert [(name, said) for name, said in found if said not in WORDS] == []
    assert sorted(set(WORDS) - {said for _, said in found}) == []


@pytest.mark.parametrize("said", WORDS)
def test_what_is_put_in_is_carried_over(said: str) -> None:
    holes = re.findall(r"(?<!\{)\{\}(?!\})", said)
    assert len(re.findall(r"(?<!\{)\{\}(?!\})", WORDS[said])) == len(holes)
    parts = iter(f"X{at}" for at in range(len(holes)))
    spoken = re.sub(r"(?<!\{)\{\}(?!\})", lambda _: next(parts), said)
    english = in_english(spoken)
    assert all(f"X{at}" in english for at in range(len(holes)))
    assert english != spoken


def test_the_command_says_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "d.json"
    for changes, says in (({"recipients": []}, "recipients are empty"), ({"number": "x"}, "must be a whole number or empty, but is text")):
        document.write_text(json.dumps(FORM | changes))
        assert main([str(document), "--pdf", str(tmp_path / "d.pdf")]) == 1
        said = capsys.readouterr().err
        assert " / " in said
        assert says in said
