"""The nouns of the feeds: an address that was opened, and each event that ever went out under it. No secret is stored."""

from django.db import models

from luytre.register.models import Organisation, Person


class Feed(models.Model):
    """A calendar's address. Its secret is made from the number and `nonce` with the key of the installation; closing it is for good."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # who opened it, and may close it
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")  # none: all of the person's
    nonce = models.CharField(max_length=32)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)  # when its events were last compared with what the judge says
    fetched_at = models.DateTimeField(null=True)  # when a phone last asked

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(closed_at=None, organisation__isnull=False),
                name="feed_of_body_open_once",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(closed_at=None, organisation=None), name="feed_of_person_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.person} {self.organisation or ''}"


class Event(models.Model):
    """One due day as it last went out. Kept when it is called off, so that a phone hears of it and the sequence never goes back."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField(default=0)
    on = models.DateField()
    title = models.CharField(max_length=300)
    says = models.TextField()
    path = models.CharField(max_length=400)
    is_cancelled = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="feed_event_once")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.title}"
