"""What a judged line says to a person: one short sentence, and the whole explanation behind *Vì sao?*."""

from collections.abc import Mapping
from typing import Any

from luytre.core.duty import words_dates as dates
from luytre.core.duty import words_reasons as reasons
from luytre.core.duty import words_status as status
from luytre.core.duty.model import Result
from luytre.core.law.model import Duty, Instrument, Law

MOST_WORDS = 60
_QUESTION = {"vi": "Vì sao: {name} – {status}?", "en": "Why: {name} – {status}?"}
# Statuses whose line still wants the duty's own next step.
_WANTING = ("overdue", "due_soon", "open", "undated", "recommended")
_LEFT_OUT = ("evidence", "missing", "reading", "clause", "parallel", "parallel_unclear", "head")


def says(result: Result, law: Law, lang: str = "vi") -> str:
    """The line in at most 60 words: status with its days, the next step, the clause. `lang` is vi or en."""
    duty = law.duties[result.duty]
    cited = reasons.cited(law, duty.instrument, result.clause, lang)
    basis = status.BASIS[lang].format(cited=cited)
    return f"{duty.name[lang]}: {_standing(result, law, lang)} {_step(result, duty, lang)} {basis}"


def explain(result: Result, law: Law, lang: str = "vi", names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The answer to *Vì sao?*, in the order in which people ask: sentence, clause, how the day was counted, readings, facts weighed,
    what is missing, what turns it, who answers, when reminders climb.

    `names`: what people call the bodies and systems by their refs. Shapes: `clause` {id, cited, words, quote, modal}; `parallel` and
    `readings` lists of {…}; `due` list of {on, says, house}; `facts` {id, verb, paper, on}; `missing` {verb, paper}; `turns` list of
    sentences; `escalate` {on, to}. Days are dd/mm/yyyy.
    """
    duty = law.duties[result.duty]
    instrument = law.instruments[duty.instrument]
    return {
        "title": _QUESTION[lang].format(name=duty.name[lang], status=status.LABELS[result.status][lang].lower()),
        "sentence": says(result, law, lang),
        "status": result.status,
        "label": status.LABELS[result.status][lang],
        "duty": duty.says[lang],
        "clause": _clause(result, duty, instrument, law, lang),
        "parallel": _parallel(result, law, lang),
        "due": dates.steps(result, lang),
        "window": dates.window(result),
        "readings": _readings(result, instrument, lang),
        "facts": _facts(result, law, lang),
        "missing": [{"verb": verb, "paper": reasons.paper(law, verb, lang)} for verb in result.missing],
        "because": _because(result, law, lang, names or {}),
        "turns": turns(result, law, lang),
        "answerable": {"org": result.answerable, "head": _param(result, "head", "head")},
        "escalate": _ladder(result, duty),
        "law": f"{instrument.id} · {'bản' if lang == 'vi' else 'version'} {result.version or 1}",
    }


def turns(result: Result, law: Law, lang: str = "vi") -> list[str]:
    """What turns the line green, in sentences; empty where nothing has to be done."""
    if result.status not in status.TURNS:
        return []
    papers = _list([reasons.paper(law, verb, lang) for verb in result.missing], lang)
    if not papers and result.status != "unknown":
        return [law.duties[result.duty].next[lang]]
    to = "met_late" if _only_late(result, law) else "met"
    template = status.TURNS["overdue" if _has(result, "prohibited") else result.status]
    said = [template[lang].format(papers=papers, due=dates.due(result) or "", to=status.LABELS[to][lang])]
    if to == "met_late":
        said.append(status.NO_LONGER[lang])
    return said


def _only_late(result: Result, law: Law) -> bool:
    """An overdue matter with one due day can only be met late; a standing or forbidden one is met again."""
    kinds = {version.rule.kind for version in law.duties[result.duty].versions}
    return result.status == "overdue" and not kinds & {"standing", "prohibited", "should"} and not _has(result, "lapsed")


def _standing(result: Result, law: Law, lang: str) -> str:
    events = _param(result, "no_event", "events")
    template = status.SENTENCES["no_event" if events else result.status][lang]
    unknown = result.status == "unknown"
    return template.format(
        since=_since(result, lang),
        due=_due(result, law, lang),
        window=dates.window(result) or "",
        opens=status.OPENS[lang].format(day=dates.day(result.window[0])) if result.window else "",
        events=_list([reasons.paper(law, verb, lang) for verb in events or ()], lang, either=True),
        until=_until(result, lang),
        why=reasons.because(result.reasons, law, result.duty, lang, unknown=unknown),
    )


def _since(result: Result, lang: str) -> str:
    return status.SINCE[lang].format(day=dates.day(result.since)) if result.since else ""


def _due(result: Result, law: Law, lang: str) -> str:
    last = dates.due(result)
    if last is None:
        return ""
    remark = dates.how(result, lang)
    if result.status in ("met", "met_late") and dates.is_cover(result):
        ours = f" ({dates.OURS[lang]})" if dates.is_ours(remark) else ""
        return status.HOLDS[lang].format(day=last) + ours
    return status.DUE[lang].format(day=last) + (f" ({remark})" if remark else "")


def _until(result: Result, lang: str) -> str:
    until = _param(result, "waiver", "until_on")
    return status.UNTIL[lang].format(day=dates.day(until)) if until else ""


def _step(result: Result, duty: Duty, lang: str) -> str:
    if _has(result, "closed_with_bearer"):
        return status.CLOSED[lang].format(day=dates.day(_param(result, "closed_with_bearer", "on")))
    said = _next(result, duty, lang)
    return f"{status.TAKEN_OVER[lang]} {said}" if _has(result, "inherited") else said


def _next(result: Result, duty: Duty, lang: str) -> str:
    kinds = {version.rule.kind for version in duty.versions}
    if "prohibited" in kinds and result.status in ("overdue", "unknown"):
        return (status.END_BREACH if result.status == "overdue" else status.CHECK)[lang]
    if result.status == "unknown":
        found = (reason.code for reason in result.reasons if reason.code in status.LEARN)
        return status.LEARN.get(next(found, ""), status.STEPS["unknown"])[lang]
    if result.status in _WANTING:
        return duty.next[lang]
    if result.status == "met" and result.flips_on is not None:
        return status.LAPSES[lang].format(flips=dates.day(result.flips_on))
    return status.STEPS[result.status][lang]


def _clause(result: Result, duty: Duty, instrument: Instrument, law: Law, lang: str) -> dict[str, str]:
    version = next((v for v in duty.versions if v.v == result.version), duty.versions[-1])
    clause = instrument.clauses.get(result.clause)
    return {
        "id": result.clause,
        "cited": reasons.cited(law, instrument.id, result.clause, lang),
        "words": clause.words[lang] if clause else "",
        "quote": version.quote,
        "modal": duty.modal,
    }


def _parallel(result: Result, law: Law, lang: str) -> list[dict[str, Any]]:
    found = []
    for reason in result.reasons:
        if reason.code in ("parallel", "parallel_unclear"):
            instrument, clause = reason.params["instrument"], reason.params["clause"]
            text = law.instruments.get(instrument)
            words = text.clauses[clause].words[lang] if text and clause in text.clauses else ""
            due = reason.params.get("due_on")
            found.append(
                {
                    "instrument": instrument,
                    "cited": reasons.cited(law, instrument, clause, lang),
                    "words": words,
                    "due_on": dates.day(due) if due else None,
                    "clear": reason.code == "parallel",
                }
            )
    return found


def _readings(result: Result, instrument: Instrument, lang: str) -> list[dict[str, Any]]:
    """Every reading the line rests on; `house` where nobody competent has decided it yet."""
    found = [instrument.readings[name] for name in result.readings if name in instrument.readings]
    return [{"id": r.id, "says": r.question[lang], "reading": r.reading, "house": r.decided is None, "decided": r.decided} for r in found]


def _facts(result: Result, law: Law, lang: str) -> list[dict[str, Any]]:
    known = {reason.params.get("fact"): reason.params for reason in result.reasons if reason.code in ("evidence", "breach", "waiver")}
    found = []
    for name in dict.fromkeys((*result.evidence, *known)):
        params = known.get(name, {})
        verb = params.get("verb", "waiver.granted" if name in known else "")
        on = params.get("on")
        found.append(
            {"id": name, "verb": verb, "paper": reasons.paper(law, verb, lang) if verb else "", "on": dates.day(on) if on else None}
        )
    return found


def _because(result: Result, law: Law, lang: str, names: Mapping[str, str]) -> list[str]:
    """What else was weighed: everything that has no place of its own in the explanation."""
    told = [reason for reason in result.reasons if reason.code not in _LEFT_OUT and not reason.code.startswith("due_")]
    said = [reasons.sentence(reason, law, result.duty, lang, names) for reason in told]
    return [text[:1].upper() + text[1:] for text in dict.fromkeys(said) if text]


def _ladder(result: Result, duty: Duty) -> list[dict[str, str]]:
    if result.due_on is None or result.status in ("met", "met_late", "not_applicable", "waived", "recommended"):
        return []
    return [{"on": dates.day(result.due_on + step.days * dates.DAY), "to": step.to} for step in duty.escalate]


def _param(result: Result, code: str, name: str) -> Any:
    return next((reason.params.get(name) for reason in result.reasons if reason.code == code), None)


def _has(result: Result, code: str) -> bool:
    return any(reason.code == code for reason in result.reasons)


def _list(parts: list[str], lang: str, *, either: bool = False) -> str:
    if len(parts) < 2:
        return "".join(parts)
    joint = {"vi": (" và ", " hoặc "), "en": (" and ", " or ")}[lang][either]
    return ", ".join(parts[:-1]) + joint + parts[-1]
