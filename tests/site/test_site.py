"""The site: strangers sign in first, refusals become answers, the browser is kept on a short lead, settings come from the environment."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from luytre.core.refusal import Refusal
from luytre.journal import clock
from luytre.register.models import Account
from luytre.site import env
from luytre.site.middleware import LanguageMiddleware, RefusalMiddleware

# signing in; nothing else answers a stranger
PUBLIC = {
    "tell",
    "told",
    "follow",
    "thread",
    "thread-file",
    "scanned",
    "account_login",
    "account_logout",
    "account_inactive",
    "socialaccount_login_cancelled",
    "openid_connect_login",
    "openid_connect_callback",
    "accept",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "set_language",
    "api-send",
    "api-sent",
    "api-add",
    "api-own",
    "openapi",  # shapes only; every other machine address asks for its key (tests/register/test_keys.py)
    "ics",  # the calendar's address is itself the secret
}


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from patterns(part, before + str(part.pattern))
        else:
            yield before + str(part.pattern), part


def addresses() -> list[tuple[str, str]]:
    return [(str(pattern.name), address) for address, pattern in patterns(get_resolver())]


def test_every_window_but_the_public_ones_asks_who_is_there() -> None:
    required = {
        name
        for address, pattern in patterns(get_resolver())
        if getattr(pattern.callback, "login_required", True)
        for name in [pattern.name]
    }
    open_ = {pattern.name for _, pattern in patterns(get_resolver())} - required
    assert open_ == PUBLIC, f"answers a stranger: {open_ - PUBLIC}"


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for name, address in addresses() if "<" not in address and name not in PUBLIC])
def test_a_stranger_is_led_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(f"/{address}")
    assert answer.status_code in (302, 405)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/dang-nhap/")


@pytest.mark.django_db
def test_sign_in_by_name_in_any_case_and_out_again(client: Client) -> None:
    Account.objects.open("Tre", "mật khẩu rất dài")
    page = client.get("/dang-nhap/")
    assert page.status_code == 200
    answer = client.post("/dang-nhap/", {"username": "tre", "password": "mật khẩu rất dài"})
    assert answer.status_code == 302
    assert client.post("/dang-xuat/").status_code == 302
    assert client.post("/dang-nhap/", {"username": "tre", "password": "sai"}).status_code == 200


@pytest.mark.django_db
def test_headers_keep_the_browser_on_a_short_lead(client: Client) -> None:
    answer = client.get("/dang-nhap/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


def answer_to(fault: Exception, path: str, **headers: str) -> HttpResponse | None:
    middleware = RefusalMiddleware(lambda request: HttpResponse())
    return middleware.process_exception(RequestFactory().get(path, headers=headers), fault)


def test_a_refusal_is_problem_json_for_a_machine() -> None:
    answer = answer_to(Refusal("Chưa được.", field="on", status=409), "/api/x")
    assert answer is not None
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert json.loads(answer.content)["detail"] == "Chưa được."
    asked = answer_to(Refusal("Chưa được."), "/desk/x", accept="application/json")
    assert asked is not None
    assert asked["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_refusal_is_a_page_for_a_person(client: Client) -> None:
    client.force_login(Account.objects.open("khach", "x"))
    answer = client.get("/desk/register/import/")
    assert answer.status_code == 403
    assert "cơ quan đầu mối" in answer.content.decode()


def test_anything_else_is_a_bug_and_stays_one() -> None:
    assert answer_to(ValueError("x"), "/api/x") is None


@pytest.mark.parametrize(("cookie", "spoken"), [(None, "vi"), ("en", "en"), ("vi", "vi"), ("tlh", "vi")])
def test_vietnamese_unless_chosen_otherwise(cookie: str | None, spoken: str) -> None:
    def speaks(request: HttpRequest) -> HttpResponse:
        from django.utils.translation import get_language

        return HttpResponse(get_language())

    request = RequestFactory().get("/", headers={"accept-language": "en-GB,en"})
    if cookie:
        request.COOKIES["django_language"] = cookie
    answer = LanguageMiddleware(speaks)(request)
    assert (answer.content.decode(), answer["Content-Language"]) == (spoken, spoken)


def test_days_and_numbers_as_people_here_write_them() -> None:
    from django.utils import formats, translation

    with translation.override("vi"):
        assert formats.date_format(date(2026, 1, 5)) == "05/01/2026"
        assert (formats.number_format(5823, use_l10n=True), formats.number_format(8.1)) == ("5.823", "8,1")
    with translation.override("en"):
        assert formats.date_format(date(2026, 1, 5)) == "05/01/2026"
        assert formats.number_format(5823) == "5,823"


def test_a_secret_key_is_made_once_and_kept_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUYTRE_SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path / "new")
    assert len(key) > 40
    assert env.secret_key(tmp_path / "new") == key
    assert stat.S_IMODE((tmp_path / "new/secret.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret.key"]


def test_the_database_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUYTRE_DATABASE_URL", raising=False)
    assert env.database(tmp_path)["NAME"] == str(tmp_path / "luytre.sqlite3")
    monkeypatch.setenv("LUYTRE_DATABASE_URL", "postgresql://tre:m%40t@db.example:5433/luytre?sslmode=require")
    found = env.database(tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == ("tre", "m@t", "db.example", "5433", "luytre")
    assert found["OPTIONS"] == {"sslmode": "require"}
    monkeypatch.setenv("LUYTRE_DATABASE_URL", "mysql://x/y")
    with pytest.raises(SystemExit, match="postgresql://"):
        env.database(tmp_path)


def test_today_can_be_set_for_a_demonstration(settings: Any) -> None:
    settings.LUYTRE_TODAY = "2026-11-22"
    assert clock.today() == date(2026, 11, 22)
    assert clock.now().astimezone().date() in (date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23))


def luytre(*args: str, data: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUYTRE_")}
    command = [sys.executable, "-m", "luytre.cli", *args, "--data", str(data)]
    return subprocess.run(command, env=kept, input=stdin, capture_output=True, text=True, check=False, timeout=60)


def test_a_first_installation_at_the_console(tmp_path: Path) -> None:
    data, book = tmp_path / "data", tmp_path / "so.xlsx"
    missing = luytre("journal", "verify", data=data)
    assert (missing.returncode, "luytre migrate" in missing.stderr) == (1, True)
    assert luytre("migrate", data=data).returncode == 0
    assert luytre("register", "template", str(book), data=data).returncode == 0
    assert "đã ghi / added: 0" in luytre("register", "import", str(book), data=data).stdout
    book.write_bytes(b"%PDF-1.7")
    refused = luytre("register", "import", str(book), data=data)
    assert (refused.returncode, "Excel" in refused.stderr) == (2, True)
    assert luytre("register", "import", str(tmp_path / "none.xlsx"), data=data).returncode == 2
    assert luytre("account", "tre", data=data, stdin="1234\n").returncode == 2
    assert luytre("account", "tre", data=data, stdin="măng mọc thành tre\n").returncode == 0
    whole = luytre("journal", "verify", data=data)
    assert (whole.returncode, "anchor 0:" in whole.stdout) == (0, True)
