"""A mark within a longer line that is no sentence: behind its label, in brackets at an end of a heading, among the words of a letterhead,
in a column of its own; or a sentence in which a paper says of itself what it is."""

import re
from collections.abc import Iterator

from luytre.core.marking.letters import folded
from luytre.core.marking.stamp import MARK, Shape, accents_fit, case_of, degree_of, shape
from luytre.core.marking.verdict import Degree

# What "mật" is half of: passwords, ciphers, density, honey, letters in cipher; secret, security, vital. Neither side may be one of these.
_words = re.compile(r"\w+").findall
NOT_BEFORE = frozenset(
    _words("bi bao co giai than noi chat ran xa ra vang guong khuan ve giam tang trao thu so diem do muc cap loai dau nuoc tuan doi")
)
NOT_AFTER = frozenset(
    _words(
        "khau ma do ong thu danh vu thiet lenh hieu bao tham ngot hoa mia gau tong nghi phi dam tap lich uoc ngu cao tran bang hang dien "
        "tien duong truyen vien"
    )
)
_TYPE = re.compile(r"\W+(?:bao cao|danh sach|thu (?:tuong|moi)|nghi (?:quyet|dinh)|dien (?:mat|khan)|bang (?:ke|tong hop)|so\b)")  # papers
_LABEL = re.compile(
    r"(?:^|[|,;({\[.]|\s{2,})\W{0,4}(?:(?:tai lieu|van ban|ho so|bao cao)(?: nay)? (?:co|thuoc) )?"
    r"(?:muc do (?:bao |bi )?mat|dau chi (?:muc )?do mat|(?:dau )?do (?:bao )?mat|(?:muc|cap|loai) mat|cap do mat"
    r"|phan loai(?: bao mat| mat| do mat)?|security classification|classification)"
    r"\s*(?:\([^)]{0,40}\))?\s*[:=–-]+\s*(?P<box>[☐□○◯☒☑✓✔✗]|\[.?\])?[\s\W]{0,4}"
    rf"(?P<mark>{MARK})(?![a-z])(?P<rest>.*)"
)
_TICKED = re.compile(rf"(?:[☒☑✓✔🗹🗵⊠■◉●]|\[\s?[xXvV✓✔]\s?\]|\(\s?[xXvV]\s?\))\s*(?P<mark>{MARK})(?![a-z])")
_BRACKETED = re.compile(rf"[(\[{{<«【]\s*(?:do\s+)?(?P<mark>{MARK})\s*[)\]}}>»】]")
_HEAD = re.compile(
    r"(?:cong hoa|doc lap|dang cong san|uy ban|ubnd|hdnd|hoi dong|so\b|bo\b|cong an|cuc\b|chi cuc|tong cuc|tinh uy|huyen uy|thanh uy"
    r"|dang uy|ban\b|van phong|phong\b|truong\b|bo chi huy|trung tam|quan khu|bao cao|ke hoach|quyet dinh|to trinh|thong bao|chi thi"
    r"|cong van|cong dien|bien ban|chinh phu|quoc hoi|toa an|vien\b|thu tuong|phuong an|phu luc|de an|nghi quyet|huong dan"
    r"|dien mat|kinh gui|v/v|ve viec|ban so|thanh hoa|ngay\b|tp\b|ha noi|hoa toc|khan\b|thuong khan)"
)
_HEAD_ENDS = re.compile(
    r"(?:hanh phuc|viet nam|/[a-z0-9\-]{2,30}|(?:so|so:)\s*[\d.…/]{0,12}|nam \d{4}|thanh hoa|\*{2,}|-{3,}|={3,}|hoa toc|khan)\W*$"
)
_NUMBER = re.compile(r"^\W*(?:so\s*:|so\s+\d|\d{1,5}/)")
_SUBJECT = re.compile(r"^\W*(?:v/v|ve viec|trich yeu|subject|chu de|tieu de|tieude|re|fw|fwd)\s*[:.]?\s*")
_OTHERS = re.compile(r"^\W*(?:can cu|theo|tham chieu|kem theo|xet|thuc hien|nhu)\b")
_SELF = re.compile(
    r"(?:day la|(?:tai lieu|van ban|bao cao|ho so|cong van|ke hoach|thong tin|noi dung|tep|file)\s+(?:nay|duoi day|kem theo)"
    r"\s+(?:la|thuoc|co|mang|duoc))\s(?P<mid>(?:[^\W_]+[\s,:\"“]+){0,6}?)"
    rf"[\"“(]?(?P<mark>{MARK})(?![a-z])"
)
_DENIED = re.compile(r"\b(?:khong|chua|neu|hoac|truong hop|khi|phai|can|cam|quy dinh|giai thich|vi du|the nao|co phai|hay khong|ve)\b|\?")
_ANY = re.compile(rf"(?<![a-z]){MARK}(?![a-z])")
_COLUMNS = re.compile(r"\t|\s{3,}|[|¦│║]|\s{2,}(?=[A-ZĐÀ-Ỹ])")


def within(shown: str) -> Shape | None:
    """The mark a longer line bears; None when there is none or only talk of one."""
    low = folded(shown).replace("_", " ").replace('"', " ").replace("'", " ")
    if not _ANY.search(low):
        return _column(shown)
    if len(_degrees(shown, low)) > 1:  # "Tuyệt mật, Tối mật, Mật": an explanation, or a choice; a ticked box decides
        ticked = _marks(_TICKED, shown, low)
        return next(ticked, None) if "do" in low or "muc" in low or "☐" in low or "[ ]" in low else None
    for rule in (_labelled, _bracketed, _letterheaded, _says_of_itself):
        found = rule(shown, low)
        if found:
            return found
    return _column(shown)


def names_several(shown: str) -> bool:
    return len(_degrees(shown, folded(shown).replace("_", " "))) > 1


def _degrees(shown: str, low: str) -> set[Degree]:
    """The degrees a line names, each as a word of its own."""
    named = set()
    for found in _ANY.finditer(low):
        mark = _letters(shown[found.start() : found.end()])
        if accents_fit(mark) and not _is_half(low, found.start(), found.end(), folded(mark)):
            named.add(degree_of(folded(mark)))
    return named


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _is_half(low: str, start: int, end: int, letters: str) -> bool:
    """A part of another word: "bí mật", "mật khẩu"; of TỐI MẬT and TUYỆT MẬT only what follows can make it so."""
    before, after = re.search(r"([a-z]+)\W{0,3}$", low[:start]), re.match(r"[ \-]([a-z]+)", low[end:])
    if after and after[1] in NOT_AFTER and not _TYPE.match(low[end:]):
        return True
    return letters == "mat" and before is not None and before[1] in NOT_BEFORE


def _marks(rule: re.Pattern[str], shown: str, low: str) -> Iterator[Shape]:
    for found in rule.finditer(low):
        mark = _letters(shown[found.start("mark") : found.end("mark")])
        if accents_fit(mark):
            yield Shape(degree_of(folded(mark)), case_of(mark), not mark.isascii(), told=True)


def _labelled(shown: str, low: str) -> Shape | None:
    for found in _LABEL.finditer(low):
        after = re.match(r"\s([a-z]+)", found["rest"])
        if found["box"] in ("☐", "□", "○", "◯", "[ ]", "[]") or (after and after[1] in NOT_AFTER):
            continue
        mark = _letters(shown[found.start("mark") : found.end("mark")])
        if accents_fit(mark) and len(found["rest"].split()) <= 14:
            return Shape(degree_of(folded(mark)), case_of(mark), not mark.isascii(), told=True)
    return None


def _bracketed(shown: str, low: str) -> Shape | None:
    """In brackets before or behind a heading, a number or a subject."""
    if _OTHERS.match(low):
        return None
    for found in _BRACKETED.finditer(low):
        mark = _letters(shown[found.start("mark") : found.end("mark")])
        if not accents_fit(mark) or case_of(mark) == "lower":
            continue
        before, after = shown[: found.start()], shown[found.end() :]
        heading = _NUMBER.match(low) or _SUBJECT.match(low) or (len(shown) < 200 and _is_heading(before + after))
        if not _letters(_SUBJECT.sub("", folded(before))) or (heading and not _letters(after)):
            return Shape(degree_of(folded(mark)), case_of(mark), not mark.isascii(), told=True)
    return None


def _is_heading(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    first = folded(text.strip())
    return bool(letters) and (
        sum(c.isupper() for c in letters) > 0.8 * len(letters) or bool(_HEAD.match(first) and not text.rstrip().endswith("."))
    )


def _letterheaded(shown: str, low: str) -> Shape | None:
    """In capitals where only the words of a letterhead stand on either side, or first on the line with a rule behind it."""
    for found in _ANY.finditer(low):
        mark = _letters(shown[found.start() : found.end()])
        before, after = shown[: found.start()], shown[found.end() :]
        if not mark.isupper() or not accents_fit(mark) or _is_half(low, found.start(), found.end(), folded(mark)):
            continue
        left, right = _left(before), _right(after)
        if left == "start" and re.match(r"\s+[^\W\d_a-z][a-zà-ỹ]", after):
            right = "head"  # a stamp and the paper's first words, run together
        if left and right and not (left == "start" and right == "end"):
            return Shape(degree_of(folded(mark)), "upper", not mark.isascii(), told=True)
    return None


def _left(before: str) -> str:
    low = folded(before)
    if not _letters(_SUBJECT.sub("", low)):
        return "start"
    if _HEAD_ENDS.search(low):
        return "head"
    letters = [c for c in before if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) > 0.9 * len(letters)
    last = re.findall(r"[a-z]+", low)
    return "head" if capitals and _HEAD.match(low.strip()) and last and last[-1] not in NOT_BEFORE and not _TALKS.search(low) else ""


_TALKS = re.compile(r"bi mat|tai lieu|van ban|quan ly|bao ve|danh muc|quy dinh|soan thao|luu tru|huong dan|quy che|bao mat|an toan")


def _right(after: str) -> str:
    low = folded(after)
    if not _letters(low):
        return "end"
    if _HEAD.match(low.strip(" \t-–—:|.,/()[]*_\"'")):
        return "head"
    if re.match(r"\W*(?:so\s*[:.\d]|ban\s+(?:so|sao)|\d{1,4}/|copy)", low):
        return "head"
    return (
        "head"
        if re.match(r"\s*(?:[-–—:|/]|\]|\*)\s*\S", after) and not _DENIED.search(low) and after.strip(" -–—:|/*")[:1].isupper()
        else ""
    )


def _says_of_itself(shown: str, low: str) -> Shape | None:
    found = _SELF.search(low)
    if not found or _DENIED.search(low[: found.start("mark")]) or low.rstrip().endswith("?"):
        return None
    start, end = found.start("mark"), found.end("mark")
    mark = _letters(shown[start:end])
    if not accents_fit(mark) or _is_half(low, start, end, folded(mark)):
        return None
    plain = found["mid"].split()
    named = bool(plain) and plain[-1] in ("do", "loai", "dau") and case_of(mark) == "title"
    if mark.isupper() or degree_of(folded(mark)) != "MẬT" or named:
        return Shape(degree_of(folded(mark)), case_of(mark), not mark.isascii(), told=True)
    return None


def _column(shown: str) -> Shape | None:
    """A column of the line holds nothing but the mark: in capitals, letter by letter, or beside columns that a letterhead has."""
    parts = [part for part in _COLUMNS.split(shown) if part.strip()]
    if len(parts) < 2:
        return None
    letterhead = any(_HEAD.match(folded(part).strip()) for part in parts)
    shapes = [
        found for part in parts if (found := shape(part)) and not found.listed and (found.case == "upper" or found.told or letterhead)
    ]
    return shapes[0]._replace(told=True) if len({found.degree for found in shapes}) == 1 else None
