"""Which letters may stand on a paper: NFC, no hidden direction marks, no control characters, nothing the font cannot draw."""

import re
import unicodedata
from typing import Any, NamedTuple

from luytre.core.refusal import Refusal

_DROPPED = dict.fromkeys(map(ord, "\ufeff\u200b\u00ad\u2060"))  # invisible and harmless: byte mark, soft hyphen, joiners
_TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # make a text read other than it is
_SPACES = re.compile(r"[ \t\u2000-\u200a\u202f\u3000]+")


class Fault(NamedTuple):
    """One thing wrong with a document: where (path of the field) and, in Vietnamese, what and what to do."""

    path: str
    says: str


class PaperRefused(Refusal):
    """A document that cannot become a paper; `faults` names every place, `says` the first few of them."""

    def __init__(self, faults: list[Fault]) -> None:
        shown = "; ".join(f"{fault.path}: {fault.says}" if fault.path else fault.says for fault in faults[:5])
        more = f" (và {len(faults) - 5} lỗi khác)" if len(faults) > 5 else ""
        super().__init__(shown + more, field=faults[0].path or None, status=422)
        self.faults = faults


def clean(value: Any, path: str, faults: list[Fault]) -> Any:
    """The same builtins with every string tidied (NFC, one kind of line break and space); faults are added, nothing is raised."""
    if isinstance(value, str):
        return _clean_text(value, path, faults)
    if isinstance(value, dict):
        return {key: clean(item, f"{path}.{key}" if path else str(key), faults) for key, item in value.items()}
    if isinstance(value, list):
        return [clean(item, f"{path}[{index}]", faults) for index, item in enumerate(value)]
    return value


def _clean_text(text: str, path: str, faults: list[Fault]) -> str:
    if text.isascii() and text.isprintable():  # most cells of a long table
        return _SPACES.sub(" ", text).strip() if "  " in text or text[:1] == " " or text[-1:] == " " else text
    tidy = unicodedata.normalize("NFC", text).translate(_DROPPED).replace("\r\n", "\n").replace("\r", "\n")
    tidy = _SPACES.sub(" ", tidy).strip()
    fault = _first_fault(tidy)
    if fault:
        faults.append(Fault(path, fault))
    return tidy


def _first_fault(text: str) -> str | None:
    if text.isprintable() and all(ord(c) < 0x590 or 0x1E00 <= ord(c) < 0x2000 for c in text):
        return None  # Latin, Greek, Cyrillic, Vietnamese
    for char in text:
        if char in _TURNING:
            return f"có ký tự ẩn đổi chiều chữ (U+{ord(char):04X}); hãy xóa và gõ lại đoạn này"
        if unicodedata.bidirectional(char) in ("R", "AL", "AN"):
            return f"có chữ viết từ phải sang trái “{char}” (U+{ord(char):04X}); văn bản chỉ dùng chữ Việt và chữ La-tinh"
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn"):
            return f"có ký tự điều khiển (U+{ord(char):04X}) không in được; hãy xóa ký tự này"
    return None


def undrawable(value: Any, letters: frozenset[int], path: str, faults: list[Fault]) -> None:
    """Adds a fault for each string that holds a letter outside `letters` (code points of the paper's font)."""
    if isinstance(value, str):
        if not value.isascii():
            missing = next((c for c in value if ord(c) not in letters and c != "\n"), None)
            if missing:
                says = f"phông chữ Tinos không có chữ “{missing}” (U+{ord(missing):04X}); hãy thay bằng chữ khác"
                faults.append(Fault(path, says))
    elif isinstance(value, dict):
        for key, item in value.items():
            undrawable(item, letters, f"{path}.{key}" if path else str(key), faults)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            undrawable(item, letters, f"{path}[{index}]", faults)
