"""Nouns: words a person wrote over the composed ones, and an issue: which figures went out, as known when, in which paper."""

from django.db import models

from luytre.journal.vault import SealedJSON
from luytre.papers.models import IssuedPaper


class Words(models.Model):
    """Commentary edited by a person, section by section; what is not edited is composed anew from the figures."""

    kind = models.CharField(max_length=20)  # "monthly"
    period = models.CharField(max_length=10)  # "2026-10"
    sections = SealedJSON(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "period"], name="report_words_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"


class Issue(models.Model):
    """A report that went out. With `known` its figures can be counted again; `figures` holds what they were, name → period → text."""

    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=10)
    known = models.DateTimeField()
    today = models.DateField()
    figures = models.JSONField()
    paper = models.OneToOneField(IssuedPaper, on_delete=models.PROTECT, related_name="+")
    annex_sha256 = models.CharField(max_length=64)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["kind", "period"], name="report_issue_period")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
