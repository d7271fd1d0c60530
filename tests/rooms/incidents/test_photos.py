"""Photos of citizens: where they were taken is gone, the picture is the same picture; the original only where it is asked for."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from luytre.journal import store
from luytre.journal.models import Attachment
from luytre.rooms.incidents.models import Report
from luytre.rooms.incidents.rules.photos import cleaned, may_tell_where

from .test_public import FOLLOW, send, unhurried

__all__ = ["unhurried"]

GPS, ORIENTATION = 0x8825, 0x0112


def picture(kind: str, orientation: int = 6) -> bytes:
    image = Image.effect_noise((64, 48), 80).convert("RGB")
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Máy ảnh của ai đó".encode().decode("latin-1")
    place = exif.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (19.0, 48.0, 0.0), "E", (105.0, 46.0, 0.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **({"lossless": True} if kind == "WEBP" else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_place_is_gone_and_every_pixel_stays(kind: str) -> None:
    before = picture(kind)
    after = cleaned(before)
    one, two = Image.open(io.BytesIO(before)), Image.open(io.BytesIO(after))
    assert dict(one.getexif().get_ifd(GPS))
    assert not dict(two.getexif().get_ifd(GPS))
    assert set(two.getexif()) <= {ORIENTATION}
    assert one.tobytes() == two.tobytes()
    if kind == "JPEG":
        assert two.getexif()[ORIENTATION] == 6
        assert not dict(Image.open(io.BytesIO(cleaned(picture(kind, 1)))).getexif())


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"\x89PNG\r\n\x1a\nx", b"RIFF0000WEBP", b"%PDF-1.7", b"\xff\xd8" * 50]
)
def test_what_is_no_picture_comes_back_as_it_was(content: bytes) -> None:
    assert cleaned(content) == content


def test_damaged_pictures_never_fault() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = picture(kind)
        for cut in range(0, len(whole), max(1, len(whole) // 60)):
            cleaned(whole[:cut])
            cleaned(whole[:cut] + b"\0\xff" + whole[cut:])


def test_an_iphone_picture_is_known_as_one_that_stays() -> None:
    assert may_tell_where(b"\0\0\0\x18ftypheic....")
    assert not may_tell_where(picture("JPEG"))


def test_the_form_cleans_and_the_follow_page_keeps_the_original_where_asked(province: None, unhurried: None) -> None:
    client, photo = Client(), picture("JPEG")
    send(client, attached=SimpleUploadedFile("anh.jpg", photo, "image/jpeg"))
    report = Report.objects.get()
    first = store.read(Attachment.objects.get(entry=report.entry_id).sha256)
    assert (first != photo, dict(Image.open(io.BytesIO(first)).getexif().get_ifd(GPS))) == (True, {})
    for said in ({}, {"whole": "on"}):
        file = SimpleUploadedFile("anh.jpg", photo, "image/jpeg")
        assert client.post(f"{FOLLOW}{report.code}/", {"text": "ảnh đây", "attached": file, **said}).status_code == 302
    kept = [store.read(sha256) for sha256 in Attachment.objects.order_by("pk").values_list("sha256", flat=True)]
    assert kept == [first, first, photo]
