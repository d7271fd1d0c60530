"""What nobody can mean: junk, second clicks, stale pages, bodies too large: answered in words, nothing half written."""

from collections.abc import Callable

import pytest
from django.test import Client

from luytre.journal.models import Entry

from .matrix import Cast
from .test_isolation import ADDRESSES, Papers, acts, filled, paper_for

Signed = Callable[..., Client]
DAYS = ("abc", "9999-99-99", "9999-12-31", "0001-01-01", "31/02/2026", "1945-09-02", "2100-01-01", "²", "2026-11-22T25:00", "a" * 10_000)
MOMENTS = (*DAYS, "0001-01-01T00:00", "9999-12-31T23:59:59", "2026-11-22T10:00:00+07:00")
WORDS = ("²", "-1", "9" * 30, "<script>alert(1)</script>", "a" * 10_000, "\u202eabc", "org:")
NAMES = ("page", "q", "type", "sort", "late", "duty", "window", "event", "about", "level", "show")
PAGES = tuple(address for address in ADDRESSES if "import" not in address and "xlsx" not in address)


@pytest.mark.parametrize("who", ["coordinator", "head"])
def test_junk_behind_the_question_mark_is_answered(who: str, strangers: Papers, signed_in: Signed) -> None:
    """Every parameter at once, so that the usual run stays short; one by one below."""
    asked = (
        [{"on": day} for day in DAYS[:4]] + [{"known": moment} for moment in MOMENTS[-3:]] + [dict.fromkeys(NAMES, word) for word in WORDS]
    )
    client, pages = signed_in(who), openable(Cast(strangers))
    before = acts()
    assert fell_over(client, pages, asked) == []
    assert acts() == before


@pytest.mark.slow
@pytest.mark.parametrize("who", ["coordinator", "head"])
def test_junk_behind_each_parameter_is_answered(who: str, strangers: Papers, signed_in: Signed) -> None:
    days = [{"on": day} for day in DAYS] + [{"known": moment} for moment in MOMENTS]
    client, pages = signed_in(who), openable(Cast(strangers))
    before = acts()
    assert fell_over(client, pages, [*days, *({name: word} for name in NAMES for word in WORDS)]) == []
    assert acts() == before


def openable(cast: Cast) -> list[str]:
    return [filled(address, "agency", cast) for address in (*PAGES, "/desk/board/matrix.xlsx")]


def fell_over(client: Client, pages: list[str], asked: list[dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    """Each page and what it was asked where the server fell over instead of answering."""
    return [(page, said) for page in pages for said in asked if client.get(page, said).status_code >= 500]


@pytest.mark.parametrize("address", ["/desk/board/?q=%00", "/desk/organisations/a%00/", "/desk/duties/file/?about=system:%00"])
def test_nul_in_an_address_is_found_nowhere(address: str, strangers: Papers, signed_in: Signed) -> None:
    assert signed_in("coordinator").get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "said", "status"),
    [
        ("on", "31/02/2026", 422),
        ("on", "31/12/9999", 422),
        ("on", "01/01/0001", 422),
        ("number", "x" * 10_000, 422),
        ("proofs", ["D01:hunt.completed"], 422),
        ("proofs", [], 422),
        ("declared", "", 422),
        ("systems", ["system:sys-sibling"], 422),
        ("body", "org:\0", 404),
        ("body", "system:\0", 404),
    ],
)
def test_a_faulty_form_is_told_and_nothing_written(field: str, said: object, status: int, strangers: Papers, signed_in: Signed) -> None:
    before = Entry.objects.count()
    assert signed_in("contact").post("/desk/duties/file/", {**paper_for("agency"), field: said}).status_code == status
    assert Entry.objects.count() == before


def test_what_is_typed_is_kept_in_one_form(strangers: Papers, signed_in: Signed) -> None:
    said = {"number": "\u202e41/Qu\u1ea1\x07t\u0300", "note": "=cmd|' /c calc'!A1"}
    assert signed_in("contact").post("/desk/duties/file/", paper_for("agency", **said)).status_code == 302
    held = Entry.objects.latest("pk")
    assert held.detail["number"] == "41/Quạt\u0300"
    assert (held.aside.text, "note" in held.detail) == ({"note": said["note"]}, False)


def test_a_second_click_writes_nothing(strangers: Papers, signed_in: Signed) -> None:
    client = signed_in("contact")
    first, second = (client.post("/desk/duties/file/", paper_for("agency", note="hai lần")) for _ in range(2))
    assert first["Location"] == second["Location"]
    other = client.post("/desk/duties/file/", paper_for("agency", note="khác"))
    assert other["Location"] != first["Location"], "another note is another paper"
    decision = {"duty": "D01", "about": "org:agency", "number": "7/QĐ", "signed_on": "20/11/2026", "until_on": "31/12/2026"}
    assert [signed_in("chair").post("/desk/duties/waivers/new/", decision).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(verb="waiver.granted").count() == 1
    assert Entry.objects.filter(by="person:contact").count() == 2


def test_the_same_system_twice_is_one(strangers: Papers, signed_in: Signed) -> None:
    said = {"name": "Một cửa điện tử", "phase": "operating", "from_on": "01/10/2026", "level": ""}
    client = signed_in("contact")
    assert [client.post("/desk/mine/systems/", said | {"name": name}).status_code for name in (said["name"], " một cửa  ĐIỆN TỬ ")] == [
        302,
        422,
    ]
    for day in ("31/12/9999", "01/01/0001", "01/01/2090"):
        assert client.post("/desk/mine/systems/", said | {"name": day, "from_on": day}).status_code == 422


def test_a_body_too_large_is_refused_before_it_is_read(settings: object, strangers: Papers, signed_in: Signed) -> None:
    settings.LUYTRE_MAX_UPLOAD = 1024 * 1024  # type: ignore[attr-defined]
    answer = signed_in("contact").post(
        "/desk/duties/file/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(5 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert "lớn hơn 4 MB" in answer.content.decode()


def test_a_stale_form_and_a_wrong_method_are_answered_in_words(strangers: Papers, signed_in: Signed) -> None:
    stale = signed_in("contact", enforce_csrf_checks=True).post("/desk/duties/file/", paper_for("agency"))
    assert (stale.status_code, "tải lại trang" in stale.content.decode()) == (403, True)
    wrong = signed_in("contact").get("/desk/mine/confirm/")
    assert (wrong.status_code, wrong["Allow"], "không mở theo cách đó" in wrong.content.decode()) == (405, "POST", True)
