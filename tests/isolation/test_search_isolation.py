"""The search finds what one may see and nothing else: by name, by number, by person; as a page and as one types."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luytre import journal
from luytre.journal import findables
from luytre.journal.models import Entry, Findable

from .conftest import BODIES, FILED
from .test_isolation import HOME, Papers, body_of

Signed = Callable[..., Client]
WINDOWS = ("/desk/search/", "/desk/search/hits/")
SAID = ("so", "he thong kin", "KIN", "9/KIN", "nguoi giu", "principles quan triet", "bien ban", "tre", "2026", "uy ban")


def typed(client: Client, window: str, words: str, **more: str) -> str:
    answer = client.get(window, {"q": words, **more})
    assert answer.status_code == 200
    return body_of(answer).replace(words, "")


@pytest.mark.parametrize("who", HOME)
def test_nothing_foreign_is_found(who: str, strangers: Papers, signed_in: Signed) -> None:
    client, (own, sees) = signed_in(who), HOME[who]
    foreign = [name for body, (name, _, parent) in BODIES.items() if body not in sees and body not in ("tinh", own, BODIES[own][2])]
    foreign += [f"Hệ thống kín {body}" for body in ("agency", "child", "sibling", "commune") if body not in sees]
    foreign += [f"KIN-{body}" for body in strangers if body not in sees]
    for window in WINDOWS:
        for words in SAID:
            for kind in ("", "org", "system", "person", "entry"):
                text = typed(client, window, words, kind=kind)
                assert [name for name in foreign if name in text] == [], (window, words, kind)


@pytest.mark.parametrize("who", [who for who, (own, sees) in HOME.items() if own in sees])
def test_what_is_ones_own_is_found(who: str, strangers: Papers, signed_in: Signed) -> None:
    client, own = signed_in(who), HOME[who][0]
    for window in WINDOWS:
        assert BODIES[own][0] in typed(client, window, BODIES[own][0].lower()[:-1])
        assert f"9/KIN-{own}" in body_of(client.get(window, {"q": f"kin {own}"}))
        assert f"/desk/duties/evidence/{strangers[own].pk}/" in client.get(window, {"q": f"9/kin-{own}"}).content.decode()


def test_who_looks_at_the_province_finds_everything(strangers: Papers, signed_in: Signed) -> None:
    text = typed(signed_in("coordinator"), "/desk/search/", "he thong kin")
    assert all(f"Hệ thống kín {body}" in text for body in ("agency", "child", "sibling", "commune"))
    assert "Nhiệm vụ" in typed(signed_in("coordinator"), "/desk/search/", "san lung")


def test_a_paper_of_many_names_only_what_one_sees(strangers: Papers, signed_in: Signed) -> None:
    about = ["org:agency", "org:sibling", "org:commune"]
    told = {"number": "33/KH"}
    held = journal.record(by="console", at=FILED, verb="exercise.held", about=about, on=FILED.date(), detail=told, filed=True)
    for window in WINDOWS:
        text = typed(signed_in("commune"), window, "33/kh")
        assert "UBND xã Lồ Ô và 2 nơi khác" in text
        assert "Sở " not in text
        assert f"/evidence/{held.pk}/" not in signed_in("enterprise").get(window, {"q": "33/kh"}).content.decode()


def test_a_note_an_official_wrote_is_not_to_be_found(strangers: Papers, signed_in: Signed) -> None:
    """Free text may be erased by order; so it never enters the index."""
    assert "ghi chu kin" not in " ".join(Findable.objects.values_list("words", flat=True))


def test_junk_is_answered(strangers: Papers, signed_in: Signed) -> None:
    client, before = signed_in("coordinator"), Entry.objects.count()
    for words in ("", "²", "'", '"', "a OR b", "NEAR(", "*", "scopes:", "%", "_", "\\", "a" * 9999, "\u202eabc", "a " * 500, "đ", "'; --"):
        for window in WINDOWS:
            for more in ({}, {"kind": "entry", "page": "9" * 20}, {"kind": "' OR 1"}):
                assert client.get(window, {"q": words, **more}).status_code == 200, (words, more)
    assert Entry.objects.count() == before


def test_an_index_written_anew_finds_the_same(strangers: Papers) -> None:
    from luytre.register import findables as register

    before = {row.thing: (row.words, row.about, row.title) for row in Findable.objects.all()}
    Findable.objects.all().delete()
    assert findables.matching("so", "org", None, 9) == []
    register.refresh()
    findables.rebuild_entries()
    assert {row.thing: (row.words, row.about, row.title) for row in Findable.objects.all()} == before
    assert findables.matching("so truc", "org", None, 9)[0].thing == "org:agency"


@pytest.mark.parametrize("who", HOME)
@pytest.mark.parametrize("book", ["organisations", "systems", "papers", "people"])
def test_a_workbook_of_a_list_holds_only_what_one_sees(who: str, book: str, strangers: Papers, signed_in: Signed) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    client, (own, sees) = signed_in(who), HOME[who]
    answer = client.get(f"/desk/{book}.xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    said = " ".join(str(cell) for row in rows for cell in row)
    foreign = [name for body, (name, _, _parent) in BODIES.items() if body not in sees and body not in ("tinh", BODIES[own][2])]
    foreign += [f"kín {body}" for body in ("agency", "child", "sibling", "commune") if body not in sees]
    foreign += [f"KIN-{body}" for body in strangers if body not in sees]
    assert [name for name in foreign if name in said] == []
    if sees and (book != "systems" or own != "firm"):
        assert len(rows) > 5


def test_a_view_is_its_keepers_alone(strangers: Papers, signed_in: Signed) -> None:
    from luytre.overview.lists.models import SavedView

    first, other = signed_in("coordinator"), signed_in("head")
    kept = {"list": "systems", "name": "Của tôi", "query": "level=3"}
    assert first.post("/desk/views/", kept).status_code == 302
    view = SavedView.objects.get()
    assert "Của tôi" in first.get("/desk/systems/").content.decode()
    assert "Của tôi" not in other.get("/desk/systems/").content.decode()
    assert other.post(f"/desk/views/{view.pk}/dropping/").status_code == 404
    assert SavedView.objects.count() == 1
    assert first.post(f"/desk/views/{view.pk}/dropping/").status_code == 302
    assert SavedView.objects.count() == 0


def test_the_questions_asked_do_not_grow_with_what_is_found(strangers: Papers, signed_in: Signed) -> None:
    client = signed_in("head")

    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            assert client.get("/desk/search/hits/", {"q": "quan triet"}).status_code == 200
        return len(told)

    asked()
    few = asked()
    rows = [
        journal.Row(
            verb="principles.taught",
            by="console",
            at=FILED,
            about=["org:agency"],
            on=FILED.date(),
            detail={"number": f"{n}/BB"},
            filed=True,
        )
        for n in range(40)
    ]
    journal.record_many(rows)
    assert asked() == few
