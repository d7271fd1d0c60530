"""Nouns: system with its dated name, owner, operator, level, phase, data, domains and networks; supplier and what it supplies."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.register.dated import Dated, FoldedField, SortField, ordered
from luytre.register.organisations import Organisation


class Phase(models.TextChoices):
    """Where a system stands in its life."""

    PLANNED = "planned", _("dự kiến")
    BUILDING = "building", _("đang xây dựng")
    OPERATING = "operating", _("đang vận hành")
    RETIRED = "retired", _("đã dừng")


class System(models.Model):
    """An information system. What may change about it stands in dated rows; `name` here is the last one, for lists and search."""

    KIND: ClassVar[str] = "system"
    code = models.CharField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    folded = FoldedField(db_index=True)
    sorting = SortField(db_index=True)

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"system:{self.code}"


class OfSystem(Dated):
    """A dated row about a system."""

    of = models.ForeignKey(System, verbose_name=_("hệ thống"), on_delete=models.PROTECT, related_name="%(class)ss")
    FIELDS: ClassVar[tuple[str, ...]] = ("value",)

    class Meta:
        abstract = True
        constraints = [ordered("%(class)s_ordered")]


class SystemName(OfSystem):
    value = models.CharField(_("tên"), max_length=300)


class SystemOwner(OfSystem):
    value = models.ForeignKey(Organisation, verbose_name=_("chủ quản"), null=True, on_delete=models.PROTECT, related_name="owned")


class SystemOperator(OfSystem):
    value = models.ForeignKey(Organisation, verbose_name=_("vận hành"), null=True, on_delete=models.PROTECT, related_name="operated")


class SystemLevel(OfSystem):
    value = models.PositiveSmallIntegerField(_("cấp độ"), null=True, validators=[MinValueValidator(1), MaxValueValidator(5)])

    class Meta(OfSystem.Meta):
        constraints = [
            *OfSystem.Meta.constraints,
            models.CheckConstraint(name="level_1_to_5", condition=models.Q(value=None) | models.Q(value__range=(1, 5))),
        ]


class SystemPhase(OfSystem):
    value = models.CharField(_("giai đoạn"), max_length=20, choices=Phase.choices, null=True)  # null says "none from here on"


class SystemData(OfSystem):
    """How many people's data a system holds."""

    class Kind(models.TextChoices):
        BASIC = "basic", _("dữ liệu cá nhân cơ bản")
        SENSITIVE = "sensitive", _("dữ liệu cá nhân nhạy cảm")

    kind = models.CharField(_("loại dữ liệu"), max_length=20, choices=Kind.choices)
    value = models.PositiveBigIntegerField(_("số người"))
    FIELDS = ("kind", "value")


class SystemDomain(OfSystem):
    value = models.CharField(_("tên miền"), max_length=253)


class SystemNetwork(OfSystem):
    value = models.CharField(_("dải mạng"), max_length=43)  # CIDR, IPv4 or IPv6


class Supplier(models.Model):
    """A third party that delivers to systems: the supply chain (D29), and the providers of layers (D04, D05)."""

    code = models.CharField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    folded = FoldedField(db_index=True)
    sorting = SortField()
    tax_code = models.CharField(_("mã số thuế"), max_length=20, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"supplier:{self.code}"


class SystemSupplier(OfSystem):
    value = models.ForeignKey(Supplier, verbose_name=_("nhà cung cấp"), on_delete=models.PROTECT, related_name="supplies")
    service = models.CharField(_("dịch vụ"), max_length=200, blank=True)
    FIELDS = ("value", "service")
