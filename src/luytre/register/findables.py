"""What of the register can be searched for: bodies and systems by every name they bore, people by name and post."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils.translation import override

from luytre.journal.findables import Found, put
from luytre.register.models import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    OrganisationType,
    Person,
    Post,
    Role,
    System,
    SystemDomain,
    SystemName,
)

MANY = 400  # from here on the whole table is read: shorter than so long a list


def refresh(refs: Collection[str] | None = None) -> int:
    """Write anew what things of the register are found by: those of some refs, or (None) all; returns how many."""
    with override("vi"):  # roles and kinds by their Vietnamese names, whoever writes
        found = [*_organisations(_codes(refs, "org")), *_systems(_codes(refs, "system")), *_people(_codes(refs, "person"))]
    put(found)
    return len(found)


def _codes(refs: Collection[str] | None, kind: str) -> set[str] | None:
    return None if refs is None else {ref.partition(":")[2] for ref in refs if ref.startswith(f"{kind}:")}


def _of(rows: Any, codes: set[str] | None, path: str) -> Any:
    return rows if codes is None or len(codes) > MANY else rows.filter(**{f"{path}__in": codes})


def _texts(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Values of one thing in one text."""
    found: dict[str, str] = {}
    for code, value in pairs:
        found[code] = f"{found[code]} {value}" if code in found else value
    return found


def _organisations(codes: set[str] | None) -> Iterator[Found]:
    if codes is not None and not codes:
        return
    named = _texts(_of(OrganisationName.objects.all(), codes, "of__code").values_list("of__code", "value"))
    kinds = dict(_of(OrganisationKind.objects.order_by("from_on"), codes, "of__code").values_list("of__code", "value"))
    labels = dict(OrganisationType.choices)
    for code, name in _of(Organisation.objects.order_by("code"), codes, "code").values_list("code", "name"):
        if codes is None or code in codes:
            text = f"{code} {named.get(code, '')} {labels.get(kinds.get(code, ''), '')}"
            yield Found(f"org:{code}", "org", name, [f"org:{code}"], text)


def _systems(codes: set[str] | None) -> Iterator[Found]:
    if codes is not None and not codes:
        return
    named, domains = (
        _texts(_of(table._default_manager.all(), codes, "of__code").values_list("of__code", "value"))
        for table in (SystemName, SystemDomain)
    )
    for code, name in _of(System.objects.order_by("code"), codes, "code").values_list("code", "name"):
        if codes is None or code in codes:
            yield Found(f"system:{code}", "system", name, [f"system:{code}"], f"{code} {named.get(code, '')} {domains.get(code, '')}")


def _people(codes: set[str] | None) -> Iterator[Found]:
    """People as called; by the post too, where there is but one, so that nobody learns of posts at bodies he does not see."""
    if codes is not None and not codes:
        return
    posts: dict[str, list[Post]] = {}
    for post in _of(Post.objects.select_related("of", "organisation").order_by("pk"), codes, "of__code"):
        posts.setdefault(post.of.code, []).append(post)
    for person in _of(Person.objects.order_by("code"), codes, "code"):
        if codes is None or person.code in codes:
            yield _person(person, posts.get(person.code, []))


def _person(person: Person, posts: list[Post]) -> Found:
    bodies = {post.organisation.ref: post.organisation.name for post in posts}
    text = " ".join(str(Role(post.role).label) for post in posts)
    if len(bodies) == 1:
        text += " ".join(["", *bodies.values(), *(post.title for post in posts)])
    return Found(person.ref, "person", person.name, list(bodies), f"{person.salutation} {text}")
