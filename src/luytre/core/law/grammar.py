"""The grammar of rules: conditions, terms, rule kinds, needs and evidence, read from YAML and refused where they say what nobody knows."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from luytre.core.law.model import Evidence, Independent, Needs, Param, Reading, Rule, Scope, Span, VerbWords, Within
from luytre.core.law.reading import At, optional
from luytre.core.when import Period, period

OPS = ("==", "!=", "in", "not_in", ">=", "<=", ">", "<")
# Attributes of the register line that a condition may ask for.
ATTRIBUTES = {
    "type",
    "level",
    "phase",
    "owner",
    "operator",
    "parent",
    "head",
    "name",
    "kind",
    "domains",
    "networks",
    "personal_data",
    "sensitive_data",
    "secret_section",
    "serves",
    "shared",
    "administrative_procedures",
    "nationally_important",
    "website",
    "budget",
}
PHASES = ("planned", "building", "operating", "retired")
TYPES = ("department", "commune", "district", "unit", "enterprise", "coordinator", "team")
RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "once": ((), ("before", "by", "within")),
    "each_period": (("period", "anchor"), ("within",)),
    "each_year": ((), ("before", "by", "opens", "within")),
    "on_event": (("event",), ("when", "within")),
    "before_use": (("gate",), ("when",)),
    "standing": (("review",), ()),
    "prohibited": (("breach", "ended", "check", "review"), ()),
    "should": ((), ()),
}
UNITS = ("day", "month", "hour", "period", "percent", "number")

Verbs = Mapping[str, VerbWords]


class Known(NamedTuple):
    """What a rule may refer to: parameters and readings of its instrument; verbs with the fields of their detail (None = not checked)."""

    params: dict[str, Param]
    readings: dict[str, Reading]
    verbs: Verbs | None

    def verb(self, at: At) -> str:
        name = at.text()
        if self.verbs is not None and name not in self.verbs:
            raise at.fault(f"động từ lạ “{name}” / unknown verb: not in the vocabulary")
        return name

    def param(self, at: At) -> str:
        name = at.text()
        if name not in self.params:
            raise at.fault(f"tham số lạ “{name}” / unknown parameter: not in params of instrument.yaml")
        return name

    def detail(self, at: At, verbs: Collection[str]) -> str:
        name = at.text()
        details = [self.verbs[verb].detail for verb in verbs] if self.verbs is not None else [None]
        if verbs and not any(fields is None or name in fields for fields in details):
            raise at.fault(f"“{name}” không có trong nội dung của {', '.join(verbs)} / unknown field of the detail")
        return name


def scope(at: At, known: Known, verbs: Collection[str] = ()) -> Scope:
    """A condition. With `verbs`, its fields may also be fields of the detail of these verbs."""
    found = at.entries()
    if len(found) == 1 and (op := next(iter(found))) in ("all", "any"):
        return Scope(op, parts=tuple(scope(part, known, verbs) for part in found[op].items()))
    if list(found) == ["not"]:
        return Scope("not", parts=(scope(found["not"], known, verbs),))
    found = at.mapping(required=("field", "op", "value"))
    return Scope(found["op"].choice(OPS), _asked(found["field"], known, verbs), found["value"].value)


def _asked(at: At, known: Known, verbs: Collection[str]) -> str:
    name = at.text()
    bare = name.removeprefix("owner.")
    if bare in ATTRIBUTES:
        return name
    if not verbs:
        raise at.fault(f"trường lạ “{name}” / unknown field: not an attribute of the register")
    return known.detail(at, verbs)


def span(at: At, known: Known) -> Span:
    """A length: P6M, or {param: name}."""
    if at.node.id != "mapping":
        return at.period()
    name = at.mapping(required=("param",))["param"]
    return known.param(name)


def within(at: At | None, known: Known, verbs: Collection[str] = ()) -> Within:
    if at is None or at.is_null:
        return Within()
    found = at.mapping(optional=("hours", "days", "months", "param", "detail", "unit"))
    terms = [key for key in ("hours", "days", "months", "param") if key in found]
    if len(terms) > 1 or not found:
        raise at.fault(
            "ghi đúng một trong hours, days, months, param (có thể thêm detail) / exactly one of these, detail may stand beside it"
        )
    length = None
    if "days" in found:
        length = Period(days=found["days"].whole())
    elif "months" in found:
        length = Period(months=found["months"].whole(1))
    return Within(
        hours=found["hours"].whole() if "hours" in found else None,
        length=length,
        param=known.param(found["param"]) if "param" in found else None,
        detail=known.detail(found["detail"], verbs) if "detail" in found else None,
    )


def rule(at: At, known: Known) -> Rule:
    kind_at = at.entries().get("kind")
    if kind_at is None:
        raise at.fault("thiếu khóa “kind” / missing field")
    kind = kind_at.choice(RULES)
    required, more = RULES[kind]
    found = at.mapping(required=("kind", *required), optional=(*more, "reading"))
    events = _verbs(found["event"], known) if "event" in found else ()
    gate_phase, gates = _gate(found.get("gate"), known)
    edge_at = _edge(found)
    edge = None if edge_at is None else edge_at.month_day() if kind == "each_year" else edge_at.day()
    return Rule(
        kind=kind,
        edge=edge,
        edge_excluded="before" in found,
        within=within(found.get("within"), known, events) if "within" in found or kind in ("on_event",) else None,
        span=span(found[_span_key(kind)], known) if _span_key(kind) in found else None,
        anchor=found["anchor"].day() if "anchor" in found else None,
        opens=found["opens"].month_day() if "opens" in found else (1, 1),
        events=events or gates,
        when=scope(found["when"], known, events or gates) if optional(found, "when") else None,
        gate_phase=gate_phase,
        breach=known.verb(found["breach"]) if "breach" in found else "",
        ended=known.verb(found["ended"]) if "ended" in found else "",
        check=known.verb(found["check"]) if "check" in found else "",
        readings=_readings(found.get("reading"), known),
    )


def _span_key(kind: str) -> str:
    return "period" if kind == "each_period" else "review"


def _edge(found: dict[str, At]) -> At | None:
    given = [key for key in ("before", "by", "within") if optional(found, key)]
    if "before" in given and "by" in given:
        raise found["by"].fault("chỉ ghi before hoặc by / before or by, not both")
    return next((found[key] for key in ("before", "by") if key in given), None)


def _gate(at: At | None, known: Known) -> tuple[str | None, tuple[str, ...]]:
    if at is None:
        return None, ()
    if at.node.id == "scalar" and "." not in at.text():
        return at.choice(PHASES), ()
    return None, _verbs(at, known)


def _verbs(at: At, known: Known) -> tuple[str, ...]:
    if at.node.id == "scalar":
        return (known.verb(at),)
    return tuple(known.verb(part) for part in at.items())


def _readings(at: At | None, known: Known) -> tuple[str, ...]:
    if at is None or at.is_null:
        return ()
    places = [at] if at.node.id == "scalar" else list(at.items())
    for place in places:
        if place.text() not in known.readings:
            raise place.fault(f"cách hiểu lạ “{place.text()}” / unknown reading: not in readings of instrument.yaml")
    return tuple(place.text() for place in places)


def needs(at: At | None, known: Known, events: Collection[str]) -> Needs:
    if at is None or at.is_null:
        return Needs()
    found = at.mapping(optional=("all", "any", "linked_by", "loosely", "early"))
    if ("all" in found) == ("any" in found):
        raise at.fault("ghi all hoặc any / exactly one of all, any")
    key = "all" if "all" in found else "any"
    verbs = tuple(known.verb(part) for part in found[key].items())
    if not verbs:
        raise found[key].fault("cần ít nhất một động từ / at least one verb")
    linked = optional(found, "linked_by")
    link = known.detail(linked, (*events, *verbs)) if linked else None
    loosely = found["loosely"].flag() if "loosely" in found else False
    early = found["early"].flag() if "early" in found else False
    return Needs(verbs, key == "any", link, loosely, early)


def evidence(at: At | None, known: Known) -> dict[str, Evidence]:
    if at is None or at.is_null:
        return {}
    found: dict[str, Evidence] = {}
    for name, place in at.entries().items():
        if known.verbs is not None and name not in known.verbs:
            raise place.fault(f"động từ lạ “{name}” / unknown verb: not in the vocabulary")
        found[name] = _evidence(name, place, known)
    return found


def _evidence(verb: str, at: At, known: Known) -> Evidence:
    given = at.mapping(optional=("fields", "when", "expires", "period", "signed", "independent"))
    expires = optional(given, "expires")
    on_change = expires is not None and expires.node.value == "on_change"
    period_at = optional(given, "period")
    return Evidence(
        verb=verb,
        fields=tuple(known.detail(part, (verb,)) for part in given["fields"].items()) if optional(given, "fields") else (),
        when=scope(given["when"], known, (verb,)) if optional(given, "when") else None,
        expires=None if expires is None or on_change else span(expires, known),
        on_change=on_change,
        period=period_at.choice(("year", "month")) if period_at else None,
        independent=_independent(given["independent"], verb, known) if optional(given, "independent") else None,
    )


def _independent(at: At, verb: str, known: Known) -> Independent:
    found = at.mapping(required=("field", "of"), optional=("when",))
    of = known.verb(found["of"])
    when = scope(found["when"], known, (of,)) if optional(found, "when") else None
    return Independent(known.detail(found["field"], (verb, of)), of, when)


def as_period(value: object, unit: str | None) -> Period | None:
    """A parameter's value as a length: "P12M", or a number of days or months by its unit. ValueError for anything else."""
    if value is None:
        return None
    if isinstance(value, str):
        return period(value)
    if isinstance(value, int) and unit in ("day", "month"):
        return Period(days=value) if unit == "day" else Period(months=value)
    raise ValueError(f"not a length: {value!r} {unit or ''}")
