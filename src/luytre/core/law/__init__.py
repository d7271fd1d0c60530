"""The law as data: reads law/ into instruments, dated parameters, readings and calendars; refuses faults with file and line."""

from luytre.core.law.load import digest, home, load
from luytre.core.law.model import Duty, Instrument, Law, LawFault, Version

__all__ = ["Duty", "Instrument", "Law", "LawFault", "Version", "digest", "home", "load"]
