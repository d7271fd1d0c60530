"""Nouns of a case as the journal tells it: the incident, its entries, its clocks. All of it may be dropped and rebuilt."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.journal.models import Entry


class Incident(models.Model):
    """A case as the journal tells it: a projection, written anew from its entries whenever one is added. May be dropped and rebuilt."""

    code = models.CharField(_("số sự cố"), max_length=40, unique=True)  # "SC-2026-0137"
    title = models.CharField(_("sự cố"), max_length=200, blank=True)
    folded = models.CharField(max_length=200, blank=True)
    body = models.CharField(_("đơn vị"), max_length=80, db_index=True)
    system = models.CharField(_("hệ thống"), max_length=80, blank=True)
    level = models.PositiveSmallIntegerField(_("cấp độ"), null=True)
    type = models.CharField(_("loại"), max_length=20, blank=True)
    what = models.CharField(max_length=20, default="incident")
    severity = models.CharField(_("mức độ"), max_length=10, blank=True)
    computed = models.CharField(max_length=10, blank=True)
    serious = models.BooleanField(default=False)
    grave = models.BooleanField(default=False)
    personal_data = models.BooleanField(default=False)
    answers = models.CharField(max_length=300, blank=True)
    lead = models.CharField(_("phụ trách"), max_length=80, blank=True)
    on = models.DateField(_("ngày phát hiện"))
    detected_at = models.DateTimeField(_("phát hiện"))
    notified_at = models.DateTimeField(_("thông báo"), null=True)
    acknowledged_at = models.DateTimeField(_("bàn trực xác nhận"), null=True)
    reported_at = models.DateTimeField(_("báo cáo"), null=True)
    restored_at = models.DateTimeField(_("khôi phục"), null=True)
    explained_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(_("khép lại"), null=True)
    merged_into = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-detected_at"], name="incident_latest"),
            models.Index(fields=["body", "-detected_at"], name="incident_of_body"),
            models.Index(fields=["-detected_at"], name="incident_open", condition=models.Q(closed_at=None)),
            models.Index(fields=["on", "type"], name="incident_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def refs(self) -> list[str]:
        return [ref for ref in (self.body, self.system) if ref]

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def ended_at(self) -> datetime | None:
        return self.closed_at or self.restored_at


class Told(models.Model):
    """Which entry of the journal tells of which incident."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="told")
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.incident_id} {self.entry_id}"


class Progress(models.Model):
    """How far the journal has been read (its seq): one row."""

    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)


class Clock(models.Model):
    """One clock of the law that an incident set going, as the judge reads it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="clocks")
    duty = models.CharField(max_length=40)
    bearer = models.CharField(max_length=80)
    event = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # null: the law names no time
    done_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)  # answered after its time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "duty", "bearer", "event"], name="incident_clock_once")]
        indexes = [models.Index(fields=["due_at"], name="incident_clock_running", condition=models.Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.duty} {self.due_at}"
