"""Generated pages are current: LAW.md says what law/ says, GLOSSARY.md what the vocabulary says; no clause stands there empty-handed."""

from pathlib import Path

from luytre.core.law import home, load
from luytre.core.law.docs import law_page
from luytre.verbs.glossary import page

DOCS = Path(__file__).parents[2] / "docs"
LAW = load(home())


def test_law_page_is_current() -> None:
    assert (DOCS / "LAW.md").read_text() == law_page(LAW, home()), "run: python -m luytre.core.law.docs > docs/LAW.md"


def test_glossary_is_current() -> None:
    assert (DOCS / "GLOSSARY.md").read_text() == page(), "run: python -m luytre.verbs.glossary > docs/GLOSSARY.md"


def test_every_clause_on_the_page_leads_to_a_duty_or_a_reason() -> None:
    rows = [line for line in (DOCS / "LAW.md").read_text().splitlines() if line.startswith("| ") and "/desk/duties/file/" in line]
    assert len(rows) == len(LAW.duties)
    for row in rows:
        _, _, duty, verbs, screen, test = (cell.strip() for cell in row.removesuffix("|").split("|")[1:])
        assert duty.startswith("**"), row
        assert verbs.startswith("`"), row
        assert screen.startswith("`/desk/"), row
        assert ".yaml" in test, row


def test_the_page_of_roles_is_current() -> None:
    from luytre.register.roles_page import page as roles

    assert (DOCS / "ROLES.md").read_text() == roles(), "run: uv run python -m luytre.register.roles_page > docs/ROLES.md"
