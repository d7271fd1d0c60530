"""Somebody else's tool at the door for machines: nothing its description allows, or does not, makes the server fall over."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from luytre.journal import clock
from luytre.register import actions, keys
from luytre.register.book import Book
from luytre.register.models import Organisation

load_all_checks()
CHECKED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "missing_required_header",
    )
]
# Asked of allowed cases only: in the others the header this test gives stands in the place of one the tool made up, which confuses it.
KEYLESS = CHECKS.get_one("ignored_auth")
USUAL, MANY = 25, 500


@pytest.fixture
def token(db: None) -> str:
    """A key with every scope there is, and all the pace it may have."""
    if connection.vendor == "postgresql":
        pytest.skip("asked on SQLite only: the tool's own WSGI client loses the PostgreSQL connection the test's transaction lives on")
    book = Book()
    book.put("organisation", "so-tre")
    book.add("organisation.name", "so-tre", "Sở Tre", from_on=date(2022, 1, 1), known_at=None)
    actions.load(by="console", at=clock.now(), book=book)
    cache.clear()
    until = clock.today() + timedelta(days=30)
    said: dict[str, Any] = {"purpose": "schemathesis", "scopes": tuple(keys.SCOPES), "until_on": until, "per_minute": 100_000}
    return keys.issue(by="console", at=clock.now(), organisation=Organisation.objects.get(code="so-tre"), **said).token


def operations() -> Iterator[Any]:
    """Each operation of the description as it is served."""
    described = schemathesis.openapi.from_dict(Client().get("/api/openapi.json").json())
    described.app = get_wsgi_application()
    for found in described.get_all_operations():
        if "probe" not in found.ok().path:  # another test's own
            yield found.ok()


def asked(token: str, mode: GenerationMode, examples: int) -> dict[str, int]:
    """How many answers each operation gave; every one is held against the description."""
    return {operation.label: _answers(operation, token, mode, examples) for operation in operations()}


def _answers(operation: Any, token: str, mode: GenerationMode, examples: int) -> int:
    answers = 0

    @settings(max_examples=examples, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        nonlocal answers
        case.headers.update({"Authorization": f"Bearer {token}"})
        answer = case.call()
        case.validate_response(answer, checks=[*CHECKED, KEYLESS] if mode is GenerationMode.POSITIVE else CHECKED)
        answers += 1

    one()
    return answers


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_door_keeps_to_its_description(token: str, mode: GenerationMode) -> None:
    answers = asked(token, mode, USUAL)
    assert answers
    assert all(answers.values()), answers


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_door_keeps_to_its_description_at_length(token: str, mode: GenerationMode) -> None:
    answers = asked(token, mode, MANY)
    assert answers
    assert all(answers.values()), answers


@pytest.mark.parametrize("address", ["/api/v1/khong-co/", "/api/v1/incidents/?after=%00", "/api/%00/"])
def test_an_address_that_is_none_is_told_as_machines_read(address: str, client: Client, db: None) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
