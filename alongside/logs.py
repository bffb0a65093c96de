"""Log lines as JSON, with the request's or task's id and without personal data.

What people typed never gets into a line: no query strings, no addresses, and of an
error only its kind and place, because its message may quote a row. Log ids instead.
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")
task_id: ContextVar[str] = ContextVar("task_id", default="")

FACTS = (
    "method",
    "route",
    "status",
    "duration_ms",
    "audit_head",
)  # by ``extra``
_HIDDEN = (
    (re.compile(r"[^\s\"'<>()@]+@[\w.-]*\w"), "[address]"),
    (re.compile(r"\?[^\s\"']+"), "?[query]"),
    (re.compile(r"(/reset/key/)[^\s\"'/]+"), r"\1[key]"),
)


class JsonFormatter(logging.Formatter):
    """One record, one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_personal_data(_message(record)),
            "request_id": request_id.get(),
            "task_id": task_id.get(),
        }
        line |= {fact: getattr(record, fact) for fact in FACTS if hasattr(record, fact)}
        if record.exc_info and record.exc_info[1]:
            line |= _error(record.exc_info[1])
        return json.dumps({key: value for key, value in line.items() if value != ""}, default=str)


def without_personal_data(text: str) -> str:
    """The text with addresses, query strings and one-time keys cut out."""
    for pattern, stand_in in _HIDDEN:
        text = pattern.sub(stand_in, text)
    return text


def _message(record: logging.LogRecord) -> str:
    """The words of the line, without what is filled in where that may quote an error or a path."""
    if record.exc_info or hasattr(record, "request"):
        return str(record.msg).partition("%")[0].rstrip(": ") or "failed"
    return record.getMessage()


def _error(error: BaseException) -> dict[str, object]:
    """The kind of an error and where it came from, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
