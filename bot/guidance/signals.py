"""What the suggestion listens to: her answers, where several blocks speak of the same thing brought together.

Pure. What was asked in depth takes the place of the quick question: six rounds on what matters stand for the one
question `importa`, and 18 items on what she likes for the answers of `gusta` that speak of one type only. What is asked
in two blocks, such as obstacles, is one list. Nothing is added that she did not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.content.blocks import INTEREST, VALUE
from bot.content.guide import Guide
from bot.guidance import interests
from bot.guidance.interests import strongest
from bot.guidance.pathways import listed
from bot.guidance.strengths import spoken_of
from bot.guidance.values import weigh

MATTERS, LEAST, LIKES, TYPES, LIVED, HINDERS, HOURS = "importa", "menos", "gusta", "tipos", "vivido", "estorbo", "horas"
TOLD = ("orgullo", "mejor_cosa", "te_piden")
CARE, MUCH, MUCH_CARE = "cuidado_diario", "mucho", 8.0
"""So many hours a day of care and housework without pay are much."""
DAY = ((1, "0-1"), (2, "2"), (3, "3"), (4, "4"))


def signals(guide: Guide, answers: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """The answers with what they say together. `words`: what she wrote freely, by question."""
    rounds = matters(guide, answers)
    types = liked_types(guide, answers)
    told = ". ".join(words[q] for q in TOLD if q in words)
    found = dict(answers) | {
        LIVED: [e.id for e in spoken_of(guide.strengths, told)],
        HINDERS: list(dict.fromkeys([*listed(answers.get(HINDERS)), *listed(answers.get("estorbo_grande"))])),
        HOURS: answers.get(HOURS) or hours_said(answers.get("ct_horas")),
        CARE: MUCH if any(_hours(answers.get(q)) >= MUCH_CARE for q in ("horas_cuidado", "bl_horas")) else None,
    }
    if rounds[0]:
        found |= {MATTERS: list(rounds[0]), LEAST: list(rounds[1])}
    if types:
        found |= {TYPES: list(types), LIKES: _rest(guide, answers.get(LIKES))}
    return found


def _hours(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def hours_said(hours: Any) -> str | None:
    """A number of hours as the question on her time has it: "0-1", "2" … "5+"."""
    if not isinstance(hours, int | float):
        return None
    return next((name for most, name in DAY if hours <= most), "5+")


def matters(guide: Guide, answers: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What matters most and least over the rounds she did; a round that has changed since is left out."""
    picks = {}
    for number, shown in enumerate(guide.values.rounds):
        said = answers.get(f"{VALUE}{number}")
        if isinstance(said, list) and len(set(said)) == 2 and set(said) <= set(shown):
            picks[number] = (said[0], said[1])
    found = weigh(guide.values, picks)
    return found.most, found.least


def liked_types(guide: Guide, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The types that stand out over the 18 items; none while they were not asked or are all alike."""
    known, taps = {item.id for item in guide.interests.items}, {tap.id for tap in guide.interests.taps}
    said = {q.removeprefix(INTEREST): v for q, v in answers.items() if q.startswith(INTEREST)}
    given = {item: tap for item, tap in said.items() if item in known and tap in taps}
    return strongest(interests.score(guide.interests, given).scores) if given else ()


def _rest(guide: Guide, liked: Any) -> list[Any]:
    """The quick answers that speak of more than one type, such as cooking."""
    return [answer for answer in listed(liked) if len(guide.interests.liked.get(answer, ())) != 1]


def named(guide: Guide) -> dict[str, set[str]]:
    """What a reason may look at besides the answers of a question: name -> values."""
    values = {v.id for v in guide.values.values}
    lived = {e.id for e in guide.strengths.experiences}
    return {MATTERS: values, LEAST: values, TYPES: {t.id for t in guide.interests.types}, LIVED: lived, CARE: {MUCH}}
