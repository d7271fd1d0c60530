"""Nouns: a hunt over systems of one body, its logs in sealed parts, its runs; leads and findings: a reading of those logs.

Names of files and what events say are sealed; what is searched and counted by (rule, host, level) stands in the open.
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.journal.models import Entry
from luytre.journal.vault import SealedJSON


class Hunt(models.Model):
    """One hunt of one body over a period: the logs of no other body ever come into it."""

    code = models.CharField(_("số"), max_length=20, unique=True)  # "SL-2026-0001"
    body = models.CharField(_("đơn vị"), max_length=80, db_index=True)
    from_on = models.DateField(_("từ ngày"))
    until_on = models.DateField(_("đến trước ngày"))
    weakness = models.CharField(_("trả lời điểm yếu số"), max_length=60, blank=True)
    at = models.DateTimeField(_("bắt đầu"))
    by = models.CharField(max_length=80)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")  # hunt.started
    completed = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="+")  # hunt.completed

    class Meta:
        indexes = [models.Index(fields=["-at"], name="hunt_latest")]

    def __str__(self) -> str:
        return self.code

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days


class Target(models.Model):
    """A system the hunt is over, with the hosts it is said to have."""

    hunt = models.ForeignKey(Hunt, on_delete=models.CASCADE, related_name="targets")
    system = models.CharField(max_length=80)
    hosts = SealedJSON()  # names as typed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hunt", "system"], name="hunt_target_once")]

    def __str__(self) -> str:
        return self.system


class Upload(models.Model):
    """One log file on its way in, or whole. Its bytes lie in parts, each sealed, under the hunt's own folder."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="uploads")
    name = SealedJSON()
    key = models.CharField(max_length=64)  # of target, name, size and time of change: the same file goes on where it stopped
    host = SealedJSON()  # the host it is of, where the log itself names none
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    modified_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the whole, worked out when it is first hunted through
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "key"], name="hunt_upload_once")]

    def __str__(self) -> str:
        return f"{self.pk} {self.received}/{self.size}"

    @property
    def is_whole(self) -> bool:
        return self.received >= self.size


class Part(models.Model):
    """A stretch of a file, as it came over the network."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    offset = models.BigIntegerField()
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="hunt_part_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.offset}"


class Run(models.Model):
    """One time the rules were run over a hunt's files, in a process of its own."""

    hunt = models.ForeignKey(Hunt, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)  # a sign of life of the process at work, by the machine's own clock
    attempts = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    done = models.BigIntegerField(default=0)  # bytes
    total = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    found = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # of inputs, rules and findings: the same logs and rules give the same
    summary = SealedJSON(null=True)  # the engine's own, with tallies and coverage

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hunt", "number"], name="hunt_run_number"),
            models.UniqueConstraint(fields=["hunt"], condition=models.Q(ended_at=None), name="hunt_one_run_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.hunt_id}/{self.number}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def is_good(self) -> bool:
        return self.is_over and not self.fault and self.cancelled_at is None

    @property
    def share(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


class Lead(models.Model):
    """One rule on one host in one run: what a person looks into and judges."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="leads")
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    level = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()  # 0 the gravest
    host = models.CharField(max_length=200)
    attack = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    why = SealedJSON()  # of the first finding
    advice = models.CharField(max_length=500, blank=True)
    verdict = models.CharField(max_length=12, blank=True)  # as the journal tells it
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")  # finding.triaged
    incident = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="hunt_lead_number")]
        indexes = [
            models.Index(fields=["run", "rank", "-count", "number"], name="hunt_lead_gravest"),
            models.Index(fields=["run", "verdict"], name="hunt_lead_verdict"),
            models.Index(fields=["run", "host"], name="hunt_lead_host"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}.{self.number}"

    @property
    def name(self) -> str:
        return f"{self.run.number}.{self.number}"


class Finding(models.Model):
    """One event on which a rule fired."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="findings")
    at = models.DateTimeField(null=True)
    told = SealedJSON()  # the engine's line: why, event, source

    def __str__(self) -> str:
        return f"{self.lead_id} {self.at}"


class Suppression(models.Model):
    """A rule not to be brought before people again at a body, on one host or all, until a day: with its entry in the journal."""

    body = models.CharField(max_length=80, db_index=True)
    rule = models.CharField(max_length=200)
    host = models.CharField(max_length=200, blank=True)  # "": every host of the body
    until_on = models.DateField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.body} {self.rule}"

    def is_in_force(self, on: date) -> bool:
        return on < self.until_on


class Kit(models.Model):
    """A field kit given out for one hunt: bundles it signs are taken, no others."""

    name = models.CharField(max_length=20, unique=True)
    hunt = models.ForeignKey(Hunt, on_delete=models.CASCADE, related_name="kits")
    public = models.CharField(max_length=64)  # Ed25519, in hex
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
