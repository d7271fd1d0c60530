"""Headers on every answer, cookies bound to this host, limits per person, a log that keeps secrets and lines apart."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luytre.register.models import Account
from luytre.site import limits
from luytre.site.logs import Lines, masked

pytestmark = pytest.mark.django_db
PASSWORD = "mật khẩu sai mà bí mật 7391"


@pytest.mark.parametrize("path", ["/dang-nhap/", "/static/luytre/mark.svg", "/khong-co/", "/desk/board/"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy


def test_hsts_for_a_year_and_below(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31536000, True
    assert client.get("/dang-nhap/", secure=True)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get("/dang-nhap/").headers


def test_signing_out_clears_the_browser(client: Client) -> None:
    client.force_login(Account.objects.open("tre", "x"))
    assert client.post("/dang-xuat/")["Clear-Site-Data"] == '"cache", "storage"'


def test_no_page_of_a_person_is_kept(client: Client) -> None:
    client.force_login(Account.objects.open("tre", "x"))
    assert "no-store" in client.get("/tai-khoan/", follow=True)["Cache-Control"]


def test_cookies_of_an_installation_with_https(tmp_path: Path) -> None:
    asked = "import django; django.setup(); from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_SAMESITE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_DOMAIN)"  # noqa: E501
    more = {"LUYTRE_HTTPS": "1", "LUYTRE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "luytre.site.settings"}
    said = subprocess.run([sys.executable, "-c", asked], env={**os.environ, **more}, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["__Host-luytre", "__Host-csrf", "True", "True", "Lax", "True", "True", "None"]


def test_one_person_writes_so_much_and_no_more(client: Client, settings: Any) -> None:
    settings.LUYTRE_WRITES = 3
    cache.clear()
    client.force_login(Account.objects.open("tre", "x"))
    answers = [client.post("/ngon-ngu/", {"language": "vi"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]
    assert answers[-1]["Retry-After"] == "300"
    other = Client()
    other.force_login(Account.objects.open("nua", "x"))
    assert other.post("/ngon-ngu/", {"language": "vi"}).status_code == 302


def test_one_person_exports_so_much_and_no_more(client: Client, settings: Any) -> None:
    settings.LUYTRE_EXPORTS = 1
    cache.clear()
    client.force_login(Account.objects.open("tre", "x"))
    assert [client.get(reverse("register:export")).status_code == 429 for _ in range(3)] == [False, True, True]


def test_no_limit_is_none() -> None:
    assert not any(limits.is_over("write", 1, 0, 60) for _ in range(50))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything logged at any level, as the installation writes it."""
    kept, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(kept), root.level
    handler.setFormatter(Lines())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(handler)
    root.setLevel(before)


def test_no_secret_is_logged(client: Client, log: io.StringIO) -> None:
    """A wrong password, a right one, an upload, a secret address; then the log is read."""
    account = Account.objects.open("tre", "đúng là mật khẩu này 5526")
    client.post("/dang-nhap/", {"username": "tre", "password": PASSWORD})
    client.post("/dang-nhap/", {"username": "tre", "password": "đúng là mật khẩu này 5526"})
    client.force_login(account)
    session = client.cookies["luytre"].value
    client.post("/desk/register/import/", {"file": SimpleUploadedFile("so.xlsx", b"noi dung rieng 4417", "application/octet-stream")})
    secret = "Zx81mQp0Lk93Rt55Vb27Nc64"
    client.get(f"/khong-co/{secret}/")
    said = log.getvalue()
    assert said, "nothing was logged at all: this test shows nothing"
    assert "/khong-co/Zx81" in said
    for word in (PASSWORD, "5526", "7391", session, "4417", secret, account.password):
        assert word not in said


def test_nobody_writes_lines_into_the_log(client: Client, log: io.StringIO) -> None:
    client.get("/khong-co/a%0d%0a%7b%22level%22%3a%22CRITICAL%22%7d%1b[31m")
    logging.getLogger("thu").warning("%s", 'x\r\n{"level": "CRITICAL"}\u2028\x1b[2J')
    lines = log.getvalue().splitlines()
    assert len(lines) >= 2
    for line in lines:
        assert json.loads(line)["level"] != "CRITICAL"
        assert line.isprintable()


def test_words_are_not_taken_for_secrets() -> None:
    assert (
        masked("/desk/organisations/so-y-te/ luytre.rooms.duties.projection")
        == "/desk/organisations/so-y-te/ luytre.rooms.duties.projection"
    )
    assert masked("GET /lich/Ab3dEf6hIj9lMn2pQr5t.ics") == "GET /lich/Ab3d….ics"
