"""Every string that people read, found in templates and code; run as a script it adds what the English catalogue lacks.

uv run python -m tests.ui.words        # adds untranslated entries to src/luytre/locale/en; fill them in by hand
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).parents[2] / "src/luytre"
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
CALLS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}
TRANSLATE = re.compile(r"""\{%\s*translate\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')([^%]*)%\}""")
BLOCK = re.compile(r"\{%\s*blocktranslate\b([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
FILTERED = re.compile(r"""_\(("(?:[^"\\]|\\.)*")\)""")

Message = tuple[str, str | None, str | None]  # msgid, plural, context


def wanted() -> dict[Message, str]:
    """Message → the file that says it first."""
    found: dict[Message, str] = {}
    for path in sorted([*ROOT.rglob("*.html"), *ROOT.rglob("*.jinja"), *ROOT.rglob("*.py")]):
        text = path.read_text(encoding="utf-8")
        for message in of_code(text) if path.suffix == ".py" else of_template(text):
            found.setdefault(message, str(path.relative_to(ROOT.parents[1])))
    return found


def of_template(text: str) -> Iterator[Message]:
    for quoted, rest in TRANSLATE.findall(text):
        context = re.search(r'context\s+"([^"]*)"', rest)
        yield ast.literal_eval(quoted), None, context[1] if context else None
    for head, body in BLOCK.findall(text):
        context = re.search(r'context\s+"([^"]*)"', head)
        parts = [_placeholders(part.strip() if "trimmed" in head else part) for part in PLURAL.split(body)]
        yield parts[0], parts[1] if len(parts) > 1 else None, context[1] if context else None
    for quoted in FILTERED.findall(text):
        yield ast.literal_eval(quoted), None, None


def _placeholders(text: str) -> str:
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", text.replace("%", "%%"))


def of_code(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _name(node.func) in CALLS:
            said = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            name = _name(node.func)
            if name.startswith("ngettext") and len(said) >= 2:
                yield said[0], said[1], None
            elif name.startswith("pgettext") and len(said) == 2:
                yield said[1], None, said[0]
            elif said:
                yield said[0], None, None


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


def catalogue(paths: Iterable[Path] | None = None) -> dict[Message, polib.POEntry]:
    """Every English entry: the house's own catalogue and those that floors keep beside themselves."""
    found: dict[Message, polib.POEntry] = {}
    for path in sorted(ROOT.rglob("locale/en/LC_MESSAGES/*.po")) if paths is None else paths:
        entries = polib.pofile(str(path), encoding="utf-8")
        found |= {_key(entry): entry for entry in entries if not entry.obsolete}
    return found


def _key(entry: polib.POEntry) -> Message:
    return entry.msgid, entry.msgid_plural or None, entry.msgctxt


def main() -> int:
    """Add to the house's catalogue what no catalogue has; drop from it what nobody says or a floor translates itself."""
    file = polib.pofile(str(CATALOGUE), encoding="utf-8")
    now = wanted()
    elsewhere = catalogue([path for path in ROOT.rglob("locale/en/LC_MESSAGES/*.po") if path != CATALOGUE])
    for entry in [entry for entry in file if _key(entry) not in now or _key(entry) in elsewhere]:
        file.remove(entry)
    held = {_key(entry) for entry in file} | set(elsewhere)
    for (msgid, plural, context), place in now.items():
        if (msgid, plural, context) not in held:
            entry = polib.POEntry(msgid=msgid, msgid_plural=plural or "", msgctxt=context, occurrences=[(place, "")])
            entry.msgstr_plural = {0: "", 1: ""} if plural else {}
            file.append(entry)
    file.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    file.save(str(CATALOGUE))
    sys.stdout.write(f"{len(file.untranslated_entries())} to translate, {len(file)} in all\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
