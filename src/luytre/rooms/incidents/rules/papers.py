"""The answers of a statutory form taken from what is already known of a case: nothing is typed a second time. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# form → (the verb its issue is evidence for, its name in two languages)
FORMS: Mapping[str, tuple[str, tuple[str, str]]] = {
    "TT20.03": ("incident.notified", ("Báo cáo ban đầu (Mẫu số 03)", "Initial report (Form 03)")),
    "ND331.24H": ("incident.notified", ("Thông báo ban đầu trong 24 giờ", "First notice within 24 hours")),
    "ND331.72H": ("incident.reported", ("Báo cáo trong 72 giờ", "Report within 72 hours")),
    "TT20.04": ("incident.closed", ("Báo cáo kết thúc (Mẫu số 04)", "Final report (Form 04)")),
    "L91.23": ("incident.minuted", ("Biên bản vi phạm dữ liệu cá nhân", "Minutes of the personal data breach")),
}


def forms_for(personal_data: bool) -> list[str]:
    """The papers a case may need: minutes of a breach only where personal data are concerned."""
    return [name for name in FORMS if name != "L91.23" or personal_data]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a case when a paper is made of it."""

    code: str
    title: str
    text: str
    type: str
    type_words: str
    body: str
    owner: str
    system: str
    level: int | None
    domains: str
    networks: str
    detected_at: datetime
    now: datetime
    reporter: Mapping[str, str]  # name, title, phone, email, address
    answers: frozenset[str]
    found_by: str
    reported_by: str
    earlier: Mapping[str, str]  # form → "number, day"
    course: Sequence[tuple[str, str, str]]  # when, what, who
    explained: Mapping[str, str]
    is_restored: bool
    breach: "Breach"


@dataclass(frozen=True)
class Breach:
    """What the minutes of a personal data breach say beyond the case: as minuted last, else as the register counts."""

    subjects: int | None
    sensitive: bool
    told: bool
    notice: str = ""


def filled(form: str, facts: Facts) -> dict[str, Any]:
    """The answers to a form; fields nobody knows anything of are left out."""
    made = {"TT20.03": _initial, "ND331.24H": _notice, "ND331.72H": _report, "TT20.04": _final, "L91.23": _minutes}[form](facts)
    return {name: value for name, value in made.items() if value not in ("", None, [], {})}


def _named(facts: Facts) -> str:
    return "; ".join(part for part in (facts.system, facts.domains, facts.networks) if part)


def _detected(facts: Facts) -> dict[str, Any]:
    return {"detected_on": facts.detected_at.date().isoformat(), "detected_at": f"{facts.detected_at:%H:%M}"}


def _sender(facts: Facts) -> dict[str, Any]:
    return {
        "reporter": facts.body,
        "reporter_address": facts.reporter["address"],
        "reporter_phone": facts.reporter["phone"],
        "reporter_email": facts.reporter["email"],
    }


def _description(facts: Facts) -> str:
    return f"{facts.title}. {facts.text}".strip(" .") + "."


def _initial(facts: Facts) -> dict[str, Any]:
    return {
        "subject": facts.title,
        **_sender(facts),
        "contact": facts.reporter["name"],
        "contact_title": facts.reporter["title"],
        "contact_phone": facts.reporter["phone"],
        "contact_email": facts.reporter["email"],
        "operator": facts.body,
        "owner": facts.owner,
        "system": _named(facts),
        "level": facts.level,
        "description": _description(facts),
        "attacked": facts.type not in ("", "other"),
        "risk": "Dịch vụ bị gián đoạn" if facts.answers & {"interrupted", "grave_interruption"} else "",
        "sensitivity": "Có dữ liệu cá nhân" if "personal_data" in facts.answers else "",
        **_detected(facts),
        "status": "handled" if facts.is_restored else "handling",
        "found_by": {facts.found_by: facts.reported_by},
        "notified": {"nca": ""},
        "domains": facts.domains,
        "requests": "Đề nghị hỗ trợ ứng cứu." if "beyond_ability" in facts.answers else "",
        "reported_on": facts.now.date().isoformat(),
        "reported_at": f"{facts.now:%H:%M}",
    }


def _notice(facts: Facts) -> dict[str, Any]:
    return {
        "incident": facts.code,
        "notifier": ", ".join(part for part in (facts.body, facts.reporter["address"]) if part),
        "system": _named(facts) or "Chưa xác định hệ thống",
        "operator": facts.body,
        "owner": facts.owner or facts.body,
        "level": facts.level,
        **_detected(facts),
        "description": f"{facts.type_words.capitalize()}. {_description(facts)} {_impact(facts)}".strip(),
        "signs": _signs(facts),
        "result": _course_words(facts),
        "proposals": "Đề nghị hỗ trợ ứng cứu." if "beyond_ability" in facts.answers else "",
        "contact": _contact(facts),
    }


def _signs(facts: Facts) -> list[str]:
    found = [sign for sign, answer in (("order", "order_harmed"), ("interrupted", "grave_interruption")) if answer in facts.answers]
    return found or ["serious"]


def _contact(facts: Facts) -> str:
    return ", ".join(part for part in (facts.reporter["name"], facts.reporter["phone"]) if part)


def _impact(facts: Facts) -> str:
    said = {
        "interrupted": "dịch vụ bị gián đoạn",
        "grave_interruption": "hoạt động bị gián đoạn nghiêm trọng",
        "secret_leaks": "thông tin quan trọng có thể bị lộ",
        "integrity_lost": "dữ liệu bị sai lệch, chưa khôi phục được",
        "control_lost": "mất quyền điều khiển",
        "spreads": "có thể lan sang hệ thống khác",
        "personal_data": "liên quan dữ liệu cá nhân",
        "damage": "đã có thiệt hại",
    }
    found = [words for name, words in said.items() if name in facts.answers]
    return (found[0].capitalize() + "".join(f"; {words}" for words in found[1:])) if found else "Đang xác minh."


def _course_words(facts: Facts) -> str:
    return "\n".join(f"{when}: {what}" for when, what, _who in facts.course[:12]) or "Đang xử lý."


def _report(facts: Facts) -> dict[str, Any]:
    return {
        "incident": facts.code,
        "notice": facts.earlier.get("ND331.24H") or facts.earlier.get("TT20.03", ""),
        "system": _named(facts) or "Chưa xác định hệ thống",
        "operator": facts.body,
        "owner": facts.owner or facts.body,
        "level": facts.level,
        **_detected(facts),
        "cause": facts.explained.get("cause") or "Đang xác định.",
        "scope": facts.explained.get("scope") or _impact(facts),
        "remedy": facts.explained.get("remedy") or _course_words(facts),
        "course": [{"at": when, "what": what, "who": who} for when, what, who in facts.course],
        "complex": not facts.is_restored,
        "contact": _contact(facts),
    }


def _final(facts: Facts) -> dict[str, Any]:
    return {
        "subject": facts.title,
        **_sender(facts),
        "initial_report": facts.earlier.get("TT20.03") or facts.earlier.get("ND331.24H", ""),
        "operator": facts.body,
        "owner": facts.owner,
        "system": _named(facts),
        "level": facts.level,
        "description": _description(facts),
        **_detected(facts),
        "course": f"{_course_words(facts)}\nNguyên nhân: {facts.explained.get('cause', 'chưa ghi')}",
        "solution": facts.explained.get("remedy") or "Xem diễn biến xử lý.",
        "proposals": facts.explained.get("lesson", ""),
    }


def _minutes(facts: Facts) -> dict[str, Any]:
    who = ", ".join(part for part in (facts.reporter["name"], facts.reporter["title"]) if part)
    return {
        "opened_on": facts.now.date().isoformat(),
        "opened_at": f"{facts.now:%H:%M}",
        "where": facts.reporter["address"],
        "present": [part for part in (f"Đại diện {facts.body}", who) if part],
        "controller": facts.owner or facts.body,
        "processor": facts.body if facts.owner and facts.owner != facts.body else "",
        **_detected(facts),
        "description": f"{facts.code}. {_description(facts)}",
        "kinds": ["basic", "sensitive"] if facts.breach.sensitive else ["basic"],
        "subjects": facts.breach.subjects,
        "harm": facts.explained.get("scope") or _impact(facts),
        "measures": facts.explained.get("remedy") or _course_words(facts),
        "notified": facts.breach.notice,
        "told": facts.breach.told,
    }
