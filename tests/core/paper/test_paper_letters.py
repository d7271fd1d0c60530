"""Every Vietnamese letter, in every face, comes from Tinos and is read back as it was written."""

import io
import itertools
import json
import unicodedata
from pathlib import Path

from paper_pdf import letters_only, needs_poppler, run
from pypdf import PdfReader

from luytre.core.paper import fonts
from luytre.core.paper.pdf import pdf
from luytre.core.paper.reading import from_plain
from luytre.core.paper.word import docx
from luytre.core.paper.word.trial import text_of

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in itertools.product("aăâeêioôơuưy", TONES)] + ["đ"]
ALL = LETTERS + [letter.upper() for letter in LETTERS]


def _paper() -> object:
    plain = json.loads((Path(__file__).parent / "samples" / "form03.json").read_text())
    lower, upper = " ".join(LETTERS), " ".join(letter.upper() for letter in LETTERS)
    cells = [{"head": "Chữ"}, {"head": "Đậm"}]
    plain["blocks"] = [
        {"kind": "paragraph", "text": f"{lower} {upper}"},
        {"kind": "paragraph", "text": f"**{lower} {upper}**"},
        {"kind": "table", "columns": cells, "rows": [[f"{lower} {upper}", f"**{upper} {lower}**"]]},
    ]
    return from_plain(plain | {"bases": [f"Căn cứ {lower} {upper}"]})


def test_there_are_146_letters_and_all_faces_have_them() -> None:
    assert len(set(ALL)) == 146  # 12 vowels × 6 tones and đ, small and capital
    assert all(len(letter) == 1 for letter in ALL)
    assert {ord(letter) for letter in ALL} <= fonts.letters()


@needs_poppler
def test_each_letter_is_read_back_from_the_pdf(tmp_path: Path) -> None:
    out = tmp_path / "letters.pdf"
    out.write_bytes(pdf(_paper()))  # type: ignore[arg-type]
    flow = letters_only(run("pdftotext", "-raw", str(out), "-"))
    assert flow.count("".join(LETTERS)) + flow.count("".join(ALL)) >= 3
    assert all(flow.count(letter) >= 5 for letter in ALL)
    rows = run("pdffonts", str(out)).splitlines()[2:]
    assert len(rows) >= 3
    assert all("+Tinos" in row and " yes yes yes " in row for row in rows)


def test_each_letter_is_in_the_word_file_and_pypdf_agrees() -> None:
    word = text_of(docx(_paper()))  # type: ignore[arg-type]
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(_paper()))).pages)  # type: ignore[arg-type]
    assert all(letter in word and letter in read for letter in ALL)
