"""What a re-issue changed: each difference at its own field, nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from luytre.core.paper.frozen import changes, digest
from luytre.core.paper.reading import from_plain, read, write

SAMPLE = json.loads((Path(__file__).parent / "samples" / "monthly.json").read_text())


def _with(change: Any) -> list[tuple[str, str, str]]:
    plain = json.loads(json.dumps(SAMPLE))
    change(plain)
    return [(c.path, c.was, c.now) for c in changes(from_plain(SAMPLE), from_plain(plain))]


def test_equal_papers_have_no_changes() -> None:
    assert _with(lambda plain: None) == []


def test_a_changed_cell_is_one_change() -> None:
    table = next(i for i, b in enumerate(SAMPLE["blocks"]) if b["kind"] == "table")
    found = _with(lambda plain: plain["blocks"][table]["rows"][1].__setitem__(1, "3,4"))
    assert found == [(f"blocks[{table}].rows[1][1]", "3,2", "3,4")]


def test_an_inserted_paragraph_is_one_change() -> None:
    found = _with(lambda plain: plain["blocks"].insert(3, {"kind": "paragraph", "text": "Thêm."}))
    assert found == [("blocks[3]", "", '{"kind":"paragraph","text":"Thêm."}')]


def test_a_removed_recipient_is_one_change() -> None:
    assert _with(lambda plain: plain["recipients"].pop(1)) == [("recipients[1]", "Thường trực Tỉnh ủy (để báo cáo)", "")]


@pytest.mark.parametrize("key", ["title", "issued_on", "closing"])
def test_the_digest_follows_the_data(key: str) -> None:
    paper, other = from_plain(SAMPLE), from_plain(SAMPLE | {key: "2026-11-06" if key == "issued_on" else "Khác./."})
    assert digest(paper) == digest(read(write(paper)))
    assert digest(paper) != digest(other)
