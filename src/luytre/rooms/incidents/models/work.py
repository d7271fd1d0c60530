"""Nouns of the work on a case: tasks, steps of the process, assets with their state, costs, traces, evidence. Words lie in asides."""

from django.db import models

from luytre.journal.models import Entry


class Task(models.Model):
    """One thing to do in a case; its words lie in the aside of the entry that set it."""

    incident = models.CharField(max_length=40, db_index=True)
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=10)
    step = models.CharField(max_length=60, blank=True)  # of a playbook: "encryption.handle.2"
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=80, blank=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="incident_task_once")]

    def __str__(self) -> str:
        return f"{self.incident} {self.number}"


class Observable(models.Model):
    """An address, name, digest or weakness read out of what was told, as it is known everywhere (not defanged)."""

    incident = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=300)
    known_good = models.CharField(max_length=120, blank=True)  # the warning list it stands on
    first_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "kind", "value"], name="incident_observable_once")]
        indexes = [models.Index(fields=["kind", "value"], name="incident_observable_value")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Evidence(models.Model):
    """A file or thing kept as proof; who holds it is told by its handings-over."""

    incident = models.CharField(max_length=40, db_index=True)
    number = models.PositiveIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    holder = models.CharField(max_length=80)
    offered_to = models.CharField(max_length=80, blank=True)  # handed over, not yet accepted

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="incident_evidence_once")]

    def __str__(self) -> str:
        return f"{self.incident} {self.number}"


class Step(models.Model):
    """A step of the process of the law that was completed, once."""

    incident = models.CharField(max_length=40, db_index=True)
    step = models.CharField(max_length=20)  # verbs.incident.STEPS
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "step"], name="incident_step_once")]

    def __str__(self) -> str:
        return f"{self.incident} {self.step}"


class Asset(models.Model):
    """A machine, account, data that the incident touched, in the state told last; its name lies in the aside of its first entry."""

    incident = models.CharField(max_length=40, db_index=True)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    system = models.CharField(max_length=80, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="incident_asset_once")]

    def __str__(self) -> str:
        return f"{self.incident} {self.number}"


class Cost(models.Model):
    """What the incident cost, in thousand đồng; for what lies in the aside."""

    incident = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=20)
    amount = models.PositiveBigIntegerField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.incident} {self.amount}"
