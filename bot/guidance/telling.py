"""What is said to an answer at once, such as a hint how to say it even better: a question names one with `tells:`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.content.library import Bubble
from bot.guidance import goals, rehearsing, venture
from bot.guidance.facts import Person
from bot.guidance.kept import Kept
from bot.guidance.numbers import times_a_month

Teller = Callable[[Person, Kept], list[str]]
"""Sentences to one answer, one a bubble; none when there is nothing to say. Called after it is kept."""


def monthly(person: Person, kept: Kept) -> list[str]:
    """What an amount said by the week or the day makes in a month."""
    if times_a_month(kept.said) == 1:
        return []
    return [person.content.words("monthly", pesos=f"{kept.value:,.0f}")]


TELLERS: Mapping[str, Teller] = {
    "margin": venture.margin,
    "monthly": monthly,
    "practice": rehearsing.told,
    "practice_again": rehearsing.told_again,
    "put_away": goals.told,
    "taken_out": goals.told_taken,
}


def tell(person: Person, kept: Kept) -> list[Bubble]:
    """What is said to this answer before the next question. Nothing to one that she skipped."""
    teller = TELLERS.get(kept.question.tells or "")
    return [Bubble(text, content_id=kept.question.id) for text in teller(person, kept)] if teller and kept.value else []
