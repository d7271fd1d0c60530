"""What goes to standard error: one JSON object a line, so that nothing a person sends can pass for a line of its own.

At which moment (UTC), how grave, from where, what, and the trace where there is one. Long runs of letters and figures that may be a
secret in an address (calendar, invitation, receipt) are cut down to their beginning.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

SECRET = re.compile(r"(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*[0-9])([A-Za-z0-9_-]{4})[A-Za-z0-9_-]{16,}")
LONGEST = 4000  # letters of what is said; a trace may be longer


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname, "from": record.name, "says": masked(record.getMessage())[:LONGEST]}
        if record.exc_info and record.exc_info[1]:
            said["trace"] = masked(trace(record.exc_info[1]))
        return json.dumps(said, ensure_ascii=True)


def masked(text: str) -> str:
    return SECRET.sub(r"\1…", text)


def trace(fault: BaseException) -> str:
    """Where it went wrong, without the values that were at work there."""
    return "".join(traceback.format_exception(fault))
