"""The nouns of the incidents room: what anyone tells, the case, the work on it, the duty desk."""

from luytre.rooms.incidents.models.cases import Clock, Incident, Progress, Told
from luytre.rooms.incidents.models.desk import Alarm, Reminder, Shift
from luytre.rooms.incidents.models.reports import Guess, Mail, MailName, Message, Report
from luytre.rooms.incidents.models.work import Asset, Cost, Evidence, Observable, Step, Task

__all__ = [
    "Alarm",
    "Asset",
    "Clock",
    "Cost",
    "Evidence",
    "Guess",
    "Incident",
    "Mail",
    "MailName",
    "Message",
    "Observable",
    "Progress",
    "Reminder",
    "Report",
    "Shift",
    "Step",
    "Task",
    "Told",
]
