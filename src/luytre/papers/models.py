"""The nouns of the records office: Book and Number, Cancellation, Template, IssuedPaper, SignedCopy. Bytes lie in the journal's store."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.register.models import Organisation


class Book(models.Model):
    """The register of numbers of one body, kind of paper and year; `last` is the number given out last."""

    organisation = models.ForeignKey(Organisation, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại văn bản"), max_length=40)
    year = models.PositiveIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số đã cấp"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "year"], name="book_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.kind} {self.year}"


class Number(models.Model):
    """A number given out. Never taken back: one that is not used is cancelled, with its reason."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="numbers")
    value = models.PositiveIntegerField(_("số"))
    symbol = models.CharField(_("ký hiệu"), max_length=80)
    at = models.DateTimeField(_("lúc cấp"))
    by = models.CharField(_("người lấy số"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "value"], name="number_once"),
            models.CheckConstraint(condition=models.Q(value__gte=1), name="number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.value:02d}/{self.symbol}"

    @property
    def is_cancelled(self) -> bool:
        return hasattr(self, "cancellation")


class Cancellation(models.Model):
    """Why a number stays unused, or a paper no longer counts."""

    number = models.OneToOneField(Number, on_delete=models.PROTECT, related_name="cancellation")
    at = models.DateTimeField(_("lúc hủy"))
    by = models.CharField(_("người hủy"), max_length=100)
    reason = models.CharField(_("lý do"), max_length=500)

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"


class Template(models.Model):
    """A version of a body's Word template for a kind of paper ("" = all kinds); `is_original` = back to the house's own."""

    organisation = models.ForeignKey(Organisation, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại văn bản"), max_length=40, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"))
    sha256 = models.CharField(max_length=64)
    is_original = models.BooleanField(_("mẫu gốc"), default=False)
    at = models.DateTimeField(_("lúc tải lên"))
    by = models.CharField(_("người tải lên"), max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.kind or '*'} v{self.version}"


class IssuedPaper(models.Model):
    """A paper as it went out: its data to the letter, the digests of its files, the template and the engine that made them."""

    number = models.OneToOneField(Number, on_delete=models.PROTECT, related_name="paper")
    organisation = models.ForeignKey(Organisation, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("tên"), max_length=300)
    issued_on = models.DateField(_("ngày ban hành"))
    form = models.CharField(_("mẫu"), max_length=60, blank=True)
    data = models.TextField()  # the JSON bytes, kept as text: a JSON column would reorder them
    data_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    docx_sha256 = models.CharField(max_length=64)
    template = models.ForeignKey(Template, null=True, on_delete=models.PROTECT, related_name="papers")  # none: the original
    engine = models.CharField(max_length=60)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    at = models.DateTimeField(_("lúc phát hành"))
    by = models.CharField(_("người phát hành"), max_length=100)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-issued_on"], name="paper_of_body")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class SignedCopy(models.Model):
    """An issued paper as it came back with signatures, examined and bound to the frozen one."""

    paper = models.ForeignKey(IssuedPaper, on_delete=models.PROTECT, related_name="signed_copies")
    sha256 = models.CharField(max_length=64)
    binding = models.CharField(max_length=10)
    signatures = models.JSONField()  # who, by which authority, when: as examined
    at = models.DateTimeField(_("lúc nhận"))
    by = models.CharField(_("người nhận"), max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "sha256"], name="signed_copy_once")]

    def __str__(self) -> str:
        return f"{self.paper.number} ({self.binding})"
