"""Nouns of what anyone tells: a report, what is said in it, a mail taken in, a wrong guess.

Free text and personal data lie in the asides of journal entries; here stand references, moments and choices.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.journal.models import Entry


class Report(models.Model):
    """What somebody told us, before anybody knew whose it was. The reporter follows it by its code and four words."""

    class Channel(models.TextChoices):
        WEB = "web", _("trang báo sự cố")
        MAIL = "mail", _("thư điện tử")
        PHONE = "phone", _("điện thoại")
        STAFF = "staff", _("cán bộ")
        API = "api", _("máy gửi")

    code = models.CharField(_("mã biên nhận"), max_length=9, unique=True)
    words = models.CharField(max_length=160, blank=True)  # slow hash of the four words; empty: nobody follows it
    token = models.CharField(max_length=64, unique=True, null=True)  # of the form or the machine: the same one sent twice is one report
    channel = models.CharField(_("nơi nhận"), max_length=10, choices=Channel.choices)
    kind = models.CharField(_("chuyện gì"), max_length=20, blank=True)  # verbs.incident_report.KINDS
    happened = models.CharField(_("xảy ra khi nào"), max_length=10, blank=True)
    damage = models.CharField(_("thiệt hại"), max_length=10, blank=True)
    language = models.CharField(max_length=5, default="vi")
    received_at = models.DateTimeField(_("lúc nhận"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")  # its aside holds what was told
    desk = models.CharField(max_length=80)  # the body whose duty desk received it
    hint = models.CharField(max_length=80, blank=True)  # the body a poster named
    contact_mark = models.CharField(max_length=64, blank=True, db_index=True)  # keyed digest of telephone or mail, for limits

    # -- what became of it --
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=80, blank=True)
    body = models.CharField(max_length=80, blank=True, db_index=True)  # attached to
    incident = models.CharField(max_length=40, blank=True, db_index=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)  # verbs.incident_report.REASONS, where no incident came of it

    class Meta:
        indexes = [
            models.Index(fields=["-received_at"], name="incident_report_latest"),
            models.Index(fields=["received_at"], name="incident_report_new", condition=models.Q(taken_at=None, ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.code


class Message(models.Model):
    """One thing said within a report after its beginning: by the reporter, or to the reporter."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    by_reporter = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.at}"


class Mail(models.Model):
    """A mail that was taken in, whatever became of it: no text, only what tells it from another one."""

    digest = models.CharField(max_length=64, db_index=True)  # of sender, subject, text and files
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=300, blank=True)
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="mails")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} {self.outcome}"


class MailName(models.Model):
    """A Message-ID a thread goes by: of a mail we took in, one it answers, or one we sent."""

    name = models.CharField(max_length=64, db_index=True)  # SHA-256 of the Message-ID
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="names")
    own = models.BooleanField(default=True)  # of the thread itself; else only referred to
    digest = models.CharField(max_length=64, blank=True)  # the mail that bore it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "report"], name="incident_mail_name_once")]

    def __str__(self) -> str:
        return self.name


class Guess(models.Model):
    """A try to open a report with wrong words, for the limit; thrown away after an hour."""

    code = models.CharField(max_length=9, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} {self.at}"
