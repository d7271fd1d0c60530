"""The twelve statuses as people see them: word, icon, meaning. Colour is in tokens.css; order is the judge's."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.core.duty.model import STATUSES


class Look(NamedTuple):
    word: Promise
    icon: str
    means: Promise


LOOKS: dict[str, Look] = {
    "overdue": Look(_("Quá hạn"), "exclamation-mark", _("Hết hạn, còn phải làm")),
    "missed": Look(_("Đã lỡ kỳ"), "x", _("Kỳ đã đóng, không làm bù được")),
    "due_soon": Look(_("Sắp đến hạn"), "clock", _("Trong vòng 30 ngày tới hạn")),
    "open": Look(_("Đang trong kỳ"), "circle", _("Đang trong kỳ, chưa gấp")),
    "met": Look(_("Đã hoàn thành"), "check", _("Có minh chứng, đúng hạn")),
    "met_late": Look(_("Hoàn thành muộn"), "clock-check", _("Có minh chứng, sau hạn")),
    "unknown": Look(_("Chưa xác định"), "question-mark", _("Thiếu dữ liệu để kết luận")),
    "undated": Look(_("Chưa có thời hạn"), "calendar-question", _("Luật không ghi số ngày, chưa ai định")),
    "not_open": Look(_("Chưa đến kỳ"), "circle-dotted", _("Kỳ chưa mở")),
    "waived": Look(_("Được miễn"), "rubber-stamp", _("Có quyết định miễn, còn hiệu lực")),
    "recommended": Look(_("Khuyến khích"), "star", _("Luật khuyến khích, không bao giờ đỏ")),
    "not_applicable": Look(_("Không thuộc diện"), "minus", _("Không áp dụng cho đơn vị này")),
}
ORDER: tuple[str, ...] = STATUSES
LATE = ("overdue", "missed")
DONE = ("met", "met_late", "waived")
OUTSIDE = ("not_open", "recommended", "not_applicable")  # nothing is owed: never in a denominator
