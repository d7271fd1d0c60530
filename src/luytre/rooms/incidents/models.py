"""Nouns: a report by anyone and what is said in it, a mail taken in, the incident and its clocks as read from the journal, tasks, evidence.

Free text and personal data lie in the asides of journal entries; here stand references, moments and choices.
"""

from datetime import datetime

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


class Reminder(models.Model):
    """A stage of a clock that was told: the unique key is what makes it once and never twice."""

    key = models.CharField(max_length=120, unique=True)  # incident, duty, event, stage
    incident = models.CharField(max_length=40, db_index=True)
    stage_at = models.DateTimeField()  # when it fell due
    sent_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key


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
