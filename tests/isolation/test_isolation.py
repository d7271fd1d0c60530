"""Isolation: every address of the site, asked by every role about what is its own, another's, or nothing: foreign and absent look alike."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from luytre.journal.models import Attachment, Entry

from .conftest import BODIES, PEOPLE

Signed = Callable[..., Client]
Papers = dict[str, Entry]
HOME = {  # who sees only what is theirs: own body, and everything they may see
    "head": ("agency", {"agency", "child"}),
    "contact": ("agency", {"agency", "child"}),
    "child-head": ("child", {"child"}),
    "sibling-head": ("sibling", {"sibling"}),
    "commune": ("commune", {"commune"}),
    "enterprise": ("firm", {"firm"}),
}
EVERYWHERE = ("chair", "coordinator", "response", "auditor")
ABSENT = 987654


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from patterns(part, before + str(part.pattern))
        else:
            yield before + str(part.pattern), part


ADDRESSES = [f"/{address}" for address, _ in patterns(get_resolver())]
ABOUT_ONE = [address for address in ADDRESSES if "<" in address]
PLAIN = [address for address in ADDRESSES if "<" not in address]
# Where the thing is named after the question mark, not in the path.
ASKED = ("/desk/duties/file/?about={ref}", "/desk/duties/file/?about={system}", "/desk/duties/D01/model-text.docx?about={ref}")


def filled(address: str, body: str, papers: Papers) -> str:
    """The address about a body (or its system, paper, file); a body nobody knows gives an address of nothing."""
    paper = papers.get(body)
    file = Attachment.objects.get(entry=paper).pk if paper else ABSENT
    code = f"sys-{body}" if "systems/" in address else body
    values = {"duty": "D01", "ref": f"org:{body}", "code": code, "number": paper.pk if paper else ABSENT, "file": file, "answer": ABSENT}
    return re.sub(r"<\w+:(\w+)>", lambda found: str(values[found[1]]), address)


def body_of(answer: HttpResponse) -> str:
    """What is on the page, without what differs from request to request."""
    if answer.streaming:
        return "a file"
    text = answer.content.decode(errors="replace")
    return re.sub(r'(value|href|action)="[^"]*"', "", re.sub(r'name="csrfmiddlewaretoken"[^>]*', "", text))


def test_every_kind_of_address_is_known_to_these_tests() -> None:
    asked = {name for address in ABOUT_ONE for name in re.findall(r"<\w+:(\w+)>", address)}
    assert asked <= {"duty", "ref", "code", "number", "file", "answer"}, "a new kind of address: say here what is own, foreign and absent"
    assert len(ABOUT_ONE) >= 8


@pytest.mark.parametrize("who", HOME)
def test_foreign_and_absent_look_alike(who: str, strangers: Papers, signed_in: Signed) -> None:
    client, sees = signed_in(who), HOME[who][1]
    foreign = [body for body in ("agency", "child", "sibling", "commune", "firm") if body not in sees]
    for address in ABOUT_ONE:
        if address == "/desk/duties/<str:duty>/model-text.docx":
            continue  # names a duty; its body is asked after the question mark
        for method in ("get", "post"):
            nothing = getattr(client, method)(filled(address, "khong-co", strangers), {"reason": "thử"})
            assert nothing.status_code in (404, 405), (address, method)
            for body in foreign:
                answer = getattr(client, method)(filled(address, body, strangers), {"reason": "thử"})
                assert answer.status_code == nothing.status_code, (address, method, body)
                assert body_of(answer) == body_of(nothing), (address, method, body)


@pytest.mark.parametrize("who", HOME)
def test_what_an_address_asks_about_must_be_ones_own(who: str, strangers: Papers, signed_in: Signed) -> None:
    client = signed_in(who)
    for address in ASKED:
        nothing = client.get(address.format(ref="org:khong-co", system="system:khong-co"))
        assert nothing.status_code == 404, address
        for body in {"agency", "child", "sibling", "commune", "firm"} - {HOME[who][0]}:
            answer = client.get(address.format(ref=f"org:{body}", system=f"system:sys-{body}"))
            assert (answer.status_code, body_of(answer)) == (404, body_of(nothing)), (address, body)


@pytest.mark.parametrize("who", HOME)
def test_no_page_names_what_is_foreign(who: str, strangers: Papers, signed_in: Signed) -> None:
    client, (own, sees) = signed_in(who), HOME[who]
    foreign = [name for body, (name, _, parent) in BODIES.items() if body not in sees and body not in ("tinh", BODIES[own][2])]
    foreign += [f"Hệ thống kín {body}" for body in ("agency", "child", "sibling", "commune") if body not in sees]
    foreign += [f"KIN-{body}" for body in strangers if body not in sees]
    answers = {
        address: client.get(address) for address in (*PLAIN, "/desk/organisations/?q=tre", "/desk/systems/?q=kin", "/desk/board/?q=so")
    }
    answers |= {address: client.get(filled(address, own, strangers)) for address in ABOUT_ONE}
    for address, answer in answers.items():
        assert answer.status_code < 500, address
        text = body_of(answer) if "text/html" in answer.headers.get("Content-Type", "") else ""
        assert [name for name in foreign if name in text] == [], address


@pytest.mark.parametrize("who", HOME)
def test_the_matrix_as_a_workbook_holds_only_what_one_sees(who: str, strangers: Papers, signed_in: Signed) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    answer = signed_in(who).get("/desk/board/matrix.xlsx")
    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert {row[1] for row in rows[5:]} == HOME[who][1]


@pytest.mark.parametrize("who", HOME)
def test_the_whole_register_and_the_queue_are_not_for_a_single_body(who: str, strangers: Papers, signed_in: Signed) -> None:
    client = signed_in(who)
    before = Entry.objects.count()
    assert client.get("/desk/register/export.xlsx").status_code == 403
    assert client.get("/desk/register/import/").status_code == 403
    assert client.post("/desk/register/import/").status_code == 403
    assert client.post("/desk/register/import/confirmation/", {"ticket": "x"}).status_code == 403
    assert client.get("/desk/duties/reviews/").status_code == 404
    assert client.post("/desk/duties/reviews/", {"entries": [strangers["agency"].pk], "verdict": "accept"}).status_code == 404
    assert client.post("/desk/duties/waivers/new/", {"duty": "D01", "about": "org:agency"}).status_code == 403
    assert Entry.objects.count() == before


def paper_for(body: str, **more: object) -> dict[str, object]:
    return {"body": f"org:{body}", "proofs": ["D01:principles.taught"], "number": "1/BC", "on": "20/11/2026", "declared": "on", **more}


@pytest.mark.parametrize(("who", "body"), [("head", "agency"), ("contact", "agency"), ("child-head", "child"), ("commune", "commune")])
def test_who_works_there_files_for_the_own_body(who: str, body: str, strangers: Papers, signed_in: Signed) -> None:
    assert signed_in(who).post("/desk/duties/file/", paper_for(body)).status_code == 302
    assert Entry.objects.get(by=f"person:{who}").verb == "principles.taught"


@pytest.mark.parametrize("who", [*HOME, *EVERYWHERE])
def test_nobody_files_for_a_foreign_body(who: str, strangers: Papers, signed_in: Signed) -> None:
    client, before = signed_in(who), Entry.objects.count()
    for body in ("agency", "child", "sibling", "commune", "firm", "khong-co"):
        if body != PEOPLE[who][0]:
            assert client.post("/desk/duties/file/", paper_for(body)).status_code in (403, 404), body
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["contact", "child-head", "sibling-head", "auditor", "chair", "response", "enterprise"])
def test_only_the_coordinator_accepts(who: str, strangers: Papers, signed_in: Signed) -> None:
    before = Entry.objects.count()
    assert signed_in(who).post(f"/desk/duties/evidence/{strangers['agency'].pk}/acceptance/").status_code in (403, 404)
    assert Entry.objects.count() == before


def test_nobody_judges_the_own_evidence_and_twice_is_once(strangers: Papers, signed_in: Signed) -> None:
    mine = Entry.objects.get(pk=strangers["dau-moi"].pk)
    Entry.objects.filter(pk=mine.pk).update(by="person:coordinator")
    address = f"/desk/duties/evidence/{mine.pk}"
    first, second = signed_in("coordinator"), signed_in("second")
    assert mine.pk not in {row.id for row in first.get("/desk/duties/reviews/").context["rows"]}
    assert first.post(f"{address}/acceptance/").status_code == 403
    assert first.post(f"{address}/rejection/", {"reason": "thử"}).status_code == 403
    assert [second.post(f"{address}/acceptance/").status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(verb="evidence.accepted").count() == 1


@pytest.mark.parametrize("verb", ["waiver.granted", "register.imported"])
def test_decisions_are_no_evidence_to_be_turned_back(verb: str, strangers: Papers, signed_in: Signed) -> None:
    from luytre import journal

    from .conftest import FILED

    detail = {"duty": "D01", "number": "1/QĐ", "until_on": "2027-01-01"} if verb == "waiver.granted" else {"rows": 1}
    held = journal.record(by="console", at=FILED, verb=verb, about=["org:agency"], on=FILED.date(), detail=detail)
    client = signed_in("coordinator")
    for noun in ("acceptance", "rejection", "retraction"):
        assert client.post(f"/desk/duties/evidence/{held.pk}/{noun}/", {"reason": "thử"}).status_code == 409
    assert not Entry.objects.filter(retracts=held).exists()


def test_a_paper_of_many_names_only_what_one_sees(strangers: Papers, signed_in: Signed) -> None:
    from luytre import journal

    from .conftest import FILED

    about = ["org:agency", "org:sibling", "org:commune"]
    held = journal.record(by="console", at=FILED, verb="exercise.held", about=about, on=FILED.date(), detail={"number": "3/KH"}, filed=True)
    text = body_of(signed_in("commune").get(f"/desk/duties/evidence/{held.pk}/"))
    assert "UBND xã Lồ Ô và 2 nơi khác" in text
    assert "Sở " not in text
    assert signed_in("commune").post(f"/desk/duties/evidence/{held.pk}/retraction/", {"reason": "thử"}).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_learns_nothing(address: str, strangers: Papers, signed_in: Signed) -> None:
    client = signed_in("")
    for method in ("get", "post"):
        answers = [getattr(client, method)(filled(address, body, strangers)) for body in ("agency", "khong-co")]
        assert len({answer.status_code for answer in answers}) == 1
        for answer in answers:
            assert answer.status_code in (302, 405) or address in ("/dang-nhap/", "/dang-xuat/")
            assert "Trúc Quân Tử" not in body_of(answer)


@pytest.mark.parametrize("who", EVERYWHERE)
def test_who_looks_at_the_province_sees_it(who: str, strangers: Papers, signed_in: Signed) -> None:
    client = signed_in(who)
    for address in ("/desk/organisations/<str:code>/", "/desk/systems/<str:code>/", "/desk/why/<str:duty>/<str:ref>/"):
        assert client.get(filled(address, "agency", strangers)).status_code == 200
        assert client.get(filled(address, "khong-co", strangers)).status_code == 404
