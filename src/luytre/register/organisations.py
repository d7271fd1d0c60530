"""Nouns: organisation with its dated name, type, parent, existence and succession; response team; contact point."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.register.dated import Dated, FoldedField, SortField, ordered


class OrganisationType(models.TextChoices):
    """What kind of bearer a body is: the law's scopes speak of these."""

    PROVINCE = "province", _("UBND tỉnh")
    DEPARTMENT = "department", _("sở, ban, ngành cấp tỉnh")
    DISTRICT = "district", _("UBND cấp huyện (đến hết 30/6/2025)")
    COMMUNE = "commune", _("UBND xã, phường")
    UNIT = "unit", _("đơn vị trực thuộc")
    ENTERPRISE = "enterprise", _("doanh nghiệp viễn thông, công nghệ thông tin")
    COORDINATOR = "coordinator", _("cơ quan đầu mối tổng hợp")
    TEAM = "team", _("đội ứng cứu sự cố của tỉnh")


class Organisation(models.Model):
    """A body. What may change about it stands in dated rows; `name` here is the name borne last, for lists and search."""

    KIND: ClassVar[str] = "organisation"
    code = models.CharField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    folded = FoldedField(db_index=True)
    sorting = SortField(db_index=True)
    certainty = models.CharField(max_length=20, blank=True)  # "sample" for invented bodies of a demonstration

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"org:{self.code}"


class OfOrganisation(Dated):
    """A dated row about a body."""

    of = models.ForeignKey(Organisation, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="%(class)ss")
    FIELDS: ClassVar[tuple[str, ...]] = ("value",)

    class Meta:
        abstract = True
        constraints = [ordered("%(class)s_ordered")]


class OrganisationName(OfOrganisation):
    value = models.CharField(_("tên"), max_length=300)


class OrganisationKind(OfOrganisation):
    value = models.CharField(_("loại"), max_length=20, choices=OrganisationType.choices)


class OrganisationParent(OfOrganisation):
    value = models.ForeignKey(
        Organisation, verbose_name=_("trực thuộc"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )


class OrganisationExists(OfOrganisation):
    """In being during the period; a later row saying no corrects an earlier one."""

    value = models.BooleanField(_("tồn tại"), default=True)


class OrganisationSuccessor(OfOrganisation):
    """Who takes over from `from_on`; several may, each for all duties or for one."""

    value = models.ForeignKey(Organisation, verbose_name=_("kế thừa"), on_delete=models.PROTECT, related_name="predecessors")
    duty = models.CharField(_("nhiệm vụ"), max_length=40, blank=True)  # empty: for all duties not named elsewhere
    FIELDS = ("value", "duty")


class ContactPoint(OfOrganisation):
    """Where incidents are reported to a body: a line that may be published (D17, D34, D39)."""

    name = models.CharField(_("đầu mối"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    page = models.URLField(_("trang công bố"), blank=True)
    FIELDS = ("name", "phone", "email", "page")


class OrganisationDomain(OfOrganisation):
    """A domain of official mail of a body and of the bodies below it (D25)."""

    value = models.CharField(_("tên miền thư công vụ"), max_length=253)


class OrganisationNetwork(OfOrganisation):
    """Addresses from which a body's people come in, where they are not on the staff network: an enterprise's own (CIDR, IPv4 or IPv6)."""

    value = models.CharField(_("dải địa chỉ truy cập"), max_length=43)


class ResponseTeam(models.Model):
    """A team that responds to incidents, of a body or of the province."""

    code = models.CharField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    organisation = models.ForeignKey(Organisation, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="teams")

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"team:{self.code}"
