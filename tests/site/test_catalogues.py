"""Every Vietnamese string of register and journal has an English entry of its own; none is fuzzy, none is in decomposed form."""

import ast
import re
import unicodedata
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/luytre"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}


def said_in_python(folder: Path) -> set[str]:
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def said_in_templates(folder: Path) -> set[str]:
    return {said for file in folder.rglob("*.html") for said in re.findall(r"""\{% translate ["'](.+?)["']""", file.read_text())}


def translated(folder: Path) -> dict[str, str]:
    text = (folder / "locale/en/LC_MESSAGES/django.po").read_text()
    assert "fuzzy" not in text
    found: dict[str, str] = {}
    for entry in text.split("\n\n")[1:]:
        said = {
            key: "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)) for key, part in re.findall(r"(?m)^(msg\S+) ((?:\".*\"\n?)+)", entry)
        }
        found[said["msgid"]] = said.get("msgstr") or said.get("msgstr[1]", "")
    return found


@pytest.mark.parametrize("app", ["register", "journal", "post", "rooms/reminders"])
def test_every_string_has_its_english(app: str) -> None:
    entries = translated(SOURCE / app)
    said = said_in_python(SOURCE / app) | said_in_templates(SOURCE / app)
    assert len(said) > 5
    assert {string for string in said if not entries.get(string)} == set()
    assert {string for string in said if not unicodedata.is_normalized("NFC", string)} == set()
