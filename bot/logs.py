"""Log lines: who wrote them, ids, and of an error its kind and its place.

An error's own words may quote a person's (a value that cannot be read, a row that the database refuses), so they
stand in a log only where they speak of the machine or are ours.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from traceback import format_tb
from types import TracebackType
from typing import TypeAlias

from bot.config import RumboError

TELLING = (OSError, RumboError)
"""Errors whose words are no person's: of files and lines, and our own."""
LOUD = ("httpx", "httpcore", "twilio", "alembic", "rasa_sdk")
_Raised: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
"""As logging has it."""


class Discreet(logging.Formatter):
    """As usual, but of an error only what `told` tells."""

    def formatException(self, ei: _Raised) -> str:
        return "\n".join(told(ei[1])) if ei[1] else ""


def told(error: BaseException) -> Iterator[str]:
    """The places in our code and the kind of every error that led to this one, the first one first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from told(before)
    yield "Traceback (most recent call last):"  # as Python has it, for whoever looks for it in a log
    yield "".join(format_tb(error.__traceback__)).rstrip()
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    yield f"{kind}: {error}" if isinstance(error, TELLING) else kind


def to_stderr() -> None:
    """Every process of ours logs like this."""
    lines = logging.StreamHandler()
    lines.setFormatter(Discreet("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[lines])
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _last_words


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What ends a process is told like any other error."""
    logging.getLogger("rumbo").critical("stopped", exc_info=(kind, error, trace))
