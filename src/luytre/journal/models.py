"""The nouns of the journal: Entry, Mention, Attachment, Aside, the Head of the chain; Findable. No foreign key leads upward."""

from django.db import models

from luytre.journal.vault import SealedJSON


class Entry(models.Model):
    """One fact, written once: who, what, when it was recorded (`at`) and which day it is about (`on`). Never edited."""

    seq = models.BigIntegerField(null=True, unique=True)  # its place in the chain, given by the sealer; without gaps
    verb = models.CharField(max_length=64)
    by = models.CharField(max_length=100)  # "person:…", "key:…", "citizen", "clock", "console"
    at = models.DateTimeField()  # the moment recorded: from here on it is known
    on = models.DateField()  # the day of the fact
    moment = models.DateTimeField(null=True)  # its moment, where the law counts hours
    detail = models.JSONField(default=dict)  # no personal data, no free text: these live in the Aside
    filed = models.BooleanField(default=False)  # told by a paper for something done outside
    retracts = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="retractions")
    aside_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)  # of this entry alone: a bundle for one body shows no foreign content
    link = models.CharField(max_length=64, blank=True)  # over the link before it, seq, id and digest

    class Meta:
        indexes = [
            models.Index(fields=["verb", "on"], name="entry_verb_on"),
            models.Index(fields=["at"], name="entry_at"),
            models.Index(fields=["id"], name="entry_unsealed", condition=models.Q(seq=None)),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.on:%d/%m/%Y}"


class Mention(models.Model):
    """Whom or what an entry concerns: "org:…", "system:…", "incident:…". A fact may concern many."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="mentions")
    thing = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "thing"], name="mention_once")]
        indexes = [models.Index(fields=["thing", "entry"], name="mention_thing")]

    def __str__(self) -> str:
        return self.thing


class Attachment(models.Model):
    """A file that proves an entry; its bytes lie under their SHA-256 in the data folder (journal.store)."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="attachments")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)  # may hold a person's name: the chain keeps only its salted digest
    salt = models.CharField(max_length=32)
    name_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class Aside(models.Model):
    """Personal data and free text of an entry. May be erased: the chain holds only its salted digest."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="aside")
    text = SealedJSON(null=True)
    salt = models.CharField(max_length=32, blank=True)
    erased_by = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="erasures")  # the act, with its order number

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aside_whole_or_erased",
                condition=models.Q(text__isnull=False, erased_by=None) | models.Q(text=None, salt="", erased_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"aside of {self.entry_id}"


class SignedHead(models.Model):
    """Where the chain ended at a moment, signed with the key of the installation: to be printed, or sent to another body."""

    day = models.DateField(db_index=True)
    seq = models.BigIntegerField()
    link = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)  # public, hexadecimal
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.seq}"


class Head(models.Model):
    """Where the chain ends: one row, moved by the sealer. Shows a tail cut off."""

    seq = models.BigIntegerField(default=0)
    link = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.seq} {self.link}"


class Findable(models.Model):
    """One thing that can be searched for, whatever it is: written with the acts (journal.findables), read through one question.

    A full-text index of the database lies over `words` and `kind` (migration 0002). On SQLite triggers keep it; a later migration that
    remakes this table must lay them again.
    """

    thing = models.CharField(max_length=120, unique=True)  # "org:…", "system:…", "person:…", "entry:…", "<noun>:…"
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300)  # the title without marks: what a name begins with
    words = models.TextField()  # every folded word it is found by, each once
    about = models.JSONField(default=list)  # refs: who may see one of these things may see this one
    on = models.DateField(null=True)
    path = models.CharField(max_length=200, blank=True)  # the address of its page, where the house does not know it by kind

    class Meta:
        indexes = [models.Index(fields=["kind", "folded"], name="findable_begins", opclasses=["varchar_ops", "varchar_pattern_ops"])]

    def __str__(self) -> str:
        return self.title


class FindableScope(models.Model):
    """Who may see a findable thing: the mark of a ref in its `about`, as a number, so that a reader of a thousand things is quick too."""

    findable = models.ForeignKey(Findable, on_delete=models.CASCADE, related_name="scopes")
    mark = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["mark", "findable"], name="findable_mark")]

    def __str__(self) -> str:
        return f"{self.mark} {self.findable_id}"
