"""What goes to other machines: OSCAL that two readers accept, Form 05, public figures that no spreadsheet takes for a formula."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client

from luytre.overview.asked import end_of
from luytre.overview.reports import form05, outgoing, sources
from luytre.register.models import Account
from luytre.rooms.duties import projection
from luytre.site.world import LAST_DAY
from luytre.ui.statuses import DONE, OUTSIDE

pytestmark = pytest.mark.usefixtures("world_db")
BODY = "so-y-te"


@pytest.fixture(autouse=True)
def fresh_memory(world_db: Path) -> None:
    projection.forget()


def client(who: str) -> Client:
    signed_in = Client()
    signed_in.force_login(Account.objects.get(username=who))
    return signed_in


def test_a_bodys_results_hold_every_duty_it_owes_with_its_evidence_and_are_the_same_asked_again() -> None:
    answer = client("dau-moi").get(f"/desk/reports/oscal/{BODY}/?on=2026-10-31&known=2026-11-01")
    told = json.loads(answer.content)["assessment-results"]
    [result] = told["results"]
    day, known = date(2026, 10, 31), end_of(date(2026, 11, 1))
    lines = {line.duty.id.lower(): line for line in projection.standings(f"org:{BODY}", day, known, LAST_DAY)}
    owed = {name for name, line in lines.items() if line.cell.status and line.cell.status not in OUTSIDE}
    assert {one["target"]["target-id"] for one in result["findings"]} == owed
    for one in result["findings"]:
        done = lines[one["target"]["target-id"]].cell.status in DONE
        assert (one["target"]["status"]["state"] == "satisfied") == done
    assert sum(len(one.get("relevant-evidence", ())) for one in result["observations"]) > 10
    assert client("dau-moi").get(f"/desk/reports/oscal/{BODY}/?on=2026-10-31&known=2026-11-01").content == answer.content


def test_two_readers_of_oscal_accept_the_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By compliance-trestle and by the oscal package, where they are: uv run --with compliance-trestle --with oscal pytest …"""
    monkeypatch.chdir(tmp_path)  # the oscal package lays a large file where it is run
    trestle = pytest.importorskip("trestle.oscal.assessment_results", reason="compliance-trestle is not installed")
    path = tmp_path / "results.json"
    path.write_bytes(client("dau-moi").get(f"/desk/reports/oscal/{BODY}/").content)
    assert trestle.AssessmentResults.oscal_read(path).results[0].findings
    package = pytest.importorskip("oscal", reason="oscal is not installed")
    assert package.AssessmentResults.load(str(path)).is_valid


def test_another_bodys_results_are_not_there() -> None:
    assert client("xa").get(f"/desk/reports/oscal/{BODY}/").status_code == 404
    assert client("dau-moi").get("/desk/reports/oscal/khong-co/").status_code == 404


def test_form_05_holds_the_ten_rows_of_the_period() -> None:
    span = outgoing.span_of("2026-H1")
    assert span is not None
    told = form05.answers(sources.ground_at(None, LAST_DAY), span, "Cơ quan")
    assert len(told["incidents"]) == 10
    from luytre.rooms.incidents.models import Incident

    real = Incident.objects.filter(what="incident", merged_into="", on__gte="2026-01-01", on__lt="2026-07-01")
    assert sum(row["count"] for row in told["incidents"]) == real.count() > 0
    assert client("dau-moi").get("/desk/reports/form-05/2026-H1/docx/").status_code == 200
    assert client("dau-moi").get("/desk/reports/form-05/2026-H3/docx/").status_code == 404
    assert client("xa").get("/desk/reports/form-05/2026-H1/docx/").status_code == 404


def test_public_figures_are_counts_with_their_description() -> None:
    text = client("dau-moi").get("/desk/reports/open/2026-10/csv/").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    report = sources.monthly(LAST_DAY.replace(month=10, day=1), None, LAST_DAY)
    assert {row["ma"]: int(row["tu_so"]) for row in rows}["systems"] == report.value("systems").count
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    described = json.loads(client("dau-moi").get("/desk/reports/open/2026-10/json/").content)
    assert [field["name"] for field in described["resources"][0]["schema"]["fields"]] == list(rows[0])
