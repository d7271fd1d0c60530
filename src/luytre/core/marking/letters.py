"""One form for every way of writing a mark: NFC, no hidden letters, look-alikes as Latin, the old encodings of Vietnamese, fancy letters.

A line becomes two strings of equal length: as written (`shown`), and folded (`low`: lower case, no marks, đ as d).
"""

import re
import unicodedata
from functools import cache

# Letters of other scripts that look like the Latin ones of the three marks and of the words around them.
_ALIKE = {
    "АаᎪΑα": "Aa" "AAa", "ВΒ": "BB", "СсϹ": "CcC", "ЕеΕ": "EeE", "НΗ": "HH", "ІіΙι": "IiIi", "КκΚ": "KkK", "МмΜϺ": "MmMM",
    "ОоΟο": "OoOo", "РрΡ": "PpP", "ЅѕЈј": "SsJj", "ТтΤτ": "TtTt", "УуΥ": "YyY", "ХхΧ": "XxX", "Υυ": "Yu", "ν": "v",
    "ᴍᴀᴛᴏɪᴜʏᴇ": "MATOIUYE", "Ɑɑ": "Aa", "Ꭲ": "T", "Ꮇ": "M",
}  # fmt: skip
_MAP = {ord(odd): plain for odds, plains in _ALIKE.items() for odd, plain in zip(odds, plains, strict=True)}
_MAP |= {start + at: chr(65 + at) for start in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for at in range(26)}  # letters in boxes and circles
_VIETNAMESE = set("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
# Three old ways of typing Vietnamese, as their letters look when nobody translates them: VNI, TCVN3 (.VnTime), VIQR, Telex.
_OLD = re.compile(
    r"(?P<mat>M(?:AÄT|aät|ËT|ët|A\^\.T|A\.\^T|AATJ|AAJT)|m(?:aät|ët|a\^\.t|a\.\^t|aatj|aajt))"
    r"|(?P<toi>T(?:OÁI|oái|èI|èi|O\^'I|OOIS|OOSI)|t(?:oái|èi|o\^'i|ooisj?|oosi))(?=\W{1,4}[Mm])"
    r"|(?P<tuyet>TUY(?:EÄT|ÖT|E\^\.T|EETJ|EEJT)|[Tt]uy(?:eät|öt|e\^\.t|eetj|eejt))(?=\W{1,4}[Mm])"
)
# Vietnamese as machines write it today, nothing hidden among it: most of what comes, and in its one form already.
_ORDINARY = re.compile(r"[\t\n\r\x20-\x7e\u00c0-\u01b0\u1ea0-\u1ef9“”‘’–—…]*")
_NEW = {"mat": "mật", "toi": "tối", "tuyet": "tuyệt"}


def one_form(text: str) -> str:
    """The text as a reader sees it, in NFC and Latin letters; line breaks stay where they are."""
    text = _OLD.sub(_translated, text)
    return text if _ORDINARY.fullmatch(text) else _composed(text)


def _composed(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).translate(_MAP)
    kept = [c for c in letters if _is_seen(c)]
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def _is_seen(letter: str) -> bool:
    """Not a hidden letter (zero width, soft hyphen, direction), not a mark that Vietnamese has no use for (strokes through a word)."""
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me"):
        return letter in _VIETNAMESE
    return kind != "Cf" and not 0x115F <= ord(letter) <= 0x1160 and letter != "\u3164"


def _translated(found: re.Match[str]) -> str:
    new = _NEW[found.lastgroup or "mat"]
    return new.upper() if found[0][:2].isupper() else new


class _Folds(dict[int, str]):
    """Code point → its letter in lower case without marks; each worked out once."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).lower()
        self[code] = "d" if lower == "đ" else unicodedata.normalize("NFD", lower)[0]
        return self[code]


_FOLDS = _Folds()


def folded(shown: str) -> str:
    """Lower case without marks, letter for letter: the result is as long as what comes in."""
    return shown.translate(_FOLDS)
