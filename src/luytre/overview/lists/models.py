"""The noun of the lists: a view a person keeps. A convenience, not a fact: it stands in no journal."""

from django.db import models

from luytre.register.models import Person


class SavedView(models.Model):
    """Filters, order and words of one list under a name, for one person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    list = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "list", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
