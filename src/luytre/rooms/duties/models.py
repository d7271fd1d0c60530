"""The nouns of the projection: all of it may be dropped and rebuilt from law, register and journal. Filed evidence is journal entries."""

from django.db import models


class Numbered(models.Model):
    """A body's number in the projection: what the owner of a system is stored as."""

    ref = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.ref


class Slot(models.Model):
    """All that was ever held about one slot: spans on two time axes, packed (core.duty.columns). `turn` tells when it last changed."""

    ref = models.CharField(max_length=100)
    line = models.CharField(max_length=40)  # a duty id, or a mark: @type @confirmed @number @owner
    history = models.BinaryField()
    turn = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ref", "line"], name="slot_once")]
        indexes = [models.Index(fields=["turn"], name="slot_turn")]

    def __str__(self) -> str:
        return f"{self.line} {self.ref}"


class Projection(models.Model):
    """How far the projection has come: one row. `turn` counts its changes; files and memory are of some turn and catch up from there."""

    turn = models.BigIntegerField(default=0)
    base = models.BigIntegerField(default=0)  # by chance, anew with each rebuild: files and memory of another base are of no use
    law = models.CharField(max_length=64, blank=True)  # digest of the law it was judged by
    until = models.DateField(null=True)  # timelines reach this day
    entry = models.BigIntegerField(default=0)  # place in the chain of the last entry taken in
    stamp = models.BigIntegerField(default=0)  # by chance, anew with each turn: two turns with one number are told apart

    def __str__(self) -> str:
        return f"turn {self.turn}, entry {self.entry}"
