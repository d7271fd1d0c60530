"""Cells: what may stand in one, read into a value or told as a fault in words. No database here."""

import ipaddress
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from luytre.core.fold import fold
from luytre.core.when import EARLIEST, LATEST
from luytre.journal.shapes import clean
from luytre.register.book import UNSAID

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NONE_SAID = "(không)"  # a cell that says: from this day on there is none
ALWAYS_SAID = "từ đầu"  # of known_at: always known
YES, NO = "có", "không"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)


class CellFault(ValueError):
    """What is wrong with a cell, in words that say what to write instead."""


def tidy(value: Any) -> Any:
    """A cell as read: text in NFC with single blanks; an empty text is nothing; 5.0 is 5."""
    if isinstance(value, str):
        return " ".join(clean(value).split()) or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def code(value: Any) -> str:
    said = str(value)
    if not _CODE.fullmatch(said):
        raise CellFault(_("Mã chỉ gồm chữ không dấu, số, dấu chấm, gạch nối, gạch dưới, dài tối đa 60 ký tự."))
    return said


def text(value: Any, longest: int = 200) -> str:
    said = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
    if said.startswith(("=", "@")):
        raise CellFault(_("Ô không được bắt đầu bằng dấu “=” hoặc “@” (công thức). Đề nghị gõ giá trị."))
    if len(said) > longest:
        raise CellFault(_("Nội dung dài quá %(longest)s ký tự.") % {"longest": longest})
    return said


def name(value: Any) -> str:
    return text(value, 300)


def email(value: Any) -> str:
    said = text(value)
    try:
        validate_email(said)
    except ValidationError:
        raise CellFault(_("Thư điện tử không đúng dạng ten@don-vi.vn.")) from None
    return said


def page(value: Any) -> str:
    said = text(value)
    if not re.fullmatch(r"https?://[^\s]+", said):
        raise CellFault(_("Địa chỉ trang phải bắt đầu bằng https:// hoặc http://."))
    return said


def domain(value: Any) -> str:
    said = text(value, 253).lower()
    if not _DOMAIN.fullmatch(said):
        raise CellFault(_("Tên miền không đúng dạng, ví dụ: dichvu.don-vi.vn."))
    return said


def network(value: Any) -> str:
    try:
        return str(ipaddress.ip_network(text(value), strict=False))
    except ValueError:
        raise CellFault(_("Dải mạng không đúng dạng, ví dụ: 10.1.2.0/24.")) from None


def level(value: Any) -> int:
    if str(value) not in ("1", "2", "3", "4", "5"):
        raise CellFault(_("Cấp độ là một số từ 1 đến 5."))
    return int(value)


def count(value: Any) -> int:
    said = str(value).replace(".", "").replace(" ", "")
    if not said.isascii() or not said.isdigit() or len(said) > 12:
        raise CellFault(_("Số người là số nguyên không âm, ví dụ: 12000."))
    return int(said)


def yes(value: Any) -> bool:
    said = _folded(str(value))
    if said not in ("co", "khong", "true", "false", "1", "0"):
        raise CellFault(_("Đề nghị ghi “có” hoặc “không”."))
    return said in ("co", "true", "1")


def duty(value: Any) -> str:
    said = text(value, 40)
    if not re.fullmatch(r"[A-Z0-9][A-Za-z0-9.]*", said):
        raise CellFault(_("Nhiệm vụ ghi bằng mã, ví dụ: D07."))
    return said


class Choice:
    """One of several values, said by its key or its Vietnamese words, with or without marks."""

    def __init__(self, choices: Mapping[str, Any]) -> None:
        self.choices = choices

    @cached_property
    def words(self) -> dict[str, str]:
        """The words as the workbook writes them, whatever language the page speaks."""
        with override("vi"):
            return {key: str(words) for key, words in self.choices.items()}

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {fold(said): key for key, words in self.words.items() for said in (words, key)}

    def __call__(self, value: Any) -> str:
        key = self._keys.get(_folded(str(value)))
        if key is None:
            raise CellFault(_("Chỉ nhận một trong các giá trị: %(choices)s.") % {"choices": "; ".join(self.words.values())})
        return key


@lru_cache(maxsize=1000)
def _folded(text: str) -> str:
    return fold(text)


def says_none(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("(") and _folded(value) == _folded(NONE_SAID)


def day(value: Any) -> date:
    found = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else _day_of(str(value))
    if not EARLIEST <= found <= LATEST:
        raise CellFault(_("Ngày phải nằm trong khoảng 02/9/1945 đến 01/01/2100."))
    return found


@lru_cache(maxsize=10_000)
def _day_of(said: str) -> date:
    vietnamese = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", said)
    try:
        if vietnamese:
            d, m, y = (int(part) for part in vietnamese.groups())
            return date(y, m, d)
        return date.fromisoformat(said)
    except ValueError:
        raise CellFault(_("“%(said)s” không phải là ngày có thật; đề nghị ghi dạng ngày/tháng/năm.") % {"said": said[:40]}) from None


def known(value: Any) -> Any:
    """When a row became known: nothing said = on loading; "từ đầu" = always; else a day or a moment."""
    if value is None:
        return UNSAID
    if isinstance(value, datetime):
        return value.replace(tzinfo=ZONE)
    if isinstance(value, date):
        return datetime.combine(value, time(), ZONE)
    if _folded(str(value)) == _folded(ALWAYS_SAID):
        return None
    return _moment_of(str(value))


def _moment_of(said: str) -> datetime:
    parts = said.split()
    try:
        if len(parts) == 2 and "/" in parts[0]:
            return datetime.combine(_day_of(parts[0]), time.fromisoformat(parts[1]), ZONE)
        if "T" in said:
            moment = datetime.fromisoformat(said)
            return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    except ValueError:
        raise CellFault(_("Thời điểm ghi dạng 20/11/2026 08:30:00, hoặc “từ đầu”.")) from None
    return datetime.combine(_day_of(said), time(), ZONE)


REQUIRED = gettext_lazy("Thiếu giá trị ở cột này.")
