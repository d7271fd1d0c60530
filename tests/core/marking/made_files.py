"""Files made in memory, each with given words at one place where words may stand: the corpus of files, readable as code."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage

import typst
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from luytre.core.paper import fonts

BODY = "Đơn vị báo cáo kết quả bảo đảm an toàn thông tin: đã thay đổi mật khẩu, vá lỗ hổng bảo mật, giữ bí mật kinh doanh. " * 3
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def docx(words: str, place: str) -> bytes:
    document = Document()
    if place == "first line":
        document.add_paragraph(words)
    document.add_paragraph(BODY)
    section = document.sections[0]
    if place == "header":
        section.header.paragraphs[0].text = words
    elif place == "footer":
        section.footer.paragraphs[0].text = words
    elif place == "table":
        document.add_table(2, 2).cell(0, 1).text = words
    elif place == "runs":
        paragraph = document.add_paragraph()
        for letter in words:
            paragraph.add_run(letter).bold = True
    elif place == "property":
        document.core_properties.subject = words
    elif place == "watermark":
        picture = f'<w:r {_W}><w:pict><v:shape id="w"><v:textpath string="{words}"/></v:shape></w:pict></w:r>'
        section.header.paragraphs[0]._p.append(parse_xml(picture))
    elif place == "text box":
        inner = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
        box = f"<w:r {_W}><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"
        document.paragraphs[0]._p.append(parse_xml(box))
    made = _saved(document.save)
    extra = {"footnote": "word/footnotes.xml", "comment": "word/comments.xml"}
    if place in extra:
        note = f"<w:notes {_W}><w:note><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:note></w:notes>"
        made = _with(made, extra[place], note.encode())
    return made


def _with(package: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(package)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(words: str, place: str) -> bytes:
    def save(buffer: io.BytesIO) -> None:
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet(words.replace(":", " -")[:31] if place == "sheet name" else "Danh sách")
        for row, line in enumerate(["TT", "Tên hệ thống", "Mật khẩu quản trị đã đổi", "Mật độ sử dụng"]):
            sheet.write(row, 0, line)
        if place == "cell":
            sheet.write(1, 5, words)
        elif place == "formula":
            sheet.write_formula(1, 5, '="x"', None, words)
        elif place == "header":
            sheet.set_header(f'&L&"Arial,Bold"{words}&CDanh sách')
        elif place == "comment":
            sheet.write_comment("C3", words)
        elif place == "text box":
            sheet.insert_textbox("D4", words)
        elif place == "property":
            book.set_properties({"title": words})
        book.close()

    return _saved(save)


def odt(words: str, place: str) -> bytes:
    def part(text: str) -> bytes:
        return f'<office:d xmlns:office="o" xmlns:text="t" xmlns:dc="d">{text}</office:d>'.encode()

    def save(buffer: io.BytesIO) -> None:
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            body = f"<text:p>{BODY}</text:p>"
            archive.writestr("content.xml", part((f"<text:h>{words}</text:h>" if place == "first line" else "") + body))
            archive.writestr("styles.xml", part(f"<text:header><text:p>{words}</text:p></text:header>" if place == "header" else ""))
            archive.writestr("meta.xml", part(f"<dc:title>{words}</dc:title>" if place == "property" else "<dc:title>Báo cáo</dc:title>"))

    return _saved(save)


def pptx(words: str, place: str) -> bytes:
    title = words if place == "slide" else "Báo cáo"
    slide = "".join(f"<a:p><a:r><a:t>{said}</a:t></a:r></a:p>" for said in (title, BODY))
    slide = f'<p:sld xmlns:p="p" xmlns:a="a">{slide}</p:sld>'
    notes = f'<p:notes xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{words if place == "notes" else "x"}</a:t></a:r></a:p></p:notes>'
    return zipped(
        {"[Content_Types].xml": b"<Types/>", "ppt/slides/slide1.xml": slide.encode(), "ppt/notesSlides/notesSlide1.xml": notes.encode()}
    )


def pdf(words: str, place: str) -> bytes:
    source = '#set text(font: "Tinos")\n#let w = sys.inputs.w\n'
    source += {
        "first line": "#par(w)\n",
        "header": "#set page(header: w)\n",
        "watermark": "#set page(background: rotate(-45deg, text(size: 60pt, fill: luma(220), w)))\n",
        "second page": "#sys.inputs.body\n#pagebreak()\n#par(w)\n",
    }.get(place, "")
    source += "#sys.inputs.body\n"
    made: bytes = typst.compile(
        source.encode(), font_paths=[str(fonts.home())], ignore_system_fonts=True, sys_inputs={"w": words, "body": BODY}
    )
    if place == "property":
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
        writer.add_metadata({"/Subject": words})
        made = _saved(writer.write)
    if place == "attachment":
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
        writer.add_attachment("kem.txt", f"{words}\nBáo cáo".encode())
        made = _saved(writer.write)
    return made


def rtf(words: str, place: str) -> bytes:
    def coded(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)

    header = f"{{\\header\\pard {coded(words)}\\par}}" if place == "header" else ""
    first = f"\\pard\\b {coded(words)}\\b0\\par\n" if place == "first line" else ""
    fonttbl = "{\\fonttbl{\\f0 Times New Roman;}}{\\*\\generator TOI MAT;}"
    return f"{{\\rtf1\\ansi\\ansicpg1258{fonttbl}{header}{first}{coded(BODY)}\\par}}".encode()


def mail(words: str, place: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "mot@example.vn", "hai@example.vn"
    message["Subject"] = words if place == "subject" else "Báo cáo tháng 10"
    message.set_content(f"{words if place == 'body' else 'Kính gửi'}\n\n{BODY}")
    if place == "html":
        message.add_alternative(f"<html><body><p><b>{words}</b></p><p>{BODY}</p></body></html>", subtype="html")
    if place == "attachment":
        message.add_attachment(docx(words, "header"), maintype="application", subtype="octet-stream", filename="kem.docx")
    if place == "attachment name":
        message.add_attachment(b"abc", maintype="text", subtype="plain", filename=f"{words}.txt")
    return message.as_bytes()


def picture(words: str, place: str) -> bytes:
    image = Image.new("RGB", (40, 30), "white")
    if place == "png text":
        info = PngInfo()
        info.add_itxt("Description", words)
        return _saved(lambda buffer: image.save(buffer, "PNG", pnginfo=info))
    if place == "png squeezed":
        info = PngInfo()
        info.add_itxt("Comment", words, zip=True)
        return _saved(lambda buffer: image.save(buffer, "PNG", pnginfo=info))
    if place == "exif":
        exif = Image.Exif()
        exif[0x010E] = words.encode()
        return _saved(lambda buffer: image.save(buffer, "JPEG", exif=exif))
    if place == "exif windows":
        exif = Image.Exif()
        exif[0x9C9B] = words.encode("utf-16-le") + b"\0\0"
        return _saved(lambda buffer: image.save(buffer, "JPEG", exif=exif))
    if place == "comment":
        return _saved(lambda buffer: image.save(buffer, "JPEG", comment=words.encode()))
    if place == "xmp":
        said = f"<rdf:Description><dc:title><rdf:li>{words}</rdf:li></dc:title></rdf:Description>"
        packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{said}</x:xmpmeta>'
        return _saved(lambda buffer: image.save(buffer, "JPEG", xmp=packet.encode()))
    return _saved(lambda buffer: image.save(buffer, "PNG"))


def zipped(files: dict[str, bytes]) -> bytes:
    def save(buffer: io.BytesIO) -> None:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)

    return _saved(save)


def tarred(files: dict[str, bytes]) -> bytes:
    def save(buffer: io.BytesIO) -> None:
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            for name, content in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))

    return _saved(save)


def old_word(words: str) -> bytes:
    """The shape of a .doc: the head of a compound file and the text in two-byte letters."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + f"{words}\r{BODY}\r".encode("utf-16-le") + b"\0" * 512


def scanned_pdf() -> bytes:
    return _saved(lambda buffer: Image.new("RGB", (300, 400), "white").save(buffer, "PDF"))


def bomb() -> bytes:
    """A zip of 300 MB of zeros."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    block, size = b"\0" * 1_000_000, 300
    data = b"".join(compressor.compress(block) for _ in range(size)) + compressor.flush()
    crc = 0
    for _ in range(size):
        crc = zlib.crc32(block, crc)
    name, total = b"a.txt", size * 1_000_000
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(data), total, len(name), 0) + name
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(data), total, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local) + len(data), 0)
    return local + data + central + end


PLACES: dict[str, tuple[Callable[[str, str], bytes], tuple[str, ...]]] = {
    "docx": (docx, ("first line", "header", "footer", "table", "runs", "property", "watermark", "text box", "footnote", "comment")),
    "xlsx": (xlsx, ("cell", "formula", "sheet name", "header", "comment", "text box", "property")),
    "odt": (odt, ("first line", "header", "property")),
    "pptx": (pptx, ("slide", "notes")),
    "pdf": (pdf, ("first line", "header", "watermark", "second page", "property", "attachment")),
    "rtf": (rtf, ("first line", "header")),
    "eml": (mail, ("subject", "body", "html", "attachment", "attachment name")),
    "jpg": (picture, ("png text", "png squeezed", "exif", "exif windows", "comment", "xmp")),
}
