"""The vocabulary is closed: every verb has its sentence, its paper and the shape of its detail; law names no other."""

from pathlib import Path

import pytest

from luytre.verbs import VOCABULARY, Verb
from luytre.verbs.__main__ import listing

ROOT = Path(__file__).parents[2]

# The verbs the province's work was ordered with; none may vanish or be renamed.
KEPT_TEXT = """plan.submitted
annual_report.submitted monthly_report.issued report.requested report.submitted synthesis.issued register.confirmed
dossier.approved security_plan.deployed assessment.passed hunt.completed scan.completed weakness.found weakness.remediated
response_plan.issued response_plan.updated system.changed exercise.held team.established expert.certified contact.appointed
contact.published layer.deployed monitoring.confirmed infrastructure.reviewed supplier.reviewed accounts.reviewed incident.detected
incident.notified incident.reported incident.restored incident.closed reporting_guide.published advisory.received advisory.resolved
order.issued order.received order.answered cooperation.recorded customers.guided threat.announced customers.warned help.requested
customer.helped device.introduced device.inspected device.repurposed device.sanitised device.repaired breach.found breach.ended check.done
principles.taught head.assigned campaign.held waiver.granted evidence.rejected entry.retracted"""
KEPT = KEPT_TEXT.split()

# The fields of detail that the order of the work names.
DETAIL = {
    "annual_report.submitted": "year",
    "monthly_report.issued": "month",
    "report.submitted": "request",
    "synthesis.issued": "of year",
    "hunt.completed": "weakness",
    "weakness.found": "allows_intrusion weakness",
    "weakness.remediated": "weakness",
    "layer.deployed": "layer provider",
    "customers.warned": "threat",
    "customer.helped": "request",
    "check.done": "duty",
    "waiver.granted": "duty until_on",
}


def test_no_verb_of_the_order_is_missing() -> None:
    assert len(KEPT) == 58
    assert set(KEPT) <= set(VOCABULARY)


@pytest.mark.parametrize(("name", "fields"), DETAIL.items())
def test_detail_has_the_fields_of_the_order(name: str, fields: str) -> None:
    assert set(fields.split()) <= set(VOCABULARY[name].detail)


@pytest.mark.parametrize("verb", VOCABULARY.values(), ids=VOCABULARY.keys())
def test_every_verb_has_its_words(verb: Verb) -> None:
    for words in (verb.says, verb.paper, *(field.label for field in verb.detail.values())):
        assert words["vi"].strip()
        assert words["en"].strip()
        assert words["vi"] != words["en"]
    for says in verb.says.values():
        assert "{by}" in says
        assert "{about}" in says or verb.name == "monthly_report.issued" or verb.name == "synthesis.issued"
    for field in verb.detail.values():
        assert bool(field.choices) == (field.type == "choice")
    assert set(verb.about) <= {"organisation", "system", "person"}
    assert verb.about


def test_each_file_holds_one_noun() -> None:
    for verb in VOCABULARY.values():
        assert (ROOT / "src/luytre/verbs" / f"{verb.noun}.py").read_text().count(f'"{verb.name}"') == 1


def test_the_list_the_law_reads_is_current() -> None:
    assert (ROOT / "law/verbs.yaml").read_text() == listing(), "run: python -m luytre.verbs > law/verbs.yaml"
