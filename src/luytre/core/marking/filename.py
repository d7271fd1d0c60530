"""A file's name: "KH-05 (MẬT).pdf", "TOI_MAT.docx" bear a mark; "mat-khau.txt", "quy che bao ve bi mat.docx" do not."""

import re
from pathlib import PurePosixPath

from luytre.core.marking.letters import folded, one_form
from luytre.core.marking.stamp import accents_fit, degree_of, shape
from luytre.core.marking.verdict import LOW, Found
from luytre.core.marking.within import NOT_AFTER, NOT_BEFORE, names_several

# A paper about secrets, not a secret paper.
_ABOUT = re.compile(
    r"\b(?:quy dinh|huong dan|quan ly|bao ve|luat|thong tu|nghi dinh|quy che|ve|tap huan|xu ly|phan loai|danh muc|bang|mau|dau|cach"
    r"|gioi thieu|phim|truyen|game|sach)\b"
)
_GROUP = re.compile(r"[(\[{]\s*([^()\[\]{}]*)\s*[)\]}]")
_WORDS = re.compile(r"[^\W_]+")


def mark_in_name(name: str) -> Found | None:
    """The mark a file's name bears, whatever its folder and ending; None when it bears none."""
    stem = _stem(one_form(name))
    if names_several(stem):
        return None
    for group in _GROUP.findall(stem):
        found = shape(group)
        if found:
            return Found(found.degree, "tên tệp")
    alone = shape(stem)
    if alone and not (alone.case == "lower" and not alone.marks and alone.degree == LOW and (alone.listed or not alone.bare)):
        return Found(alone.degree, "tên tệp")
    return _in_words(_WORDS.findall(re.sub(r"(?<=[a-zà-ỹ])(?=[A-ZĐ][A-ZĐÀ-Ỹ])", " ", stem)))


def _stem(name: str) -> str:
    plain = name.replace("\\", "/").rstrip("/")
    path = PurePosixPath(plain)
    stem = path.name
    while re.search(r"\.[A-Za-z0-9]{1,5}$", stem) and folded(stem.rsplit(".", 1)[1]) not in ("mat",):
        stem = stem.rsplit(".", 1)[0]
    return stem


def _in_words(words: list[str]) -> Found | None:
    low = [folded(word) for word in words]
    about = bool(_ABOUT.search(" ".join(low)))
    shouted = not all(word.isupper() for word in words if word.isalpha())
    for at, word in enumerate(low):
        if word in ("toimat", "tuyetmat"):
            size, mark = 1, words[at]
        elif word == "mat" and at and low[at - 1] in ("toi", "tuyet"):
            size, mark = 2, words[at - 1] + words[at]
        elif word == "mat":
            size, mark = 1, words[at]
        else:
            continue
        if _bears(words, low, at, size, mark, about, shouted):
            return Found(degree_of(folded(mark)), "tên tệp")
    return None


def _bears(words: list[str], low: list[str], at: int, size: int, mark: str, about: bool, shouted: bool) -> bool:
    if not accents_fit(mark) or (at + 1 < len(low) and low[at + 1] in NOT_AFTER):
        return False
    stands_out = mark.isupper() and shouted  # in capitals where the rest is not
    if size == 2 or len(mark) > 3:
        return stands_out or not about
    if at and low[at - 1] in NOT_BEFORE:
        return low[at - 1] == "do" and at + 1 < len(low) and low[at + 1] == "mat"
    edge = at in (0, len(words) - 1)
    if mark.isascii():
        return (
            mark.isupper() and (stands_out or edge) and not about and (stands_out or any(not c.isascii() for w in words for c in w) or edge)
        )
    return (mark.isupper() and (stands_out or edge)) or (edge and not about and len(words) > 1)
