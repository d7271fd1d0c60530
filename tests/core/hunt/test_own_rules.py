"""Every rule of ours fires on the line it gives for that, and not on the other; it speaks Vietnamese and English."""

from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from luytre.core.hunt.load import load
from luytre.core.hunt.ruleset import RuleSet
from luytre.core.hunt.run import Hunt

RULES = Path(__file__).parents[3] / "rules"
FILES = sorted(RULES.rglob("*.yml"))
DOCUMENTS = [(path.relative_to(RULES).as_posix(), yaml.safe_load(path.read_text(encoding="utf-8"))) for path in FILES]


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load(RULES)


def found(rules: RuleSet, path: Path) -> tuple[set[str], Any]:
    lines: list[bytes] = []
    outcome = Hunt(rules, [str(path)], workers=1, found=lambda line, _: lines.append(line)).run()
    return {orjson.loads(line)["rule_id"] for line in lines}, outcome


def test_there_are_at_least_forty_and_all_compile(rules: RuleSet) -> None:
    assert sum("examples" in document for _, document in DOCUMENTS) >= 40
    assert rules.problems == []
    assert len({document["id"] for _, document in DOCUMENTS}) == len(DOCUMENTS)


@pytest.mark.parametrize(("name", "document"), DOCUMENTS, ids=[name for name, _ in DOCUMENTS])
def test_words(name: str, document: dict[str, Any]) -> None:
    for key in ("title", "title_vi", "description_vi", "advice_vi", "author", "level"):
        assert document.get(key), f"{name}: {key}"
    assert "examples" in document or document.get("name"), f"{name}: no example, and nothing can build upon it"


@pytest.mark.parametrize(
    ("name", "document"), [(n, d) for n, d in DOCUMENTS if "examples" in d], ids=[n for n, d in DOCUMENTS if "examples" in d]
)
def test_fires_and_stays_quiet(name: str, document: dict[str, Any], rules: RuleSet, tmp_path: Path) -> None:
    for what, expected in (("fires", True), ("quiet", False)):
        log = tmp_path / f"{what}.log"
        log.write_text(document["examples"][what], encoding="utf-8")
        ids, outcome = found(rules, log)
        assert not outcome.is_damaged, [one.faults for one in outcome.looked]
        assert outcome.events > 0, f"{name}: the {what} example is no log any reader of ours takes"
        assert (document["id"] in ids) is expected, f"{name}: {what}"
