"""Pure decisions of the records office: which register of numbers a paper goes into, and whether it may be issued as it is."""

from datetime import date

from django.utils.translation import gettext as _

from luytre.core.paper.model import Paper

LETTER = "CV"  # letters have no name of a kind; their register is that of "công văn"


def book_kind(paper: Paper) -> str:
    """The register of numbers a paper belongs to: "BC" for "BC-CAT-PA05", CV for letters."""
    return LETTER if not paper.type else paper.symbol.split("-")[0]


def why_not(paper: Paper, today: date) -> str:
    """Why a paper may not be issued yet, as a Vietnamese sentence; "" when it may."""
    if paper.number is not None:
        return _("Số văn bản do sổ đăng ký cấp khi phát hành; hãy để trống số trong dữ liệu.")
    if paper.issued_on is None:
        return _("Văn bản chưa có ngày ban hành.")
    if paper.issued_on > today:
        return _("Ngày ban hành ở sau hôm nay; hãy kiểm tra lại.")
    if any("………" in signer.name or not signer.name for signer in paper.signers):
        return _("Văn bản chưa có họ tên người ký.")
    return ""
