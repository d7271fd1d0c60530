"""Nouns: a matter followed, a notice (one digest to one person on one day), what was told in it, its acknowledgement."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rung(models.TextChoices):
    """The rungs of the law's ladder, from below."""

    CONTACT = "contact", _("cán bộ đầu mối")
    HEAD = "head", _("người đứng đầu")
    COORDINATOR = "coordinator", _("cơ quan đầu mối")
    CHAIR = "chair", _("Chủ tịch UBND tỉnh")


class Followed(models.Model):
    """A duty of a body or system that is due or late, followed until it is closed. Its status is the judge's and not kept here."""

    duty = models.CharField(max_length=40)
    ref = models.CharField(max_length=80)
    window = models.CharField(max_length=40)
    due_on = models.DateField()
    answerable = models.CharField(max_length=80, blank=True)  # the body whose people are told, as last judged
    closed_on = models.DateField(null=True)  # done, waived, moved, or no longer owed

    class Meta:
        constraints = [models.UniqueConstraint(name="followed_once", fields=["duty", "ref", "window", "due_on"])]
        indexes = [models.Index(fields=["ref", "duty"], name="followed_ref")]

    def __str__(self) -> str:
        return f"{self.duty} {self.ref} {self.due_on}"

    @property
    def named(self) -> tuple[str, str, str, date]:
        """The key of the matter."""
        return self.duty, self.ref, self.window, self.due_on


class Notice(models.Model):
    """One digest to one person on one day; its letter lies in the post under `key`."""

    person = models.CharField(max_length=80)  # "person:<code>"
    on = models.DateField()
    at = models.DateTimeField()
    seq = models.BigIntegerField(default=0)  # how far the journal had come: what changed since is looked at again when the letter leaves
    asked_by = models.CharField(max_length=80, blank=True)  # who asked for it; empty: the round of the day
    note = models.TextField(blank=True)  # what who asked wrote

    class Meta:
        constraints = [models.UniqueConstraint(name="one_notice_a_day", fields=["person", "on"], condition=models.Q(asked_by=""))]
        indexes = [models.Index(fields=["-on", "-id"], name="notice_latest")]

    def __str__(self) -> str:
        return f"{self.person} {self.on}"

    @property
    def key(self) -> str:
        return f"reminder:{self.pk}"


class Told(models.Model):
    """A matter told to a person at a rung; or a gap: nobody could be told there, and why."""

    class Gap(models.TextChoices):
        NOBODY = "nobody", _("chưa có người giữ vị trí này")
        NO_ADDRESS = "no_address", _("chưa có địa chỉ thư")
        DEAD = "dead", _("địa chỉ thư bị trả lại")

    matter = models.ForeignKey(Followed, on_delete=models.CASCADE, related_name="tellings")
    rung = models.CharField(max_length=20, choices=Rung.choices)
    person = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    again = models.BooleanField(default=False)  # said before; a step of the ladder is told once
    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="tellings")
    gap = models.CharField(max_length=20, choices=Gap.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="step_told_once", fields=["matter", "rung", "person"], condition=models.Q(again=False)),
            models.CheckConstraint(name="told_or_gap", condition=models.Q(notice=None) ^ models.Q(gap="")),
        ]
        indexes = [models.Index(fields=["matter", "rung"], name="told_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.rung} {self.person or self.gap}"


class Acknowledgement(models.Model):
    """The person told has said: received, being dealt with."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="acknowledgement")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.notice_id} {self.at}"
