"""The faults of papers in English, for the command: what stands in each pair of braces is carried over as it is.

Vietnamese is the source; a test reads every fault out of the code and asks for its English here.
"""

import re
from functools import cache

WORDS: dict[str, str] = {
    # rules.py
    "phải có đúng một trong hai: “type” (tên loại văn bản) hoặc “letter_subject” (công văn, V/v …)": (
        "exactly one of “type” (kind of paper) and “letter_subject” (a letter, V/v …) is needed"
    ),
    "văn bản có tên loại phải có trích yếu": "a paper with a type needs a summary",
    "công văn ghi trích yếu ở “letter_subject”": "a letter has its summary in “letter_subject”",
    "ký hiệu “{}” phải viết hoa, các nhóm nối bằng dấu “-”, ví dụ BC-CAT-PA05": (
        "the symbol “{}” must be in capitals, its groups joined by “-”, such as BC-CAT-PA05"
    ),
    "phải viết bằng chữ in hoa": "must be in capitals",
    "tên cơ quan ban hành phải viết bằng chữ in hoa": "the name of the issuing body must be in capitals",
    "năm ban hành không hợp lý": "the year of issue cannot be right",
    "công văn phải có nơi kính gửi": "a letter needs an addressee",
    "căn cứ phải bắt đầu bằng “Căn cứ”, “Theo” hoặc “Xét”": "a legal basis must begin with “Căn cứ”, “Theo” or “Xét”",
    "nơi nhận đang trống; ghi ít nhất dòng “Lưu: VT, …”": "recipients are empty; write at least the line “Lưu: VT, …”",
    "dòng cuối của nơi nhận phải là “Lưu: VT, …”": "the last line of the recipients must be “Lưu: VT, …”",
    "dòng nơi nhận đang trống": "this line of the recipients is empty",
    "dòng kính gửi đang trống": "this line of the addressees is empty",
    "quyền hạn, chức vụ người ký phải viết bằng chữ in hoa": "authority and post of the signer must be in capitals",
    "chỉ văn bản của lực lượng vũ trang mới ghi quân hàm trước họ tên người ký": (
        "only papers of the armed forces have a rank before the signer's name"
    ),
    "có {} ô, bảng có {} cột": "has {} cells, the table has {} columns",
    "các cột rộng {} mm, trang chỉ có {} mm; thu hẹp cột hoặc dùng phụ lục khổ ngang": (
        "the columns are {} mm wide, the page has {} mm; make them narrower or use a landscape annex"
    ),
    "bảng có dòng tổng phải có ít nhất hai dòng": "a table with a total row needs two rows at least",
    "“{}” không phải số nên không cộng được cột “{}”": "“{}” is no number, so the column “{}” cannot be added up",
    "tổng cột “{}” ghi {} nhưng cộng lại không bằng": "the total of the column “{}” says {} but the rows add up to something else",
    "có {} số, biểu đồ có {} nhãn": "has {} numbers, the chart has {} labels",
    "số trong biểu đồ phải từ 0 trở lên": "numbers of a chart must be 0 or more",
    "biểu đồ rộng hơn trang ({} mm)": "the chart is wider than the page ({} mm)",
    "hình rộng hơn trang ({} mm)": "the picture is wider than the page ({} mm)",
    "chỉ nhận ảnh PNG hoặc JPEG": "only PNG or JPEG pictures are taken",
    "ảnh {} × {} điểm; mỗi chiều tối đa {} điểm": "the picture has {} × {} pixels; {} at most a side",
    # letters.py, pdf.py, fonts.py
    "có ký tự ẩn đổi chiều chữ (U+{}); hãy xóa và gõ lại đoạn này": (
        "holds a hidden letter that turns text round (U+{}); delete the passage and type it again"
    ),
    "có chữ viết từ phải sang trái “{}” (U+{}); văn bản chỉ dùng chữ Việt và chữ La-tinh": (
        "holds the right-to-left letter “{}” (U+{}); papers use Vietnamese and Latin letters only"
    ),
    "có ký tự điều khiển (U+{}) không in được; hãy xóa ký tự này": "holds a control character (U+{}) that cannot be printed; delete it",
    "phông chữ Tinos không có chữ “{}” (U+{}); hãy thay bằng chữ khác": "the font Tinos lacks the letter “{}” (U+{}); use another one",
    "không in được chữ “{}”; hãy thay bằng chữ khác": "the letter “{}” cannot be printed; use another one",
    "ảnh bị hỏng, không đọc được; hãy lưu lại ảnh dạng PNG hoặc JPEG": "the picture is broken; save it anew as PNG or JPEG",
    "không thấy phông chữ Tinos ({}) trong {}; hãy cài đặt lại luytre hoặc đặt LUYTRE_FONTS": (
        "the font Tinos ({}) is not in {}; install luytre again or set LUYTRE_FONTS"
    ),
    # reading.py, command.py
    "tệp dữ liệu lớn quá {} MB": "the data file is larger than {} MB",
    "tệp không phải JSON đọc được ({}); hãy kiểm tra lại tệp dữ liệu": "the file is no readable JSON ({}); look at the data file",
    "tệp không phải JSON đọc được ({})": "the file is no readable JSON ({})",
    "dữ liệu lồng nhau quá sâu": "the data are nested too deeply",
    "thiếu trường bắt buộc “{}”": "the required field “{}” is missing",
    "có trường lạ “{}”; hãy bỏ hoặc sửa tên trường": "holds the unknown field “{}”; remove or rename it",
    "dài quá {} ký tự; hãy rút gọn": "longer than {} letters; shorten it",
    "không được để trống": "must not be empty",
    "ảnh lớn quá {} byte; hãy thu nhỏ ảnh": "the picture is larger than {} bytes; make it smaller",
    "không phải ảnh": "is no picture",
    "có quá {} mục; hãy tách ra phụ lục hoặc văn bản khác": "has more than {} items; move some to an annex or another paper",
    "phải có ít nhất {} mục": "needs {} items at least",
    "phải từ {} trở lên": "must be {} or more",
    "phải từ {} trở xuống": "must be {} or less",
    "không nhận giá trị {}; xem các loại khối trong docs/papers.md": (
        "does not take the value {}; docs/papers.md lists the kinds of blocks"
    ),
    "không nhận giá trị {}": "does not take the value {}",
    "không phải một ngày có thật; viết dạng 2026-11-05": "is no real day; write it as 2026-11-05",
    "ảnh không phải mã base64": "the picture is not in base64",
    "phải là {}, nhưng đang là {}": "must be {}, but is {}",
    "không đọc được ({})": "cannot be read ({})",
    "không có mẫu “{}”; các mẫu: {}": "there is no form “{}”; the forms: {}",
    # forms
    "mẫu {} không có trường “{}”": "the form {} has no field “{}”",
    "“{}” là mục bắt buộc, chưa được điền": "“{}” is required and not filled in",
    "“{}”: chọn trong danh sách": "“{}”: choose from the list",
    "“{}”: không có lựa chọn “{}”; các lựa chọn: {}": "“{}”: there is no choice “{}”; the choices: {}",
    "“{}”: chỉ chọn một": "“{}”: choose one only",
    "“{}”: phải là danh sách các dòng": "“{}”: must be a list of rows",
    "“{}”: mẫu có {} dòng, nhận được {}": "“{}”: the form has {} rows, {} were given",
    "không có cột “{}”": "there is no column “{}”",
    "“{}” phải là số nguyên từ 0 trở lên": "“{}” must be a whole number, 0 or more",
    "“{}”: phải là chữ": "“{}”: must be text",
    "“{}”: “{}” không phải số điện thoại": "“{}”: “{}” is no telephone number",
    "“{}”: “{}” không phải địa chỉ thư điện tử": "“{}”: “{}” is no e-mail address",
    "“{}”: phải là số từ 0 trở lên": "“{}”: must be a number, 0 or more",
    "“{}”: “{}” không phải một ngày có thật; viết dạng 2026-11-05": "“{}”: “{}” is no real day; write it as 2026-11-05",
    "“{}”: “{}” không phải giờ; viết dạng 06:40": "“{}”: “{}” is no time of day; write it as 06:40",
    "“{}”: cấp độ từ 1 đến 5": "“{}”: levels are 1 to 5",
    "“{}”: chọn có hoặc không": "“{}”: choose yes or no",
    # word
    "tệp lớn quá {} MB": "the file is larger than {} MB",
    "tệp khi giải nén quá lớn; có thể là tệp tấn công, không mở": "the file unpacks to too much; it may be an attack and is not opened",
    "tệp đặt mật khẩu; hãy lưu lại không mật khẩu": "the file has a password; save it without one",
    "không phải tệp Word (.docx) đọc được; hãy lưu lại dạng .docx từ Word": (
        "is no readable Word file (.docx); save it as .docx from Word"
    ),
    "tệp nén này không phải tài liệu Word (.docx)": "this archive is no Word document (.docx)",
    "tài liệu Word bị hỏng; hãy mở bằng Word và lưu lại": "the Word document is broken; open it in Word and save it anew",
    "có macro; hãy bỏ đi và lưu lại dạng .docx": "holds macros; remove them and save as .docx",
    "có điều khiển ActiveX; hãy bỏ đi và lưu lại dạng .docx": "holds ActiveX controls; remove them and save as .docx",
    "có tệp nhúng (OLE); hãy bỏ đi và lưu lại dạng .docx": "holds embedded files (OLE); remove them and save as .docx",
    "có nội dung chèn từ tệp khác (altChunk); hãy bỏ đi và lưu lại dạng .docx": (
        "holds parts of other files (altChunk); remove them and save as .docx"
    ),
    "có thanh công cụ kèm lệnh; hãy bỏ đi và lưu lại dạng .docx": "holds a toolbar with commands; remove it and save as .docx",
    "tên phần trong tệp không hợp lệ": "the name of a part of the file is not allowed",
    "là tài liệu bật macro; hãy lưu lại dạng .docx": "is a document with macros enabled; save it as .docx",
    "có khai báo DTD; Word không ghi như vậy, tệp có thể là tệp tấn công": "holds a DTD; Word writes none, the file may be an attack",
    "không đọc được; hãy mở bằng Word và lưu lại": "cannot be read; open it in Word and save it anew",
    "có liên kết ra ngoài ({}); mẫu không được gọi tệp hoặc địa chỉ bên ngoài": (
        "holds a link to outside ({}); a template may call no outside file or address"
    ),
    "có trường {} gọi tệp hoặc lệnh bên ngoài; hãy xóa trường này": (
        "holds the field {}, which calls outside files or commands; delete it"
    ),
    "thẻ {{ }} hoặc {% %} viết sai: {}": "a tag {{ }} or {% %} is written wrongly: {}",
    "không có trường “{}”; các trường dùng được: {}": "there is no field “{}”; the fields: {}",
    "không dùng được cú pháp “{}” trong mẫu; chỉ dùng trường, for và if": "“{}” cannot be used in a template; only fields, for and if",
    "{{ {} }} đứng ở hơn một chỗ; phải đứng riêng một đoạn, đúng một lần": (
        "{{ {} }} stands at more than one place; it must be a paragraph of its own, once"
    ),
    "thiếu trường bắt buộc {{ {} }} ({})": "the required field {{ {} }} is missing ({})",
    "{{ {} }} phải đứng riêng một đoạn, ngoài bảng, đúng một lần (đang có {})": (
        "{{ {} }} must be a paragraph of its own, outside tables, once (now {})"
    ),
    "khổ giấy {} × {} mm; Nghị định 30/2020/NĐ-CP quy định khổ A4 (210 × 297 mm)": (
        "the sheet is {} × {} mm; Decree 30/2020/NĐ-CP asks for A4 (210 × 297 mm)"
    ),
    "lề {} {} mm; quy định từ {} đến {} mm": "the {} margin is {} mm; asked are {} to {} mm",
    "thiếu Quốc hiệu “{}”": "the national name “{}” is missing",
    "thiếu Tiêu ngữ “Độc lập - Tự do - Hạnh phúc”": "the motto “Độc lập - Tự do - Hạnh phúc” is missing",
    "không lập được văn bản thử từ mẫu này: {}": "no trial paper could be made from this template: {}",
    "văn bản thử bị mất chữ “{}”": "the trial paper loses the words “{}”",
}
_KINDS = {
    "chữ": "text",
    "số nguyên": "a whole number",
    "số": "a number",
    "true hoặc false": "true or false",
    "một nhóm trường { }": "a group of fields { }",
}
_KINDS |= {
    "một danh sách [ ]": "a list [ ]",
    "ngày dạng 2026-11-05": "a day as 2026-11-05",
    "ảnh mã hóa base64": "a picture in base64",
    "để trống": "empty",
}
_HOLE = re.compile(r"(?<!\{)\{\}(?!\})")


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Longest first: the most exact sentence speaks."""
    known = sorted(WORDS.items(), key=lambda pair: -len(pair[0]))
    return [(re.compile("(.*)".join(map(re.escape, _HOLE.split(said))), re.DOTALL), english) for said, english in known]


def in_english(says: str) -> str:
    """The fault in English; as it came where there is none."""
    for pattern, english in _patterns():
        match = pattern.fullmatch(says)
        if match:
            return _filled(english, [_kind(part) for part in match.groups()])
    return says


def _filled(english: str, parts: list[str]) -> str:
    waiting = iter(parts)
    return _HOLE.sub(lambda _: next(waiting), english)


def _kind(part: str) -> str:
    return " or ".join(_KINDS.get(one, one) for one in part.split(" hoặc ")) if part not in _KINDS else _KINDS[part]
