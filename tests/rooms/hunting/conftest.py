"""The little province of the duties room serves here too."""

from ..duties.conftest import little, place, reading

__all__ = ["little", "place", "reading"]
