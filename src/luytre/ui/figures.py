"""Numbers and days as Vietnamese eyes expect them: 5.823, 8,1%, 03/09/2025; in English 5,823 and 8.1%."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def is_english() -> bool:
    return (get_language() or "vi").startswith("en")


def grouped(number: int) -> str:
    text = f"{number:,}"
    return text if is_english() else text.replace(",", ".")


def decimal(value: float, places: int = 1) -> str:
    text = f"{value:.{places}f}"
    return text if is_english() else text.replace(".", ",")


def percent(part: int, whole: int) -> str:
    """A share as 8,1%; without a denominator there is no share."""
    return f"{decimal(100 * part / whole)}%" if whole else "–"


def day(value: date | datetime | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value:%d/%m/%Y}"


def day_month(value: date) -> str:
    return f"{value:%d/%m}"


def moment(value: datetime | None) -> str:
    if value is None:
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M, %d/%m/%Y}"


def weekday(value: date) -> str:
    return WEEKDAYS["en" if is_english() else "vi"][value.weekday()]


def size(count: int) -> str:
    """Bytes as B, KB, MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024**2:
        return f"{round(count / 1024)} KB"
    return f"{decimal(count / 1024**2)} MB"


def initials(name: str) -> str:
    """First letters of the last two words of a name: Bùi Thị Nhàn gives TN."""
    words = [word for word in name.split() if word not in {"Ông", "Bà"}]
    return "".join(word[0] for word in words[-2:]).upper()
