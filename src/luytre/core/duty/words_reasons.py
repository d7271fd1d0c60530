"""Reasons in words: for every code the judge may give, one sentence in Vietnamese and one in English."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from luytre.core.duty import words_dates as dates
from luytre.core.duty.model import Reason
from luytre.core.law.model import Law, Words

FIELDS: dict[str, Words] = {
    "type": {"vi": "loại đơn vị", "en": "type of body"},
    "owner.type": {"vi": "loại đơn vị của chủ quản", "en": "type of the owner"},
    "owner": {"vi": "chủ quản", "en": "owner"},
    "operator": {"vi": "đơn vị vận hành", "en": "operator"},
    "phase": {"vi": "giai đoạn của hệ thống", "en": "phase of the system"},
    "level": {"vi": "cấp độ của hệ thống", "en": "level of the system"},
    "head": {"vi": "người đứng đầu", "en": "head"},
    "allows_intrusion": {"vi": "điểm yếu có cho phép xâm nhập không", "en": "whether the weakness allows intrusion"},
    "serious": {"vi": "sự cố có nghiêm trọng không", "en": "whether the incident is serious"},
    "grave": {"vi": "có dấu hiệu xâm hại hoặc gián đoạn nghiêm trọng không", "en": "whether there are signs of grave harm"},
    "beyond_ability": {"vi": "có vượt khả năng tự xử lý không", "en": "whether it exceeds own ability"},
    "personal_data": {"vi": "có liên quan dữ liệu cá nhân không", "en": "whether personal data are concerned"},
}
VALUES: dict[str, Words] = {
    "planned": {"vi": "dự kiến", "en": "planned"},
    "building": {"vi": "đang xây dựng", "en": "being built"},
    "operating": {"vi": "đang vận hành", "en": "operating"},
    "retired": {"vi": "đã ngừng", "en": "retired"},
    "department": {"vi": "sở, ban, ngành", "en": "department"},
    "commune": {"vi": "xã, phường", "en": "commune"},
    "district": {"vi": "cấp huyện", "en": "district"},
    "unit": {"vi": "đơn vị trực thuộc", "en": "unit"},
    "enterprise": {"vi": "doanh nghiệp", "en": "enterprise"},
    "coordinator": {"vi": "cơ quan đầu mối", "en": "coordinator"},
    "team": {"vi": "Đội ứng cứu của tỉnh", "en": "provincial team"},
}
SENTENCES: dict[str, Words] = {
    "clause": {"vi": "Theo {cited}.", "en": "By {cited}."},
    "parallel": {"vi": "Cùng áp dụng: {cited}{due}.", "en": "Also binding: {cited}{due}."},
    "parallel_unclear": {
        "vi": "{cited} có thể cùng áp dụng nhưng chưa đủ thông tin để biết.",
        "en": "{cited} may bind too, but that can't be told yet.",
    },
    "due_fixed": {"vi": "Hạn là ngày cố định: {how}.", "en": "The due day is a fixed date: {how}."},
    "due_new_subject": {"vi": "Hình thành sau ngày cố định: {how}.", "en": "It came into being after the fixed date: {how}."},
    "due_window_end": {"vi": "Hạn là ngày cuối của kỳ.", "en": "Due on the last day of the window."},
    "due_term": {"vi": "Thời hạn {how}.", "en": "A term of {how}."},
    "due_hours": {"vi": "Thời hạn tính theo giờ: {how}.", "en": "A clock in hours: {how}."},
    "due_named": {"vi": "Hạn ghi trong văn bản yêu cầu.", "en": "The due day stands in the request."},
    "due_gate": {"vi": "Phải xong trước khi đưa vào sử dụng.", "en": "To be done before it is put into use."},
    "due_review": {"vi": "Làm lại theo chu kỳ {length}.", "en": "To be done anew every {length}."},
    "no_number": {
        "vi": "Văn bản không nêu con số và chưa ai có thẩm quyền quyết định{param}.",
        "en": "The text gives no number and nobody competent has decided one{param}.",
    },
    "prohibited": {
        "vi": "Điều cấm: chỉ đạt khi không có vi phạm và lần kiểm tra còn mới.",
        "en": "A prohibition: met only while no breach is open and the last check is fresh.",
    },
    "recommended": {"vi": "Văn bản chỉ khuyến khích.", "en": "The text only encourages it."},
    "reading": {"vi": "{question}{decided}", "en": "{question}{decided}"},
    "house_default": {
        "vi": "Con số “{param_name}” là quy ước của hệ thống, chưa có văn bản quyết định.",
        "en": "The number “{param_name}” is a house default; no paper has decided it.",
    },
    "evidence": {"vi": "Đã tính {paper}, ngày {on}.", "en": "Counted: {paper}, {on}."},
    "not_independent": {
        "vi": "{paper}, ngày {on}, không được tính: {hand} cũng là đơn vị giám sát.",
        "en": "Not counted: {paper}, {on}, since {hand} also does the monitoring.",
    },
    "missing": {"vi": "Còn thiếu {paper}.", "en": "Still missing: {paper}."},
    "breach": {"vi": "Vi phạm ghi nhận ngày {on} chưa chấm dứt.", "en": "The breach recorded on {on} has not ended."},
    "waiver": {"vi": "Được miễn{number}{until}.", "en": "Waived{number}{until}."},
    "lapsed": {"vi": "Minh chứng trước đã hết hiệu lực sau ngày {on}.", "en": "The earlier evidence lapsed after {on}."},
    "scope_unknown": {"vi": "chưa ghi {field}", "en": "{field} is not recorded"},
    "event_unclear": {"vi": "chưa ghi {field}", "en": "it is not recorded {field}"},
    "out_of_scope": {"vi": "{field} là {has}", "en": "the {field} is {has}"},
    "not_bearer": {"vi": "nhiệm vụ này không giao cho {has}", "en": "this duty is not laid on a {has}"},
    "not_yet": {"vi": "chưa hình thành vào ngày xét", "en": "not in being on the day judged"},
    "no_event": {"vi": "Chưa có việc nào làm phát sinh nhiệm vụ này.", "en": "Nothing has happened that opens this duty."},
    "not_open": {"vi": "Kỳ này chưa mở.", "en": "This window has not opened."},
    "no_version": {"vi": "quy định không có hiệu lực vào ngày xét", "en": "the rule is not in force on the day judged"},
    "in_use_before_rule": {"vi": "đã đưa vào sử dụng trước khi có quy định", "en": "in use before the rule"},
    "no_systems": {"vi": "người đứng đầu đã xác nhận không có hệ thống nào", "en": "the head confirmed that there is no system"},
    "register_unconfirmed": {
        "vi": "người đứng đầu chưa xác nhận danh mục hệ thống",
        "en": "the head has not confirmed the register of systems",
    },
    "inherited": {"vi": "Tiếp nhận từ {from} khi đơn vị đó kết thúc{on_day}.", "en": "Taken over from {from} when it ended{on_day}."},
    "closed_with_bearer": {
        "vi": "Khép lại cùng đơn vị ngày {on}{to}.",
        "en": "Closed with the body on {on}{to}.",
    },
    "answerable_succeeded": {"vi": "Trách nhiệm chuyển từ {from} sang {to}.", "en": "Answerability passed from {from} to {to}."},
    "head": {"vi": "Người đứng đầu ngày đó: {head}.", "en": "Head on that day: {head}."},
    "no_owner": {"vi": "Chưa ghi chủ quản của hệ thống.", "en": "The owner of the system is not recorded."},
}
# Reasons that answer "why can't it be told" and "why does it not apply", in clauses rather than sentences.
WHY_UNKNOWN = ("scope_unknown", "event_unclear", "register_unconfirmed", "no_owner", "prohibited")
WHY_NOT = ("not_bearer", "out_of_scope", "in_use_before_rule", "no_systems", "not_yet", "no_version")
_DECIDED: Words = {"vi": " Đã quyết định bởi {by}.", "en": " Decided by {by}."}
_NONE: Words = {"vi": "chưa ghi", "en": "not recorded"}
_UNKNOWN: Words = {"vi": "chưa đủ thông tin", "en": "information is missing"}
_NO_CHECK: Words = {"vi": "chưa có lần kiểm tra còn hiệu lực", "en": "there is no fresh check"}
_BEFORE: Words = {"vi": "đơn vị trước", "en": "the body before"}
_AFTER: Words = {"vi": "đơn vị tiếp nhận", "en": "its successor"}
_NOT: Words = {"vi": "không thuộc phạm vi của nhiệm vụ", "en": "outside the scope of the duty"}


def cited(law: Law, instrument: str, clause: str, lang: str) -> str:
    """A clause as people cite it: điểm 1.4 Chỉ thị 13/CT-UBND."""
    text = law.instruments.get(instrument)
    if text is None:
        return f"{clause} {instrument}"
    return text.cited[lang].format(clause=clause) if text.cited else f"{clause} {text.number}"


def paper(law: Law, verb: str, lang: str) -> str:
    """The name of the paper a verb stands for; the verb itself where the vocabulary does not know it."""
    known = law.verbs.get(verb)
    return known.words[lang] if known else verb


def sentence(reason: Reason, law: Law, duty_id: str, lang: str, names: Mapping[str, str] | None = None) -> str:
    """One reason in words. Empty for a code this house does not know; a ref without a name is told by its part in the matter."""
    template = SENTENCES.get(reason.code)
    if template is None:
        return ""
    return template[lang].format_map(_Filled(reason, law, duty_id, lang, names or {}))


def because(reasons: tuple[Reason, ...], law: Law, duty_id: str, lang: str, *, unknown: bool) -> str:
    """Why nobody can tell, or why a duty does not apply, as a clause without a full stop."""
    for code in WHY_UNKNOWN if unknown else WHY_NOT:
        found = [reason for reason in reasons if reason.code == code]
        if code == "prohibited" and found:
            return _NO_CHECK[lang]
        if found:
            said = [sentence(reason, law, duty_id, lang).removesuffix(".") for reason in found]
            joined = "; ".join(dict.fromkeys(said))
            return joined[:1].lower() + joined[1:] if unknown else joined
    return (_UNKNOWN if unknown else _NOT)[lang]


class _Filled(dict[str, str]):
    """The parameters of a reason as text, filled in as a sentence asks for them; an absent one reads as empty."""

    def __init__(self, reason: Reason, law: Law, duty_id: str, lang: str, names: Mapping[str, str]) -> None:
        super().__init__()
        self.params, self.law, self.duty_id, self.lang = reason.params, law, duty_id, lang
        self.code, self.names = reason.code, names

    def __missing__(self, name: str) -> str:
        special = getattr(self, f"_{name}", None)
        return str(special() if special is not None else self._plain(self.params.get(name)))

    def _plain(self, value: Any) -> str:
        if value is None:
            return _NONE[self.lang]
        if isinstance(value, date | datetime):
            return dates.day(value)
        return VALUES[value][self.lang] if isinstance(value, str) and value in VALUES else str(value)

    def _ref(self, name: str, nobody: Words) -> str:
        return self.names.get(str(self.params.get(name)), nobody[self.lang])

    def _from(self) -> str:
        return self._ref("from", _BEFORE)

    def _cited(self) -> str:
        return cited(self.law, self.params.get("instrument", ""), self.params.get("clause", ""), self.lang)

    def _due(self) -> str:
        last = self.params.get("due_on")
        return f", {dates.LAST[self.lang]} {dates.day(last)}" if last else ""

    def _how(self) -> str:
        return dates.remark(Reason(self.code, self.params), self.lang)

    def _length(self) -> str:
        return dates.length(self.params, self.lang)

    def _field(self) -> str:
        name = self.params.get("field", "")
        return FIELDS[name][self.lang] if name in FIELDS else str(name)

    def _paper(self) -> str:
        return paper(self.law, self.params.get("verb", ""), self.lang)

    def _param(self) -> str:
        said = self._param_name()
        return f" ({said})" if said else ""

    def _param_name(self) -> str:
        name, duty = self.params.get("param"), self.law.duties.get(self.duty_id)
        found = self.law.instruments[duty.instrument].params.get(str(name)) if duty else None
        return found.words[self.lang] if found else str(name or "")

    def _question(self) -> str:
        reading = self._reading()
        return reading.question[self.lang] if reading else str(self.params.get("reading", ""))

    def _decided(self) -> str:
        reading = self._reading()
        return _DECIDED[self.lang].format(by=reading.decided.get("by", "")) if reading and reading.decided else ""

    def _reading(self) -> Any:
        duty = self.law.duties.get(self.duty_id)
        return self.law.instruments[duty.instrument].readings.get(self.params.get("reading", "")) if duty else None

    def _number(self) -> str:
        value = self.params.get("number")
        return (" theo quyết định số " if self.lang == "vi" else " by decision ") + str(value) if value else ""

    def _until(self) -> str:
        value = self.params.get("until_on")
        return (" đến hết " if self.lang == "vi" else " through ") + dates.day(value) if value else ""

    def _on_day(self) -> str:
        value = self.params.get("on")
        return (" ngày " if self.lang == "vi" else " on ") + dates.day(value) if value else ""

    def _to(self) -> str:
        to = self._ref("to", _AFTER)
        if self.code != "closed_with_bearer":
            return to
        return (", chuyển cho " if self.lang == "vi" else ", passed to ") + to if self.params.get("to") else ""
