"""Documents spoilt at random: each becomes a paper in every format or is refused with its place; nothing else comes out."""

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luytre.core.paper.letters import PaperRefused
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import from_plain, read, write
from luytre.core.paper.web import html
from luytre.core.paper.word import docx

SAMPLES = [json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "samples").glob("*.json"))]
NASTY = [
    "", " ", "**", "***", "**a", "\n", "\n\n\n", "#", "]", "$", "\\", "{{ x }}", "{% if %}", "<w:p/>", "&amp;", "]]>", "Ộ" * 900,
    "a" * 400, "\u200b", "\ufeff", "\u202e", "e\u0301", "😀", "\x00", "\x1b[0m", "–" * 50, "=cmd()", "../../etc", "0", "−1", "1e9", "٣",
]  # fmt: skip
values = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=40), st.none(), st.booleans(), st.integers(-5, 10**7), st.floats(), st.just([]),
    st.just({}),
    st.lists(st.sampled_from(NASTY), max_size=4),
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inside for place in _places(item, (*path, key)))]


PLACES = [_places(sample)[1:] for sample in SAMPLES]


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    which = draw(st.integers(0, len(SAMPLES) - 1))
    plain = copy.deepcopy(SAMPLES[which])
    for place in draw(st.lists(st.sampled_from(PLACES[which]), min_size=1, max_size=3)):
        here: Any = plain
        try:
            for step in place[:-1]:
                here = here[step]
            if draw(st.booleans()):
                here[place[-1]] = draw(values)
            else:
                here[place[-1]] = draw(st.sampled_from(NASTY))
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
    return plain


def _come_out(plain: Any) -> bool:
    try:
        paper = from_plain(plain)
    except PaperRefused as refused:
        assert all(fault.says for fault in refused.faults)
        return False
    assert read(write(paper)) == paper
    try:
        assert pdf(paper)[:5] == b"%PDF-"
    except PaperRefused as refused:
        assert all(fault.path for fault in refused.faults)
        return False
    Document(io.BytesIO(docx(paper)))
    assert html(paper).endswith("</html>\n")
    return True


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(spoilt())
def test_a_spoilt_document_is_set_or_refused(plain: Any) -> None:
    _come_out(plain)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(spoilt())
def test_many_spoilt_documents_are_set_or_refused(plain: Any) -> None:
    _come_out(plain)


def test_the_samples_themselves_come_out() -> None:
    assert all(_come_out(sample) for sample in SAMPLES)
