"""An answer on its way to be kept as something besides itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.content.models import Question
from bot.guidance.facts import Person


@dataclass(frozen=True)
class Kept:
    """`value` as parsed, `words` as a person would say it, `said` as it came."""

    question: Question
    value: Any
    words: str
    message_id: int
    said: str = ""


Recorder = Callable[[Person, Kept], bool]
"""Keeps an answer. True asks the same question again, with what comes next in it."""
