"""A whole text: which of the lines that look like marks are stamps or headings, and which belong to an explanation or a list."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from luytre.core.marking.letters import folded, one_form
from luytre.core.marking.stamp import Shape, is_possible, shape
from luytre.core.marking.verdict import CLEAN, HIGH, LOW, TOP, Found, Line, Verdict
from luytre.core.marking.within import names_several, within

_NEAR = 6  # lines with words at the top of a text, and as many at its end, where a mark may be written without care
_OFFICIAL = re.compile(
    r"\b(?:cong hoa xa hoi|doc lap - tu do|uy ban nhan dan|ubnd|hdnd|kinh gui|noi nhan|bao cao|ke hoach|quyet dinh|cong van|to trinh"
    r"|thong bao|chi thi|cong an|quan su|v/v|ban so|tinh uy|huyen uy|dang uy|dang cong san|phuong an|giam doc|chu tich|bien ban"
    r"|so ?: ?\d)|\d{1,5}/[a-z]{2,}-[a-z]{2,}"
)
_LABEL_ABOVE = re.compile(r"\W*(?:muc do mat|do mat|dau chi do mat|muc do bao mat|do bao mat)\W*")
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\x07]")
_ORDERS = ((TOP, HIGH, LOW), (LOW, HIGH, TOP))
_FAR = 15
_SHORT = 12  # letters at most of the first half of a mark
_PAGE = 1600
_DECOR = " .-*|\"'"


class _Candidate(NamedTuple):
    at: int  # number of the line among those with words
    line: Line
    shape: Shape
    alone: bool  # the line consists of the mark


def judge_text(text: str) -> Verdict:
    """`secret` when the text bears a mark as a stamp or heading, else `clean`. Any text; lines as written."""
    if not is_possible(folded(one_form(text))):
        return CLEAN
    return judge_lines(Line(line, f"dòng {number}") for number, line in enumerate(_BREAKS.split(text), 1))


def judge_lines(lines: Iterable[Line]) -> Verdict:
    """The same of lines that know where they stand."""
    found = next(marks_in(lines), None)
    return Verdict("secret", found.marking, found.where) if found else CLEAN


def marks_in(lines: Iterable[Line]) -> Iterator[Found]:
    """Every mark the lines bear, in their order."""
    form = cache(one_form)  # cells of a sheet repeat each other
    shown = [line if clean == line.text else line._replace(text=clean) for line in lines if (clean := form(line.text).strip())]
    shown = list(_joined(shown))
    lows = [folded(line.text) for line in shown]
    candidates = list(_candidates(shown, lows))
    listed = _explained(candidates)
    official = bool(candidates) and any(_OFFICIAL.search(low) for low in (*lows[:40], *lows[-10:]))
    for candidate in candidates:
        if candidate.at not in listed and _is_mark(candidate, shown, lows, official):
            yield Found(candidate.shape.degree, candidate.line.where)


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines as they are, save that letters or halves of a mark written one below the other become one line."""
    at = 0
    while at < len(lines):
        begins = len(lines[at].text) <= _SHORT and folded(lines[at].text).strip(_DECOR)[:1] in ("m", "t", "")
        size = next((n for n in (7, 6, 3, 2) if begins and _stands_upright(lines[at : at + n], n)), 1)
        yield lines[at]._replace(text=" ".join(line.text for line in lines[at : at + size])) if size > 1 else lines[at]
        at += size


def _stands_upright(lines: Sequence[Line], size: int) -> bool:
    if len(lines) < size or len(lines[0].text) > (3 if size > 2 else _SHORT):
        return False
    words = [folded(line.text).strip(_DECOR) for line in lines]
    return "".join(words) in ("mat", "toimat", "tuyetmat") and ((size == 2 and words[1] == "mat") or all(len(word) == 1 for word in words))


def _candidates(lines: Sequence[Line], lows: Sequence[str]) -> Iterator[_Candidate]:
    for at, (line, low) in enumerate(zip(lines, lows, strict=True)):
        if not is_possible(low):
            continue
        alone = shape(line.text)
        found = alone or next(filter(None, map(within, _ends(line.text))), None)
        if found:
            yield _Candidate(at, line, found, alone is not None)


def _ends(line: str) -> Iterator[str]:
    """A line to look for headings in; of one as long as a page (text whose breaks were lost) only its beginning and its end, with a word
    where it was cut, so that the cut is not taken for an end of the line."""
    if len(line) <= _PAGE:
        yield line
    else:
        yield f"{line[: _PAGE // 2].rpartition(' ')[0]} và"
        yield f"và {line[-_PAGE // 2 :].partition(' ')[2]}"


def _explained(candidates: Sequence[_Candidate]) -> set[int]:
    """Lines in which the degrees are told one after the other: "Tuyệt mật", "Tối mật", "Mật" in the law's order, or items side by side."""
    told: set[int] = set()
    plain = [candidate for candidate in candidates if candidate.alone and not candidate.shape.told]
    for three in zip(plain, plain[1:], plain[2:], strict=False):
        if (
            tuple(c.shape.degree for c in three) in _ORDERS
            and len({_style(c) for c in three}) == 1
            and three[2].at - three[0].at <= 4 * _FAR
        ):
            told |= {c.at for c in three}
    for one, other in itertools.pairwise(plain):
        if one.shape.degree != other.shape.degree and one.shape.listed and other.shape.listed and other.at - one.at <= _FAR:
            told |= {one.at, other.at}
    return told


def _style(candidate: _Candidate) -> tuple[str, bool, str]:
    return candidate.shape.case, candidate.shape.spaced, candidate.line.zone


def _is_mark(candidate: _Candidate, lines: Sequence[Line], lows: Sequence[str], official: bool) -> bool:
    seen, line = candidate.shape, candidate.line
    if candidate.alone and line.zone == "text" and _is_wrapped(candidate, lines):
        return False
    if seen.told or line.zone == "apart" or (seen.spaced and not seen.listed):
        return True
    if candidate.at and _LABEL_ABOVE.fullmatch(lows[candidate.at - 1]):
        return True
    if seen.listed:  # an item of a list: only a mark in capitals with its diacritics is one, and only where no other is told beside it
        return seen.case == "upper" and seen.marks and not _is_told_near(candidate, lines)
    near = candidate.at < _NEAR or candidate.at >= len(lines) - _NEAR
    if seen.case == "upper" and (seen.marks or seen.degree != LOW or seen.dressed):
        return True
    if seen.noun and seen.degree == LOW:  # "tài liệu mật": a heading of this very paper, or words about such papers
        return seen.case == "upper" or (near and _is_official_near(candidate, lows) and not _reads_on(candidate, lines))
    if seen.noun:
        return near and not _reads_on(candidate, lines)
    if seen.degree != LOW:
        return True
    if seen.marks and (seen.dressed or line.zone == "cell"):
        return True
    return near and _is_careless_mark(candidate, lines, lows, official)


def _is_careless_mark(candidate: _Candidate, lines: Sequence[Line], lows: Sequence[str], official: bool) -> bool:
    """ "Mật", "mật", "MAT", "mat" alone on a line. It may be honey in a list, or an eye, a face, a loss written without marks; it is the
    mark where it is all there is, or where it stands at the top or end of an official paper. Without diacritics the paper around it must be
    official, or in capitals; with them any text that is not a list of single words will do."""
    if len(lines) == 1:
        return candidate.line.zone == "text" and candidate.shape.bare
    if _is_official_near(candidate, lows):
        return True
    careful = candidate.shape.case == "upper" or candidate.shape.marks
    return (official or careful) and not _is_list(candidate, lines)


def _is_wrapped(candidate: _Candidate, lines: Sequence[Line]) -> bool:
    """The last words of a sentence that the line above began: "… thuộc danh mục bí / mật."."""
    above, text = lines[candidate.at - 1].text if candidate.at else "", candidate.line.text
    running = len(above) >= 30 and (above[-1].isalnum() or above[-1] == ",") and any(c.islower() for c in above)
    return running and (candidate.shape.case == "lower" or text[-1] in ".,;") and not candidate.shape.spaced


def _is_official_near(candidate: _Candidate, lows: Sequence[str]) -> bool:
    return any(_OFFICIAL.search(low) for low in lows[max(0, candidate.at - 3) : candidate.at + 4])


def _is_list(candidate: _Candidate, lines: Sequence[Line]) -> bool:
    """The lines around are as short as this one: a list of words."""
    around = [*lines[max(0, candidate.at - 3) : candidate.at], *lines[candidate.at + 1 : candidate.at + 4]]
    return sum(len(line.text.split()) <= 3 for line in around) > len(around) / 2


def _reads_on(candidate: _Candidate, lines: Sequence[Line]) -> bool:
    """The next line goes on as a sentence about such papers."""
    after = lines[candidate.at + 1].text if candidate.at + 1 < len(lines) else ""
    return after[:1].islower() or names_several(after)


def _is_told_near(candidate: _Candidate, lines: Sequence[Line]) -> bool:
    around = lines[max(0, candidate.at - _FAR) : candidate.at + _FAR]
    return any(names_several(line.text) for line in around)
