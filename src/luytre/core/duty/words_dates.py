"""Days, moments and windows as people read them, and how a due day was counted, step by step."""

from datetime import date, datetime, timedelta
from typing import Any

from luytre.core.duty.model import Reason, Result
from luytre.core.law.model import Words
from luytre.core.when import Period

DAY = timedelta(days=1)

# Short remarks on where a due day comes from; what is ours and not the law's says so.
HOW: dict[str, Words] = {
    "due_fixed": {"vi": "văn bản ghi ngày {edge}", "en": "the text says {edge}"},
    "due_fixed_before": {"vi": "trước ngày {edge}; quy ước", "en": "before {edge}; house reading"},
    "due_new_subject": {
        "vi": "{length} từ khi hình thành {start}; quy ước",
        "en": "{length} from its coming into being {start}; house reading",
    },
    "due_term": {"vi": "{length} từ {start}", "en": "{length} from {start}"},
    "due_same_day": {"vi": "ngay trong ngày; quy ước", "en": "the same day; house reading"},
    "due_lapse": {"vi": "minh chứng trước có giá trị đến ngày này", "en": "until when the earlier evidence holds"},
    "due_named": {"vi": "hạn ghi trong văn bản", "en": "the day named in the paper"},
    "due_hours": {"vi": "{length} từ khi phát hiện", "en": "{length} from detection"},
    "due_at_once": {"vi": "phải báo ngay", "en": "at once"},
    "due_window_end": {"vi": "hết kỳ; quy ước kỳ cố định", "en": "end of the window; house reading: fixed windows"},
    "due_review": {"vi": "chu kỳ {length}", "en": "every {length}"},
    "due_gate": {"vi": "trước khi đưa vào sử dụng", "en": "before it is put into use"},
}
OURS: Words = {"vi": "quy ước", "en": "house default"}
ROLLED: Words = {
    "vi": "{day} là ngày nghỉ; thời hạn lùi sang ngày làm việc kế tiếp",
    "en": "{day} is a day off; the term rolls to the next working day",
}
START: Words = {"vi": "bắt đầu tính", "en": "counting begins"}
LAST: Words = {"vi": "hạn cuối", "en": "last good day"}


def day(value: date | datetime | str) -> str:
    """dd/mm/yyyy; a moment as HH:MM dd/mm/yyyy; text stays as it is."""
    if isinstance(value, datetime):
        return value.strftime("%H:%M %d/%m/%Y")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def due(result: Result) -> str | None:
    """The last good day or moment of a result."""
    last = result.due_at or result.due_on
    return day(last) if last else None


def window(result: Result) -> str | None:
    """A closed window as first and last day; None where it has no end."""
    first, until = result.window or (None, None)
    if first is None or until is None:
        return None
    return f"{day(first)} – {day(until - DAY)}"


def length(params: dict[str, Any], lang: str) -> str:
    """Hours, months or days of a term, in words."""
    value = params.get("value")
    if isinstance(value, str) and value.startswith("P"):
        return iso(value, lang)
    for key, vi, en in (("hours", "giờ", "hours"), ("months", "tháng", "months"), ("days", "ngày", "days")):
        if params.get(key):
            return f"{params[key]} {vi if lang == 'vi' else en}"
    return f"0 {'ngày' if lang == 'vi' else 'days'}"


def iso(text: str | Period, lang: str) -> str:
    """P12M → 12 tháng."""
    if isinstance(text, Period):
        return length({"months": text.months, "days": text.days}, lang)
    number = "".join(c for c in text if c.isdigit())
    units = {"D": ("ngày", "days"), "M": ("tháng", "months"), "Y": ("năm", "years")}
    vi, en = units.get(text[-1:], ("ngày", "days"))
    return f"{number} {vi if lang == 'vi' else en}"


def due_reason(result: Result) -> Reason | None:
    """The reason that tells how the due day was found."""
    return next((r for r in result.reasons if r.code.startswith("due_")), None)


def how(result: Result, lang: str) -> str:
    """The short remark on the due day, empty where there is none to make."""
    reason = due_reason(result)
    if reason is None:
        return ""
    said = HOW["due_lapse"][lang] if is_lapse(result, reason) else remark(reason, lang)
    ours = any(other.code == "house_default" for other in result.reasons)
    return f"{said}; {OURS[lang]}" if said and ours and not is_ours(said) else said


def is_lapse(result: Result, reason: Reason) -> bool:
    """Evidence that holds for a while moves the due day of a single act past its fixed date."""
    fixed = reason.params.get("edge") or reason.params.get("rolled_from")
    if fixed is None and reason.code == "due_new_subject" and isinstance(reason.params.get("start"), date):
        fixed = reason.params["start"] + timedelta(days=90)
    return isinstance(fixed, date) and result.due_on is not None and result.due_on > fixed + timedelta(days=30)


def is_cover(result: Result) -> bool:
    """Whether the due day is the day on which evidence lapses, not one by which something must be done."""
    reason = due_reason(result)
    if reason is None:
        return any(other.code == "prohibited" for other in result.reasons)
    return reason.code == "due_review" or is_lapse(result, reason)


def remark(reason: Reason, lang: str) -> str:
    """One due_… reason as a short remark."""
    template = HOW.get(_code(reason))
    if template is None:
        return ""
    params = reason.params
    said = template[lang].format(edge=day(params.get("edge", "")), start=day(params.get("start", "")), length=length(params, lang))
    return f"{said}; {OURS[lang]}" if params.get("house_default") else said


def _code(reason: Reason) -> str:
    if reason.code == "due_fixed" and reason.params.get("before"):
        return "due_fixed_before"
    if reason.code == "due_term" and not reason.params.get("days") and not reason.params.get("months"):
        return "due_same_day"
    if reason.code == "due_hours" and reason.params.get("hours") == 0:
        return "due_at_once"
    return reason.code


def is_ours(note: str) -> bool:
    return "quy ước" in note or "house" in note


def steps(result: Result, lang: str) -> list[dict[str, Any]]:
    """How the due day was counted, in order: [{on, says, house}]. Empty where the line has no due day."""
    last = due(result)
    if last is None:
        return []
    reason = due_reason(result)
    params = reason.params if reason else {}
    found: list[dict[str, Any]] = []
    if params.get("start"):
        found.append({"on": day(params["start"]), "says": START[lang], "house": False})
    note = how(result, lang)
    lapse = reason is not None and is_lapse(result, reason)
    if note:
        on = last if lapse else day(params.get("rolled_from") or params.get("edge") or last)
        found.append({"on": on, "says": note, "house": is_ours(note)})
    if params.get("rolled_from") and day(params["rolled_from"]) != last and not lapse:
        found.append({"on": last, "says": ROLLED[lang].format(day=day(params["rolled_from"])), "house": False})
    found.append({"on": last, "says": LAST[lang], "house": False})
    return found
