"""The corpus that is made: official papers with a mark in many a dress and place, and papers that only speak of secrets."""

import random
import textwrap
import unicodedata
from collections.abc import Iterator

DEGREES = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
_CYRILLIC = str.maketrans("MTAOIYmtaoiy", "МТАОІУмтаоіу")


def plain(text: str) -> str:
    """As typed by one who has no Vietnamese keyboard."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def _spaced(mark: str, between: str) -> str:
    return (between * 3 if between == " " else f"{between} ").join(between.join(word) for word in mark.split())


def _alike(mark: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", mark).translate(_CYRILLIC))


DRESSES = {
    "as the stamp": lambda m: m,
    "title": lambda m: m.capitalize(),
    "lower": str.lower,
    "no diacritics": plain,
    "lower, no diacritics": lambda m: plain(m).lower(),
    "spaced": lambda m: _spaced(m, " "),
    "spaced, no diacritics": lambda m: plain(_spaced(m, " ")),
    "spaced, lower": lambda m: _spaced(m, " ").lower(),
    "points": lambda m: _spaced(m, "."),
    "strokes": lambda m: _spaced(m, "-"),
    "decomposed": lambda m: unicodedata.normalize("NFD", m),
    "zero width": lambda m: "\u200b".join(m),
    "other script": _alike,
    "full width": lambda m: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in m),
    "brackets": lambda m: f"[{m}]",
    "parentheses": lambda m: f"({m.capitalize()})",
    "stars": lambda m: f"*** {m} ***",
    "rules": lambda m: f"--- {m} ---",
    "box": lambda m: f"│  {m}  │",
    "copy": lambda m: f"{m} - Bản số: 02",
    "label": lambda m: f"Độ mật: {m.capitalize()}",
    "label in capitals": lambda m: f"ĐỘ MẬT: {m}",
    "long label": lambda m: f"Mức độ mật: {m}",
    "label, no diacritics": lambda m: plain(f"Do mat: {m}"),
    "paper": lambda m: f"TÀI LIỆU {m}",
    "stamped": lambda m: f"ĐÓNG DẤU {m}",
    "urgent": lambda m: f"{m} - HỎA TỐC",
}

HEADS = (
    ["UBND TỈNH MINH HỌA", "SỞ VÍ DỤ", "Số: {n}/BC-SVD", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BÁO CÁO"],
    ["CÔNG AN TỈNH MINH HỌA", "Số: {n}/KH-CAT-PA05", "Minh Họa, ngày 05 tháng 11 năm 2026", "KẾ HOẠCH", "Ứng cứu sự cố năm 2026"],
    ["ỦY BAN NHÂN DÂN", "XÃ VÍ DỤ", "Số: {n}/UBND-VP", "V/v cung cấp số liệu", "Kính gửi: Sở Ví dụ"],
)
BODY = [
    "Thực hiện chỉ đạo của cấp trên, đơn vị báo cáo kết quả công tác bảo đảm an toàn thông tin mạng như sau.",
    "1. Tình hình chung",
    "Các hệ thống thông tin hoạt động ổn định, đã rà quét lỗ hổng bảo mật 02 lần trong năm và thay đổi mật khẩu quản trị.",
    "2. Kết quả thực hiện",
    "Đã tổ chức tập huấn cho 45 lượt cán bộ, bố trí kinh phí và phân công đầu mối theo dõi.",
    "Trên đây là báo cáo của đơn vị, kính đề nghị tổng hợp.",
    "GIÁM ĐỐC",
]


def secret() -> Iterator[tuple[str, str]]:
    """(how it was made, text): every degree in every dress in every place, a third of the papers without diacritics or decomposed."""
    rng = random.Random(20221103)
    for degree in DEGREES:
        for name, dress in DRESSES.items():
            for place in ("alone", "top", "in the head", "end", "columns"):
                made = _placed(dress(degree), place, rng)
                if made:
                    yield f"{degree}, {name}, {place}", made


def _placed(mark: str, place: str, rng: random.Random) -> str | None:
    if place == "alone":
        return mark
    head = [line.format(n=rng.randint(1, 400)) for line in rng.choice(HEADS)]
    body = rng.sample(BODY[:-1], 4) + BODY[-1:]
    if plain(mark) == mark and rng.random() < 0.7:
        head, body = [plain(line) for line in head], [plain(line) for line in body]
    if place == "columns":
        if mark == mark.lower() or mark.istitle() or "(" in mark:
            return None
        head[0] = f"{head[0]}      {mark}      {head.pop(1)}"
    lines = {"top": [mark, *head, *body], "in the head": [*head[:2], mark, *head[2:], *body], "end": [*head, *body, mark]}
    text = ("\r\n" if rng.random() < 0.2 else "\n").join(lines.get(place, [*head, *body]))
    return unicodedata.normalize("NFD", text) if rng.random() < 0.15 else text


PROSE = [
    "Bí mật nhà nước được phân loại thành ba độ mật gồm: Tuyệt mật, Tối mật và Mật.",
    "Người soạn thảo đề xuất độ mật, người ký văn bản quyết định và cho đóng dấu chỉ độ mật.",
    "Không soạn thảo, lưu giữ tài liệu có dấu TUYỆT MẬT, TỐI MẬT, MẬT trên máy tính có kết nối mạng.",
    "Văn bản mật được đăng ký vào sổ riêng, gửi hai lớp phong bì và giao tận tay người nhận.",
    "Thường xuyên thay đổi mật khẩu, không chia sẻ mật khẩu cho người khác.",
    "Doanh nghiệp có trách nhiệm giữ bí mật kinh doanh của khách hàng.",
    "Tăng cường bảo mật cho trang thông tin điện tử và các bộ phận trọng yếu, cơ mật.",
    "Mật độ dân số của xã là 512 người/km2, nghề chính là nuôi ong lấy mật.",
    "Tài liệu độ Tối mật phải được lưu trong két sắt; tài liệu độ Mật được lưu trong tủ có khóa.",
    "Cán bộ cơ yếu sử dụng sản phẩm mật mã do Ban Cơ yếu cấp để chuyển điện mật.",
    "Trường hợp văn bản có độ Mật thì không gửi qua hệ thống này mà gửi qua đường cơ yếu.",
    "Việc giải mật, giảm mật, tăng mật thực hiện theo quy định của Luật Bảo vệ bí mật nhà nước.",
    "Phong bì đựng tài liệu tối mật đóng chữ B, tài liệu mật đóng chữ C.",
    "Hai bên giữ mối liên hệ mật thiết, phối hợp chặt chẽ trong ứng cứu sự cố.",
    "Hồ sơ đề xuất cấp độ không chứa nội dung thuộc phạm vi bí mật nhà nước.",
    "Lỗ hổng bảo mật nghiêm trọng cho phép kẻ tấn công lấy cắp mật khẩu của người dùng.",
    "Khi phát hiện tài liệu mật bị lộ, mất phải báo ngay người đứng đầu cơ quan.",
    "Thời hạn bảo vệ: 30 năm đối với bí mật độ Tuyệt mật, 20 năm đối với độ Tối mật, 10 năm đối với độ Mật.",
    "Danh mục bí mật nhà nước độ Tối mật do Thủ tướng Chính phủ ban hành.",
    "Mẫu dấu “MẬT” hình chữ nhật, có đường viền xung quanh, dùng mực đỏ.",
    "Nghiêm cấm chụp ảnh, sao chép tài liệu đóng dấu TỐI MẬT khi chưa được phép.",
    "Đồng chí phụ trách công tác văn thư, bảo mật có mặt đông đủ, không vắng mặt.",
    "Bên nhận cam kết bảo mật thông tin; thỏa thuận bảo mật có hiệu lực 05 năm.",
    "Hợp tác xã thu mua mật ong, mật mía của bà con trong thôn.",
]
TITLES = [
    "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC", "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", "HƯỚNG DẪN QUẢN LÝ VĂN BẢN MẬT", "CHÍNH SÁCH BẢO MẬT", "BẢO MẬT",
    "BÍ MẬT", "MẬT KHẨU", "ĐẶT LẠI MẬT KHẨU", "MẬT ĐỘ DÂN SỐ", "MẬT MÃ DÂN SỰ", "CAM KẾT BẢO MẬT THÔNG TIN", "Bảo mật", "Mật khẩu",
    "Mật ong", "Độ mật", "ĐỘ MẬT", "Độ mật: Không", "Độ mật: Thường", "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT", "Giải mật",
    "Bí mật kinh doanh", "Điện mật", "Văn thư, bảo mật", "Độ mật: ☐ Mật ☐ Tối mật ☐ Tuyệt mật", "Mức độ bảo mật: Cao", "MẶT BẰNG",
    "MẶT TRẬN TỔ QUỐC VIỆT NAM", "Chương II: TÀI LIỆU MẬT, TỐI MẬT, TUYỆT MẬT", "1. Tuyệt mật\n2. Tối mật\n3. Mật",
    "a) Tuyệt mật;\nb) Tối mật;\nc) Mật.", "- Mật\n- Tối mật\n- Tuyệt mật", "Tuyệt mật | 30 năm\nTối mật | 20 năm\nMật | 10 năm",
]  # fmt: skip


def clean() -> Iterator[tuple[str, str]]:
    """Papers and notes that speak of secrets: sentences, headings, lists; as written, without diacritics, in lower case, cut into lines."""
    rng = random.Random(20221103)
    for number, said in enumerate([*PROSE, *TITLES]):
        yield f"{number}, alone", said
        yield f"{number}, no diacritics", plain(said)
        yield f"{number}, lower", said.lower()
        yield f"{number}, decomposed", unicodedata.normalize("NFD", said)
        for width in (30, 45, 70):
            if said in PROSE:
                yield f"{number}, lines of {width}", textwrap.fill(" ".join([*rng.sample(PROSE, 3), said, *rng.sample(PROSE, 2)]), width)
        head = [line.format(n=rng.randint(1, 400)) for line in rng.choice(HEADS)]
        paper = [*head, *rng.sample(BODY, 3), said, *rng.sample(PROSE, 3)]
        yield f"{number}, in a paper", "\n".join(paper)
        yield f"{number}, in a paper without diacritics", plain("\n".join(paper))
        yield f"{number}, on top of a paper", "\n".join([said, *head, *BODY])
