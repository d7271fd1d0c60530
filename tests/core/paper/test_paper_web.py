"""The HTML of every sample: one page, all words, tables with heads, pictures with their words, nothing fetched."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from paper_pdf import lost_words

from luytre.core.paper.reading import read
from luytre.core.paper.sheet import sheet
from luytre.core.paper.web import html

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))


class _Page(HTMLParser):
    """Words and tags of a page; fails when tags do not close in order."""

    VOID = {"meta", "br", "hr", "img"}

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_html_page(sample: Path) -> None:
    paper = read(sample.read_bytes())
    page = _Page(html(paper))
    assert lost_words(sheet(paper), "\n".join(page.words)) == []
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("thead")
    assert tags.count("h1") == (1 if paper.type else 0)
    assert all(attrs.get("alt") for tag, attrs in page.tags if tag == "img")
    assert not {"script", "link", "iframe"} & set(tags)
    assert not re.search(r'(src|href)="(?!data:)', html(paper))
