"""Nouns of the doors: passwords once used, invitations, suspensions, networks let in for a while; the cache that servers share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.register.models import Account, Organisation, Person


class FormerPassword(models.Model):
    """A password an account has had, hashed as ever: its age, and that it does not come again."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passwords")
    hashed = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-set_at"], name="former_password_latest")]

    def __str__(self) -> str:
        return f"{self.account} {self.set_at:%d/%m/%Y}"


class Invitation(models.Model):
    """A letter with a link by which one person opens the one account (or sets a new password); the link is kept as a digest only."""

    person = models.ForeignKey(Person, verbose_name=_("cán bộ"), on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=100)
    sent_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person} {self.sent_at:%d/%m/%Y}"


class Suspension(models.Model):
    """An account kept from signing in, from when until it is lifted, and why."""

    class Why(models.TextChoices):
        UNUSED = "unused", _("lâu không dùng")
        DECIDED = "decided", _("người có quyền quyết định")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="suspensions")
    why = models.CharField(max_length=20, choices=Why.choices)
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], condition=models.Q(lifted_at=None), name="suspended_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.at:%d/%m/%Y}"


class Opening(models.Model):
    """A network let in by the staff door for a while, from the console: the way back in when the lists shut everyone out."""

    network = models.CharField(max_length=50)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.network


class Kept(models.Model):
    """The table of Django's database cache: counts of attempts and used one-time codes are the same for every server process."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "doors_kept"

    def __str__(self) -> str:
        return self.cache_key
