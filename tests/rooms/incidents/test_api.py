"""The door for machines: a report sent once, added to, asked after; one's own incidents only; bad input refused with its place."""

import base64
import json
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from luytre.journal import clock
from luytre.journal.models import Attachment, Entry
from luytre.register import keys
from luytre.register.models import Organisation
from luytre.rooms.incidents import actions
from luytre.rooms.incidents.models import Report
from luytre.rooms.incidents.queries import scope

from .test_case import opened, person

REPORTS = "/api/v1/incident-reports/"
Call = Callable[..., Any]


@pytest.fixture
def machine(province: None) -> Callable[..., Call]:
    cache.clear()

    def of(body: str = "so-y-te", *scopes: str, per_minute: int = 600) -> Call:
        until = clock.today() + timedelta(days=30)
        said = {"purpose": "SIEM", "scopes": scopes or ("incidents.report",), "until_on": until, "per_minute": per_minute}
        token = keys.issue(by="console", at=clock.now(), organisation=Organisation.objects.get(code=body), **said).token  # type: ignore[arg-type]

        def call(path: str, body: Any = None) -> Any:
            client, header = Client(), {"authorization": f"Bearer {token}"}
            if body is None:
                return client.get(path, headers=header)
            content = body if isinstance(body, bytes | str) else json.dumps(body)
            return client.post(path, content, content_type="application/json", headers=header)

        return call

    return of


def test_a_report_is_received_once_and_followed(machine: Callable[..., Call]) -> None:
    call = machine()
    file = {"name": "nhat-ky.log", "media_type": "text/plain", "content": base64.b64encode(b"203.0.113.9").decode()}
    said = {"text": "Máy trạm gọi ra 203.0.113.9", "reference": "alert-1", "kind": "malware", "files": [file]}
    first, again = call(REPORTS, said), call(REPORTS, said)
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert (first.json()["is_new"], again.json()["is_new"]) == (True, False)
    assert (first.json()["code"], first.json()["words"]) == (again.json()["code"], again.json()["words"])
    held = Report.objects.get()
    assert (held.channel, held.hint) == ("api", "org:so-y-te")
    assert Attachment.objects.get(entry=held.entry_id).size == 11
    assert Entry.objects.get(pk=held.entry_id).by.startswith("key:")
    page = f"{REPORTS}{held.code}/"
    assert call(page).json()["state"] == "new"
    actions.answer(by=person("truc"), at=clock.now(), report=held, text="Đã nhận, đang cách ly máy")
    assert call(page).json()["answers"] == ["Đã nhận, đang cách ly máy"]
    assert call(f"{page}additions/", {"text": "Thêm một máy"}).status_code == 201
    assert machine("so-y-te")(page).status_code == 404  # another key of the very same body
    assert machine()(f"{REPORTS}ZZZZ-ZZZZ/").content == machine()(page).content  # foreign and absent alike


def test_only_ones_own_incidents_are_read_and_the_reading_is_told(machine: Callable[..., Call]) -> None:
    own, foreign = opened(), opened(body="org:doi", system="", title="Của đội")
    answer = machine("so-y-te", "incidents.read")("/api/v1/incidents/")
    assert [one["code"] for one in answer.json()["incidents"]] == [own.code]
    assert foreign.code not in answer.content.decode()
    assert answer.json()["incidents"][0]["rsit"].count(":") == 1
    assert Entry.objects.filter(verb="incident.read").count() == 1
    assert machine("so-y-te", "incidents.report")("/api/v1/incidents/").status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 422),
        ("[" * 100_000, 422),
        ('{"text": 5, "reference": "a"}', 422),
        ('{"text": "a"}', 422),
        ('{"text": "a", "reference": "a", "khac": 1}', 422),
        ('{"text": "a", "reference": "a", "kind": "virus"}', 422),
        ('{"text": "a", "reference": "a", "files": [{"name": "a", "content": "%%%"}]}', 422),
        (b'{"text": "\xff", "reference": "a"}', 422),
        (json.dumps({"text": "x" * 5001, "reference": "a"}), 422),
        (json.dumps({"text": "a" * 10 * 1024 * 1024, "reference": "a"}), 422),  # 10 MB of text
        (json.dumps({"text": "a", "reference": "b", "where": "c" * 13 * 1024 * 1024}), 413),
    ],
    ids=range(11),
)
def test_bad_json_is_refused_with_its_place_and_nothing_is_written(machine: Callable[..., Call], body: Any, status: int) -> None:
    answer = machine()(REPORTS, body)
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert not Report.objects.exists()


def test_ten_megabytes_of_files_in_json_are_taken(machine: Callable[..., Call]) -> None:
    content = base64.b64encode(bytes(range(256)) * 4096 * 7).decode()  # 7 MiB, 9.3 MB as JSON
    answer = machine()(REPORTS, {"text": "ảnh máy", "reference": "to", "files": [{"name": "may.bin", "content": content}]})
    assert answer.status_code == 201, answer.content[:300]
    assert Attachment.objects.get().size == 7 * 1024 * 1024


def test_bidi_and_homoglyph_names_are_kept_plain(machine: Callable[..., Call]) -> None:
    name, text = "hoa\u202egpj.exe", "gооgle.com giả (chữ о Kirin), \u2066ẩn\u2069 " + unicodedata.normalize("NFD", "Quảng Xương")
    file = {"name": name, "content": base64.b64encode(b"MZ").decode()}
    assert machine()(REPORTS, {"text": text, "reference": "r", "files": [file]}).status_code == 201
    kept = scope.text_of(Report.objects.get().entry, "text") + Attachment.objects.get().name
    assert not any(unicodedata.bidirectional(letter) in ("RLO", "LRO", "RLE", "LRE", "PDF", "LRI", "RLI", "FSI", "PDI") for letter in kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert "Quảng Xương" in kept


def test_state_secrets_are_refused(machine: Callable[..., Call]) -> None:
    answer = machine()(REPORTS, {"text": "TUYỆT MẬT\nKế hoạch", "reference": "m"})
    assert answer.status_code in (409, 422)
    assert not Report.objects.exists()


def test_a_clock_that_jumps_back_loses_nothing(machine: Callable[..., Call], settings: Any) -> None:
    call = machine()
    assert call(REPORTS, {"text": "trước", "reference": "1"}).status_code == 201
    settings.LUYTRE_TODAY = f"{clock.today() - timedelta(days=1):%Y-%m-%d}"
    assert call(REPORTS, {"text": "sau", "reference": "2"}).status_code == 201
    assert Report.objects.count() == 2
    assert actions.remind(at=clock.now()) == 0
