"""Roles and vocabulary close on one another: every verb a role names exists, and every verb has someone who may write it."""

from luytre.register.access import ROLES, SEES_ALL, STRANGERS
from luytre.register.people import Role
from luytre.verbs import VOCABULARY


def granted() -> set[str]:
    return {verb for rights in ROLES.values() for right in rights for verb in right.verbs} | {
        v for verbs in STRANGERS.values() for v in verbs
    }


def test_every_verb_a_role_names_exists() -> None:
    assert granted() - set(VOCABULARY) == set()


def test_every_verb_has_a_role() -> None:
    assert set(VOCABULARY) - granted() == set()


def test_every_role_is_described() -> None:
    assert set(ROLES) == set(Role)
    assert set(Role) >= SEES_ALL


def test_only_the_head_confirms_and_only_the_coordinator_side_judges_evidence() -> None:
    confirm = {role for role, rights in ROLES.items() if any("register.confirmed" in right.verbs for right in rights)}
    assert confirm == {Role.HEAD}
    reject = {role for role, rights in ROLES.items() if any("evidence.rejected" in right.verbs for right in rights)}
    assert reject == {Role.COORDINATOR, Role.CHAIR}
