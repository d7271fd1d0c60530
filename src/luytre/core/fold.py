"""Vietnamese search and sort keys: fold away diacritics for searching, keep the Vietnamese order of letters and tones for sorting."""

import re
import unicodedata

# Letters in dictionary order (TCVN 6909, Vietnamese alphabet); the five tones rank after the letter: level, grave, hook, tilde, acute, dot.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x100 + position) for position, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {
    ("a", "\u0306"): "ă",
    ("a", "\u0302"): "â",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}


_UNSEEN = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f"}  # turn text round, show nothing


def written(text: str) -> str:
    """Text in one Unicode form (NFC), without control characters and without the marks that make text read in another order."""
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text  # marks of direction are not printable
    kept = unicodedata.normalize("NFC", text)
    return "".join(c for c in kept if c in "\n\t" or (c not in _UNSEEN and unicodedata.category(c) != "Cc"))


class _Marks(dict[int, int | None]):
    """A table for str.translate that drops marks; what a letter is, is asked once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_MARKS = _Marks()
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")  # all that Vietnamese has, and the quickest to drop


def fold(text: str) -> str:
    """Lower-case text without marks, đ as d, runs of blanks as one: "Đông  Sơn" and "dong son" fold alike."""
    lowered = text.lower()
    if not lowered.isascii():
        lowered = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", lowered.replace("đ", "d")))
    if not lowered.isascii():
        lowered = lowered.translate(_MARKS)
    return " ".join(lowered.split())


def sort_key(text: str) -> str:
    """A key whose plain order is the Vietnamese dictionary order: letters first, tones of the whole text only to break ties."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower()):
        if char in _TONES:
            tones[-1:] = [_TONES[char]]
        elif unicodedata.combining(char):
            if letters:
                letters[-1] = _SHAPES.get((letters[-1], char), letters[-1])
        else:
            letters.append(char)
            tones.append("0")
    return "".join(_RANK.get(c, c) for c in letters) + "\x01" + "".join(tones)  # \x01: PostgreSQL text holds no NUL


_WORD = re.compile(r"[^\W_]+")  # letters and digits, as str.isalnum() has them


def tokens(text: str) -> list[str]:
    """The folded words of a text, each once, in the order they come: "Số 12/KH-UBND" → so, 12, kh, ubnd."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))


def spelt(mark: str) -> re.Pattern[str]:
    """How a name, a telephone number or an address may stand in a text: in either case, with its marks or without, its words parted by
    blanks, hyphens or dots, its figures parted or not; never inside a longer word, never with other marks ("Lê Hùng" is not "Lê Hưng").

    Searches text in NFC (see `written`). ValueError for a mark without letters and figures.
    """
    words = re.findall(r"[^\s_.\-]+", unicodedata.normalize("NFC", mark))
    if not any(c.isalnum() for c in mark):
        raise ValueError(f"{mark!r}: nothing to look for")
    has_letters = any(c.isalpha() for c in mark)
    gap = r"[\s_.\-]+" if has_letters else r"[\s_.\-]*"
    spelt_words = ["".join(map(_spelt, word)) if has_letters else gap.join(map(re.escape, word)) for word in words]
    return re.compile(rf"(?<![^\W_]){gap.join(spelt_words)}(?![^\W_])", re.IGNORECASE)


def _spelt(letter: str) -> str:
    bare = fold(letter)
    return f"[{re.escape(letter)}{re.escape(bare)}]" if bare not in ("", letter.lower()) and len(bare) == 1 else re.escape(letter)
