"""From rule files to a compiled rule set: pySigma parses and applies the pipelines, what can't run is named with its reason."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule, SigmaExtendedCorrelationCondition, SigmaRuleReference
from sigma.filters import SigmaFilter
from sigma.processing.pipeline import ProcessingPipeline
from sigma.processing.transformations.placeholder import ValueListPlaceholderTransformation
from sigma.rule import SigmaRule

from luytre.core.hunt.logic import Atom, Atoms, Tree, either
from luytre.core.hunt.patterns import Runaway
from luytre.core.hunt.rulefiles import RuleFile, documents
from luytre.core.hunt.ruleset import Correlation, Problem, Rule
from luytre.core.hunt.sigma import NotRun, Unanswered, tree_of
from luytre.core.hunt.values import tester

DEFAULT_PIPELINES = ("sysmon", "windows-logsources")
AUDITED = frozenset({"process_creation", "registry_event", "registry_set", "registry_add"})  # what the audit pipeline reads beside Sysmon
Site = Mapping[str, Sequence[str]]


def chains_of(names: Sequence[str], site: Site) -> list[list[ProcessingPipeline]]:
    """The pipelines by name (or path of a YAML file). Sysmon and Windows auditing are two readings of one rule, hence two chains."""
    if "sysmon" in names and "windows-audit" in names:
        return [_chain([n for n in names if n != "windows-audit"], site), _chain([n for n in names if n != "sysmon"], site)]
    return [_chain(names, site)]


def _chain(names: Sequence[str], site: Site) -> list[ProcessingPipeline]:
    return [*(_placeholders(site)), *(_pipeline(name) for name in names if name != "none")]


def _placeholders(site: Site) -> list[ProcessingPipeline]:
    if not site:
        return []
    from sigma.processing.pipeline import ProcessingItem

    item = ProcessingItem(ValueListPlaceholderTransformation(include=list(site)))
    return [ProcessingPipeline(items=[item], vars={name: list(values) for name, values in site.items()})]


def _pipeline(name: str) -> ProcessingPipeline:
    if name == "sysmon":
        from sigma.pipelines.sysmon import sysmon_pipeline  # type: ignore[attr-defined]  # the package lists no exports

        of_sysmon: ProcessingPipeline = sysmon_pipeline()
        return of_sysmon
    if name in ("windows-logsources", "windows-audit"):
        from sigma.pipelines.windows import (  # type: ignore[attr-defined]  # the package lists no exports
            windows_audit_pipeline,
            windows_logsource_pipeline,
        )

        of_windows: ProcessingPipeline = windows_logsource_pipeline() if name == "windows-logsources" else windows_audit_pipeline()
        return of_windows
    if Path(name).is_file():
        return ProcessingPipeline.from_yaml(Path(name).read_text(encoding="utf-8"))
    raise ValueError(f"Không có pipeline “{name}”; các tên có sẵn: sysmon, windows-logsources, windows-audit, none, hoặc một tệp YAML")


class Compiler:
    """Takes rule files one by one; holds what came of them."""

    def __init__(self, pipelines: Sequence[str] | None = None, site: Site | None = None) -> None:
        self.atoms = Atoms()
        self.rules: list[Rule] = []
        self.correlations: list[Correlation] = []
        self.problems: list[Problem] = []
        self._chosen = pipelines is not None
        self._chains = chains_of(DEFAULT_PIPELINES if pipelines is None else pipelines, site or {})
        self._plain = _chain([], site or {})
        self._filters: list[SigmaFilter] = []
        self._waiting: list[tuple[RuleFile, dict[str, Any]]] = []
        self._generating: set[str] = set()
        self._feeding: set[str] = set()

    def take(self, file: RuleFile) -> None:
        """Parses one file; its plain rules wait until all files are in, since filters may change them."""
        if file.fault:
            self._broken(file, file.fault)
            return
        try:
            found = documents(file.data)
        except ValueError as fault:
            self._broken(file, str(fault))
            return
        if any(isinstance(document, dict) and "action" in document for document in found):
            self._collection(file, found)
            return
        for document in found:
            if not isinstance(document, dict):
                self._broken(file, "không phải một luật Sigma (phải là bảng khóa: giá trị)")
            else:
                self._document(file, document)

    def _document(self, file: RuleFile, document: dict[str, Any]) -> None:
        try:
            if "correlation" in document:
                self._correlation(file, document)
            elif "filter" in document:
                self._filters.append(SigmaFilter.from_dict(document))
            elif "detection" in document or "logsource" in document or "title" in document:
                self._waiting.append((file, document))
            else:
                self._broken(file, "không có mục detection: không phải luật Sigma")
        except Exception as fault:  # pySigma lets other exceptions through on odd shapes
            self._broken(file, _said(fault), document)

    def _collection(self, file: RuleFile, found: list[Any]) -> None:
        """Documents joined by `action: global` and its kin: pySigma merges them."""
        try:
            for rule in SigmaCollection.from_dicts(found, collect_filters=True, resolve_references=False):
                self._document(file, rule.to_dict())
        except Exception as fault:
            self._broken(file, _said(fault))

    def finish(self) -> None:
        """Compiles the waiting rules. Call once, after the last file."""
        for file, document in self._waiting:
            try:
                self._rule(file, document)
            except Exception as fault:
                self._broken(file, _said(fault), document)
        self._waiting = []
        self._settle_correlations()

    def _rule(self, file: RuleFile, document: dict[str, Any]) -> None:
        rule = self._parsed(document)
        readings = self._chains if self._chosen or rule.logsource.product == "windows" else [self._plain]
        if len(readings) > 1 and rule.logsource.category not in AUDITED:
            readings = readings[:1]
        identity = {"file": file.name, "rule_id": str(rule.id or file.name), "title": rule.title}
        try:
            tree = self._tree(rule, document, readings)
            self._check(tree)
        except Unanswered as missing:
            self.problems.append(Problem(code="site", why=f"cần danh sách của cơ quan: {missing.name} (--site)", **identity))
        except NotRun as fault:
            self.problems.append(Problem(code="unsupported", why=str(fault), **identity))
        except Runaway as fault:
            self.problems.append(Problem(code="runaway", why=f"biểu thức chính quy có thể treo máy: {fault}", **identity))
        else:
            self.rules.append(_compiled(rule, tree, file, document))

    def _parsed(self, document: dict[str, Any]) -> SigmaRule:
        rule = SigmaRule.from_dict(document)
        for one in self._filters:
            rule = one.apply_on_rule(rule)  # type: ignore[assignment]
        return rule

    def _tree(self, rule: SigmaRule, document: dict[str, Any], readings: list[list[ProcessingPipeline]]) -> Tree:
        trees = []
        for number, chain in enumerate(readings):
            copy = rule if number == 0 else self._parsed(document)
            try:
                for pipeline in chain:
                    pipeline.apply(copy)
                trees.append(tree_of(copy, self.atoms))
            except (Unanswered, NotRun):
                raise
            except Exception:
                if number == 0:  # the second reading may lack a field (audit); the first stands
                    raise
        return either(trees)

    def _check(self, tree: Tree) -> None:
        """Every expression compiles now, not in the middle of a hunt."""
        from luytre.core.hunt.logic import atoms_of

        for number in atoms_of(tree):
            atom: Atom = self.atoms.list[number]
            if atom.op in ("re", "glob", "cidr"):
                tester(atom)

    def _correlation(self, file: RuleFile, document: dict[str, Any]) -> None:
        rule = SigmaCorrelationRule.from_dict(document)
        kind = str(rule.type).lower().rsplit(".", 1)[-1]
        if kind not in ("event_count", "value_count", "temporal", "temporal_ordered"):
            why = f"kiểu tương quan {kind} chưa chạy được"
            self.problems.append(Problem("unsupported", file.name, why, str(rule.id or file.name), rule.title))
            return
        condition = rule.condition
        if isinstance(condition, SigmaExtendedCorrelationCondition):
            names = list(condition.get_referenced_rules())
        else:
            names = [reference.reference for reference in rule.rules or []]
        (self._generating if rule.generate else self._feeding).update(names)
        fields = () if isinstance(condition, SigmaExtendedCorrelationCondition) else _listed(condition.fieldref)
        self.correlations.append(
            Correlation(
                id=str(rule.id or rule.name or file.name),
                title=rule.title,
                level=str(rule.level or "medium").lower(),
                kind=kind,
                rules=tuple(names),
                seconds=rule.timespan.seconds,
                group_by=tuple(rule.group_by or ()),
                op="gte" if isinstance(condition, SigmaExtendedCorrelationCondition) else condition.op.name.lower(),
                count=len(names) if isinstance(condition, SigmaExtendedCorrelationCondition) else condition.count,
                fields=fields,
                condition=_expression(condition.parsed) if isinstance(condition, SigmaExtendedCorrelationCondition) else None,
                aliases={
                    alias.alias: {reference.reference: field for reference, field in alias.mapping.items()}
                    for alias in rule.aliases.aliases.values()
                },
                attack=attack_of(rule.tags),
                authors=rule.author or "",
                file=file.name,
                name=rule.name or "",
                says=_says(document),
            )
        )

    def _settle_correlations(self) -> None:
        """Rules that only feed a correlation are quiet; a correlation over rules that are not there is named."""
        every: list[Rule | Correlation] = [*self.rules, *self.correlations]
        known = {key for rule in every for key in (rule.id, rule.name) if key}
        for correlation in list(self.correlations):
            missing = [name for name in correlation.rules if name not in known]
            if missing:
                self.correlations.remove(correlation)
                why = f"cần các luật không có hoặc không chạy: {', '.join(missing)}"
                self.problems.append(Problem("unsupported", correlation.file, why, correlation.id, correlation.title))
        named = {name for correlation in self.correlations for name in correlation.rules} - self._generating
        quiet = self._feeding & named
        self.rules = [_quietened(rule) if rule.id in quiet or rule.name in quiet else rule for rule in self.rules]

    def _broken(self, file: RuleFile, why: str, document: dict[str, Any] | None = None) -> None:
        found = document or {}
        self.problems.append(Problem("broken", file.name, why, _word(found.get("id")), _word(found.get("title"))))


def _quietened(rule: Rule) -> Rule:
    from msgspec.structs import replace

    return replace(rule, quiet=True)


def _compiled(rule: SigmaRule, tree: Tree, file: RuleFile, document: dict[str, Any]) -> Rule:
    source = document.get("logsource") or {}
    return Rule(
        id=str(rule.id or rule.name or file.name),
        title=rule.title,
        level=str(rule.level.name if rule.level else "medium").lower(),
        tree=tree,
        attack=attack_of(rule.tags),
        authors=rule.author or "",
        file=file.name,
        name=rule.name or "",
        product=_word(source.get("product")),
        category=_word(source.get("category")),
        service=_word(source.get("service")),
        says=_says(document),
    )


def attack_of(tags: Iterable[Any]) -> tuple[str, ...]:
    """ATT&CK techniques (T1059.001) and tactics (execution) among a rule's tags."""
    found = [str(tag.name) for tag in tags if str(tag.namespace).lower() == "attack"]
    return tuple(name.upper() if name[:1] in "tTsSgG" and name[1:2].isdigit() else name.replace("_", "-").lower() for name in found)


def _says(document: dict[str, Any]) -> dict[str, str]:
    """Our own rules speak Vietnamese: keys title_vi, description_vi, advice_vi, advice."""
    keys = ("title_vi", "description_vi", "advice_vi", "advice")
    return {key: " ".join(str(document[key]).split()) for key in keys if document.get(key)}


def _word(value: Any) -> str | None:
    return None if value is None else str(value)


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _expression(node: Any) -> Any:
    """A correlation's boolean condition as plain lists over rule names."""
    if isinstance(node, SigmaRuleReference):
        return node.reference
    head = {"CorrelationConditionAND": "&", "CorrelationConditionOR": "|", "CorrelationConditionNOT": "!"}[type(node).__name__]
    return [head, *(_expression(part) for part in node.args)]


def _said(fault: BaseException) -> str:
    return " ".join(f"{type(fault).__name__}: {fault}".split())[:300]
