"""Nouns: a letter in the outbox, and each try to deliver it. Where a letter stands is told by moments, never by a flag."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """By which way a letter goes out."""

    MAIL = "mail", _("thư điện tử")
    SMS = "sms", _("tin nhắn")
    WEBHOOK = "webhook", _("máy nhận (webhook)")


UNSETTLED = models.Q(sent_at=None, refused_at=None, cancelled_at=None)  # nothing final has been said about the letter
WAITING = UNSETTLED & models.Q(carried_by=None)  # … and no digest carries it


class Letter(models.Model):
    """Something to be told to one address. Written by whoever has cause, in that transaction; delivered by the worker."""

    key = models.CharField(max_length=200, unique=True)  # the same matter told to the same one: one letter, however often it is sent
    channel = models.CharField(max_length=10, choices=Channel.choices)
    to = models.CharField(_("tới"), max_length=500)
    subject = models.CharField(_("trích yếu"), max_length=300, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    html = models.TextField(blank=True)
    urgent = models.BooleanField(_("hỏa tốc"), default=False)  # goes out in quiet hours too, and never waits for a digest
    person = models.CharField(max_length=80, blank=True)  # "person:<code>": non-urgent letters of one person go out once a day
    topic = models.CharField(max_length=60, blank=True)
    written_at = models.DateTimeField()
    message_id = models.CharField(max_length=120, unique=True)  # made of the key: a letter sent again is the same message

    # -- on its way --
    next_at = models.DateTimeField(null=True)  # not before; empty: at once
    tries = models.PositiveIntegerField(default=0)
    claimed_by = models.CharField(max_length=40, blank=True)
    claimed_until = models.DateTimeField(null=True)
    carried_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="carries")  # the digest it goes in

    # -- what became of it --
    sent_at = models.DateTimeField(null=True)  # the next server has taken it
    refused_at = models.DateTimeField(null=True)  # refused for good, or given up
    bounced_at = models.DateTimeField(null=True)  # taken, and returned later
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="post_waiting", condition=WAITING),
            models.Index(fields=["person", "sent_at"], name="post_person_sent"),
            models.Index(fields=["to", "-id"], name="post_to"),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.to}"


class Try(models.Model):
    """One try to deliver a letter, or what came back about it."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("đã chuyển tới máy chủ nhận")
        LATER = "later", _("chưa nhận, sẽ gửi lại")
        NEVER = "never", _("không nhận")
        DELAYED = "delayed", _("máy chủ báo chậm")
        BOUNCED = "bounced", _("bị trả lại")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    code = models.CharField(max_length=20, blank=True)
    says = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["letter", "id"], name="post_try_letter")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.outcome} {self.code}"
