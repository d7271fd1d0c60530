"""Nouns: a report of a body for a year, and the steps it took; each step is a record, the last one says how it stands."""

from django.db import models

from luytre.journal.vault import SealedJSON
from luytre.papers.models import IssuedPaper
from luytre.rooms.submissions import rules


class Report(models.Model):
    """One report or plan on its way. `paper`: data of the paper to be; `figures`: its numbers; `words`: a person's own."""

    kind = models.CharField(max_length=10)
    body = models.CharField(max_length=80, db_index=True)
    year = models.PositiveIntegerField()
    paper = models.TextField()
    figures = models.JSONField(default=dict)
    words = SealedJSON(null=True)
    known = models.DateTimeField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "body", "year"], name="submission_once")]
        indexes = [models.Index(fields=["kind", "year"], name="submission_of_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.body} {self.year}"

    @property
    def last(self) -> "Step | None":
        return max(self.steps.all(), key=lambda step: step.pk, default=None)

    @property
    def state(self) -> str:
        return self.last.name if self.last else rules.DRAFT


class Step(models.Model):
    """What somebody did with it. A sending holds the paper as it went out and the receipt."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    words = SealedJSON(null=True)  # points to mend
    paper = models.OneToOneField(IssuedPaper, null=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=20, blank=True, db_index=True)
    entry = models.BigIntegerField(null=True)  # of the journal: the evidence the sending is

    def __str__(self) -> str:
        return f"{self.report_id} {self.name}"
