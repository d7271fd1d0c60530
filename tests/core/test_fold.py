"""How a name may be spelt: what an erasure finds in texts, and whose name it leaves alone."""

import pytest

from luytre.core.fold import spelt, written

FOUND = {
    "Lê Thị Măng": [
        "LÊ THỊ MĂNG",
        "bà lê thị măng.",
        "le thi mang",
        "Lê\u00a0Thị\nMăng",
        "don-cua-le_thi_mang.pdf",
        "Lê Thị Ma\u0306ng",
        "LE THI MANG,",
    ],
    "Đỗ An": ["đỗ an", "DO AN", "do-an.docx", "(Đỗ An)"],
    "Mít Tố Nữ": ["MIT TO NU,"],
    "0237 000 321": ["0237000321", "0237.000.321", "gọi 0237-000-321 nhé", "0237 000\n321"],
    "mang@so.example": ["MANG@so.example", "<mang@so.example>", "mailto:mang@so.example"],
}
LEFT = {
    "Lê Thị Măng": ["Lê Thị Mẳng", "Lê Thị Mạng", "Lê Thị Măngg", "Lê Măng", "xLê Thị Măng"],
    "Đỗ An": ["Đỗ Anh", "Đô An", "Độ An", "Đỗ  Tấn An"],
    "0237 000 321": ["02370003210", "10237 000 321", "0237 000 322"],
    "mang@so.example": ["bamang@so.example", "mang@so.examples"],
}


@pytest.mark.parametrize(("mark", "text"), [(mark, text) for mark, texts in FOUND.items() for text in texts])
def test_a_name_is_found_however_it_is_spelt(mark: str, text: str) -> None:
    assert spelt(mark).search(written(text))


@pytest.mark.parametrize(("mark", "text"), [(mark, text) for mark, texts in LEFT.items() for text in texts])
def test_another_name_is_left_alone(mark: str, text: str) -> None:
    assert not spelt(mark).search(written(text))


def test_nothing_is_not_looked_for() -> None:
    with pytest.raises(ValueError, match="nothing to look for"):
        spelt(" .-")
