"""Nouns of the duty desk: who is on duty, what was told at which stage, which alarm somebody heard or put off."""

from django.db import models

from luytre.journal.models import Entry


class Reminder(models.Model):
    """A stage of a clock that was told: the unique key is what makes it once and never twice."""

    key = models.CharField(max_length=120, unique=True)  # incident, duty, event, stage
    incident = models.CharField(max_length=40, db_index=True)
    stage_at = models.DateTimeField()  # when it fell due
    sent_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key


class Shift(models.Model):
    """One person's time at the desk, from taking over to handing over; what was handed over in words lies in the aside of `handover`."""

    number = models.CharField(max_length=20, unique=True)  # "CT-2026-0012"
    desk = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    after = models.CharField(max_length=20, blank=True)  # the shift it follows
    handed_at = models.DateTimeField(null=True)
    to = models.CharField(max_length=80, blank=True)  # to whom, where somebody was named
    handover = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk"], condition=models.Q(handed_at=None), name="incident_shift_one_open"),
        ]
        indexes = [models.Index(fields=["desk", "-taken_at"], name="incident_shift_latest")]

    def __str__(self) -> str:
        return self.number


class Alarm(models.Model):
    """What somebody said to a ringing alarm; the alarm itself is worked out from reports, notices and clocks each time."""

    key = models.CharField(max_length=120, unique=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=80, blank=True)
    snoozed_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key
