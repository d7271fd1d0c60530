"""May a number or reading be decided so? Refused in words where the value is none, or the day lies before the instrument."""

from datetime import date

from django.utils.translation import gettext as _

from luytre.core.law.decided import value_of
from luytre.core.law.model import Instrument, Param, Reading
from luytre.core.refusal import Refusal


def check_decision(instrument: Instrument, param: Param | None, reading: Reading | None, value: str, from_on: date | None) -> None:
    if reading is not None and value not in reading.options:
        raise Refusal(_("Chọn một cách hiểu trong danh sách."), field="value", status=422)
    if param is None:
        return
    if from_on is None or from_on < instrument.from_on:
        day = f"{instrument.from_on:%d/%m/%Y}"
        raise Refusal(_("Ngày áp dụng phải từ ngày văn bản có hiệu lực (%(day)s).") % {"day": day}, field="from_on", status=422)
    try:
        value_of(param.unit, value)
    except ValueError:
        asks = (
            _("Ghi chu kỳ dạng P6M (6 tháng), P12M (12 tháng), P30D (30 ngày).")
            if param.unit == "period"
            else _("Ghi một số nguyên không âm.")
        )
        raise Refusal(asks, field="value", status=422) from None
