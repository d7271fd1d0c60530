"""Form 05 of Circular 20/2017: incidents of a half-year or a year by the ten types and how they were handled."""

from typing import Any

from django.conf import settings
from django.utils import translation

from luytre.core.paper import forms as statutory
from luytre.core.paper.model import Paper
from luytre.overview.reports import figures
from luytre.overview.reports.figures.incidents import TYPES_IN_ORDER
from luytre.overview.reports.ground import Ground
from luytre.overview.reports.spans import Span
from luytre.overview.reports.yearly_papers import signer
from luytre.register.models import Organisation

# Of what the form asks the journal does not hold: foreign help, requests to the national body, loss by type: left empty for a person.


def answers(ground: Ground, span: Span, name: str) -> dict[str, Any]:
    rows = []
    for type_ in TYPES_IN_ORDER:
        whole, own, helped = (figures.value(ground, f"incidents.{type_}{part}", span).count for part in ("", ".self", ".helped"))
        rows.append({"count": whole, "own": own, "helped": helped, "foreign": "", "asked": "", "damage": ""})
    return {
        "from_month": f"{span.first:%m/%Y}",
        "to_month": f"{span.last:%m/%Y}",
        "organisation": name,
        "address": "Thanh Hóa",
        "incidents": rows,
    }


def paper(ground: Ground, span: Span, issuer: Organisation) -> Paper:
    """A draft: what the journal knows is filled in."""
    office = statutory.Office(
        issuer=(issuer.name.upper()[:120],),
        place="Thanh Hóa",
        code="CQĐM",
        recipients=("Cơ quan điều phối quốc gia", "Lưu: VT"),
        signers=(signer(issuer, ground.today),),
        addressees=("Cơ quan điều phối quốc gia về ứng cứu sự cố",),
        mark=settings.LUYTRE_MARK,
    )
    with translation.override("vi"):
        return statutory.answer(statutory.load("TT20.05"), answers(ground, span, issuer.name), office, draft=True)
