"""One line of JSON for each log record (LOG_FORMAT=json): machines read it, and it repeats nothing anybody typed."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_hex
from types import TracebackType

# What a proxy may name a request; anything else is somebody's text.
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Frames of an error that are written, those nearest to it.
FRAMES_MAX = 12

# None outside requests; "" until somebody asks for the id of one that came without.
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def begin(given: str) -> None:
    """A request begins, named by a trusted proxy or by nobody ("").

    It lasts until this thread's next one: Django writes its line about a failed one after every middleware.
    """
    _current.set(given if REQUEST_ID.fullmatch(given) else "")


def end() -> None:
    """This thread answers nobody now."""
    _current.set(None)


def request_id() -> str:
    """The id of the request this thread answers; "" outside of one. Most answers never need one made."""
    found = _current.get()
    if found == "":
        found = token_hex(16)
        _current.set(found)
    return found or ""


class JSONFormatter(logging.Formatter):
    """time, level, logger, request, message, and of an error its type and where it happened.

    What an exception says of itself is left out where it may quote a reader: during a request, and always when
    it comes from the database, which repeats whole rows. A query string is left out of every message.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _without_queries(record.getMessage()),
        }
        if _current.get() is not None:
            line["request"] = request_id()
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[1] is not None:
            line |= _told(record.exc_info[1], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _without_queries(text: str) -> str:
    # Word by word: one pattern for all of it takes seconds for an address of thousands of slashes.
    return re.sub(r"\S+", lambda word: _without_query(word[0]), text)


def _without_query(word: str) -> str:
    slash = word.find("/")
    end = word.find("?", slash)
    return word[:end] if -1 < slash < end else word


def _told(error: BaseException, trace: TracebackType | None) -> dict[str, object]:
    frames = traceback.extract_tb(trace)[-FRAMES_MAX:]
    told: dict[str, object] = {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if _current.get() is None and not _is_from_database(error):
        told["says"] = str(error)
    return told


def _is_from_database(error: BaseException) -> bool:
    modules = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return bool(modules & {"psycopg", "sqlite3"}) or type(error).__module__ == "django.db.utils"
