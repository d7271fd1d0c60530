"""Questions to the saved views: those of a person, nobody else's."""

from django.db.models import QuerySet

from luytre.core.fold import sort_key
from luytre.overview.lists.models import SavedView
from luytre.register.models import Person


def of_person(person: Person | None, key: str) -> list[SavedView]:
    """By the Vietnamese order of names."""
    if person is None:
        return []
    return sorted(SavedView.objects.filter(person=person, list=key), key=lambda view: sort_key(view.name))


def mine(person: Person | None) -> QuerySet[SavedView]:
    return SavedView.objects.filter(person=person) if person else SavedView.objects.none()
