"""Everything that reads the text of a learner, one function each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from bot.care.safety import assess
from bot.config import ROOT
from bot.content.library import Content, load
from bot.guidance.answers import parse
from bot.guidance.days import day
from bot.language import fold, words
from bot.messages.choices import name
from bot.people.masking import mask

TODAY = date(2026, 11, 22)


@cache
def content() -> Content:
    """What Rumbo says, as it is shipped."""
    return load(ROOT / "content", "es-MX")


def answers(text: str) -> None:
    """As an answer to one question of each kind."""
    questions = {q.kind: q for i in content().interviews.values() for q in i.questions}
    for question in questions.values():
        parse(question, text, TODAY, content().states)


READERS: dict[str, Callable[[str], object]] = {
    "fold": fold,
    "words": words,
    "mask": mask,
    "assess": assess,
    "name": lambda text: name(text, ["Sí", "No", "Buscar un empleo"]),
    "day": lambda text: day(text, TODAY),
    "parse": answers,
}
