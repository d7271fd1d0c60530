"""The ledger of jobs: what ran for which day, when, and how it ended."""

from django.db import models


class JobRun(models.Model):
    """One run of a daily job. Its row is its right to run: who writes it first runs it."""

    job = models.CharField(max_length=40)
    slot = models.CharField(max_length=20)  # the day it is for
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="job_once_a_day", fields=["job", "slot"])]

    def __str__(self) -> str:
        return f"{self.job} {self.slot}"
