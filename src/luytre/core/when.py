"""Terms and working days, by the Civil Code: first day excluded, month ends clamped, a term's last day off rolls on."""

from calendar import monthrange
from datetime import date


def nth_month(anchor: date, months: int) -> date:
    """The day `months` months from `anchor`, clamped to the month's end; always counted from the anchor, so 31 August never drifts."""
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))
