"""Bodies offered for choosing: those that exist on a day, by name, and whole types of them."""

from datetime import date

from django.utils.translation import gettext as _

from luytre.register.models import Organisation, OrganisationExists, OrganisationKind, OrganisationType
from luytre.register.queries import last_known

GROUPS = ("department", "commune", "unit", "enterprise")
ALONE = ("team", "coordinator")


def body_choices(on: date) -> list[tuple[str, str, str]]:
    """(ref, name, type) of every body that exists on a day and may be written to, in Vietnamese order."""
    alive = {of for of, row in last_known(OrganisationExists.objects.all(), on).items() if row.value}
    kinds = {of: row.value for of, row in last_known(OrganisationKind.objects.all(), on).items()}
    bodies = Organisation.objects.filter(pk__in=alive).order_by("sorting")
    return [(body.ref, body.name, kinds[body.pk]) for body in bodies if kinds.get(body.pk) in (*GROUPS, *ALONE)]


def group_choices() -> list[tuple[str, str]]:
    words = dict(OrganisationType.choices)
    return [(group, _("Tất cả: %(type)s") % {"type": words[group]}) for group in GROUPS]
