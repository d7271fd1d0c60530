"""One line: does it consist of a mark? Its form only; whether it is a stamp where it stands is decided in text.py.

A mark stands alone ("TỐI MẬT", "*** M Ậ T ***", "MẬT - Bản số: 03"), behind its label ("Độ mật: Mật"), in brackets at either end
of a heading ("[MẬT] Báo cáo …"), or among the words of a letterhead ("UBND TỈNH …  TỐI MẬT  CỘNG HÒA …"). In a sentence it is prose.
"""

import re
from typing import NamedTuple

from luytre.core.marking.letters import folded
from luytre.core.marking.verdict import Degree

MARK = r"(?:tuyet\W{0,3}mat|toi\W{0,3}mat|mat)"
# Words that may stand beside a mark without making it a sentence.
_BEFORE = (
    r"(?:mucdobaomat|mucdomat|mucdobimat|dauchidomat|daudomat|capdomat|dobaomat|domat|mucmat|capmat|loaimat|phanloai|loai|dadongdau|dongdau"
    r"|dau|hoatoc|thuongkhan|khan|luuhanhnoibo|bimatnhanuoc|topsecret|secret|confidential|(?:mucdo|capdo)(?=tuyet|toi))"
)
_NOUN = r"(?:tailieu|vanban|hoso|baocao|congvan|thongtin|kehoach|totrinh|bienban|congdien|phuluc)(?:do|loai)?"
_AFTER = (
    r"(?:(?:bansaoso|bansao|banso|bangoc|ban|soban|so|copyno|copy|trang)?\d{0,4}|bimatnhanuoc|quocgia|tailieuthuhoi|thuhoi|luuhanhnoibo"
    r"|(?:khong|cam)(?:phobien|saochup|saochep|phattan|chuyentiep)|chinguoicotenmoiduocbocbi|topsecret|secret|confidential"
    r"|hoatoc|thuongkhan|khan|[abc](?=$))"
)
_ALONE = re.compile(
    rf"(?P<before>{_BEFORE}*)(?P<noun>(?:{_NOUN})?)(?P<do>(?:do(?=tuyet|toi))?)(?P<mark>(?:tuyetmat|toimat|mat))(?P<after>{_AFTER}*)"
)
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,120}>")
_BULLET = re.compile(r"^\s*(?:[-–—•●○▪*+·>]+|\(?(?:\d{1,2}|[a-zđ])[.)]|(?:\d{1,2}\.)+\d{0,2})\s+(?=\S)")
_DECOR = re.compile(r"[-–—*=#~_•●★☆|.]\s*$")


class Shape(NamedTuple):
    """What a line that consists of a mark looks like. `case`: upper, title, lower; `marks`: its diacritics are written; `spaced`: letter
    by letter; `listed`: behind a bullet or number, or ending as items do; `told`: a label or the letterhead leaves no doubt; `noun`: "tài
    liệu mật"."""

    degree: Degree
    case: str
    marks: bool
    spaced: bool = False
    listed: bool = False
    told: bool = False
    noun: bool = False
    bare: bool = True  # nothing but the mark
    dressed: bool = False  # in brackets, between stars or rules, with the number of its copy


def degree_of(letters: str) -> Degree:
    if letters.startswith("tuy"):
        return "TUYỆT MẬT"
    return "TỐI MẬT" if letters.startswith("to") else "MẬT"


def is_possible(low: str) -> bool:
    """Cheap and never wrong when it says no: m, a, t in this order with little between."""
    return _POSSIBLE.search(low) is not None


_POSSIBLE = re.compile(r"m[^a-z]{0,12}a[^a-z]{0,12}t")


def shape(shown: str) -> Shape | None:
    """The mark a line consists of; None when it consists of anything else."""
    shown = _TAG.sub(" ", shown).strip()
    if len(shown) > 160:
        return None
    bullet = _BULLET.match(shown)
    framed = bool(bullet) and bool(_DECOR.search(shown))
    rest = shown[bullet.end() :] if bullet and not framed else shown
    words = _WORD.findall(rest)
    letters = "".join(words)
    low = folded(letters).replace("0", "o") if re.search(r"(?i)t0[iíìốî1]", letters) else folded(letters)
    found = _ALONE.fullmatch(low)
    if not found:
        return None
    mark = letters[found.start("mark") : found.end("mark")]
    if not accents_fit(mark):
        return None
    return _shaped(found, mark, rest, words, listed=bool(bullet) and not framed)


def _shaped(found: re.Match[str], mark: str, rest: str, words: list[str], listed: bool) -> Shape | None:
    before, noun = found["before"], found["noun"]
    labelled = bool(before) and ":" in rest
    if before.endswith("mat") and not labelled and found["mark"] == "mat" and not mark.isupper():
        return None  # "độ bảo mật mật": no
    if "bimatnhanuoc" in before and not re.search(r"[-–—:/|(]", rest):
        return None  # "bí mật nhà nước độ Mật": a heading of the law
    dressed = (
        bool(re.search("[a-z]", found["after"]))
        or bool(re.match(r"^\W*[(\[{«*=#~★|]", rest))
        or bool(re.search(r"[)\]}»*=#~★|]\W*$", rest))
    )
    return Shape(
        degree_of(found["mark"]),
        case_of(mark),
        any(not c.isascii() for c in mark),
        spaced=sum(len(word) == 1 for word in words) >= 3 and all(len(word) <= 2 for word in words if not word.isdigit()),
        listed=listed or rest.rstrip().endswith((";", ",")),
        told=labelled,
        noun=bool(noun),
        bare=found["mark"] == found[0],
        dressed=dressed,
    )


def case_of(mark: str) -> str:
    letters = [c for c in mark if c.isalpha()]
    return "upper" if all(c.isupper() for c in letters) else "title" if letters[0].isupper() else "lower"


def accents_fit(mark: str) -> bool:
    """The marks on the letters are those of MẬT, TỐI, TUYỆT, or fewer: MẮT, MẤT, TỚI, TUYẾT are other words."""
    lower = mark.lower()
    head, mat = lower[:-3], lower[-3:]
    if mat[1] not in ("aâậạ" if head or mark.isupper() else "aâậ"):
        return False
    if len(head) == 3:
        return head[1] in "oôốó0" and head[2] in "iíị1l" and not (head[1] == "ô" and "ậ" in mat and not mark.isupper())
    return head == "" or head in ("tuyêt", "tuyệt", "tuyet", "tuyẹt")
