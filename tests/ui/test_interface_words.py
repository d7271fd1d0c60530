"""Every Vietnamese string that people read has an English one, with the same placeholders, in one Unicode form and one tone style."""

import importlib.util
import re
import sys
import unicodedata
from pathlib import Path
from types import ModuleType

import polib
import pytest


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words", Path(__file__).with_name("words.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["words"] = module
    spec.loader.exec_module(module)
    return module


words = _load()
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]")
OLD_TONES = re.compile(r"\b\w*(?:oà|oá|oả|oã|oạ|uỳ|uý|uỷ|uỹ|uỵ)\b", re.IGNORECASE)  # hoà, thuý: the house writes hòa, thúy
QU = re.compile(r"\bqu", re.IGNORECASE)  # quý, quỹ: u belongs to the consonant


@pytest.fixture(scope="module")
def catalogue() -> dict[tuple[str, str | None, str | None], polib.POEntry]:
    held: dict[tuple[str, str | None, str | None], polib.POEntry] = words.catalogue()
    return held


def test_every_string_has_an_english_entry(catalogue: dict[tuple[str, str | None, str | None], polib.POEntry]) -> None:
    missing = {message[0]: place for message, place in words.wanted().items() if message not in catalogue}
    assert not missing, f"run `uv run python -m tests.ui.words`, then translate: {missing}"


def test_entries_are_translated_and_none_is_fuzzy(catalogue: dict[tuple[str, str | None, str | None], polib.POEntry]) -> None:
    assert len(catalogue) > 300
    bad = [entry.msgid for entry in catalogue.values() if entry.fuzzy or not entry.translated()]
    assert not bad


def test_placeholders_agree(catalogue: dict[tuple[str, str | None, str | None], polib.POEntry]) -> None:
    for entry in catalogue.values():
        for said in [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]:
            assert sorted(m.group() for m in PLACE.finditer(said)) == sorted(m.group() for m in PLACE.finditer(entry.msgid)), entry.msgid


def test_vietnamese_is_nfc_in_one_tone_style() -> None:
    for (msgid, _plural, _context), place in words.wanted().items():
        assert msgid == unicodedata.normalize("NFC", msgid), (place, msgid)
        old = [word for word in OLD_TONES.findall(msgid) if not QU.match(word)]
        assert not old, (place, old)


def test_the_reader_of_templates_sees_what_django_sees() -> None:
    counted = "{% blocktranslate count n=x %}{{ n }} việc{% plural %}{{ n }} việc{% endblocktranslate %}"
    text = '{% translate "Một" %}' + counted + '{{ a|default:_("hai") }}'
    assert list(words.of_template(text)) == [("Một", None, None), ("%(n)s việc", "%(n)s việc", None), ("hai", None, None)]


def test_every_field_for_free_text_or_files_carries_the_warning() -> None:
    """Fields set by ui/field.html have it by themselves; a template that writes its own says it beside the field."""
    for path in sorted(words.ROOT.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if re.search(r'<textarea|type="file"', text):
            assert "ui/secrets.html" in text or "bí mật nhà nước" in text, path


def test_free_text_is_asked_by_the_field_that_turns_secrets_away() -> None:
    """A plain CharField would let a mark of state secrets through to the action; only hidden inputs and the doors' secrets are such."""
    for path in sorted(words.ROOT.rglob("*.py")):
        if path.is_relative_to(words.ROOT / "doors") or path.name == "fields.py":
            continue
        for field in re.findall(r"forms\.CharField\([^\n]*", path.read_text(encoding="utf-8")):
            assert "HiddenInput" in field, (path, field)
