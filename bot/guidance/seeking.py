"""Who looks for work, from everything she has told: what she likes and can do, her schooling, her place, her hours."""

from __future__ import annotations

import re

from bot.content.work import Occupation
from bot.guidance import picks, traits
from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.occupations import LEVELS, Match, Seeker, Words, rank
from bot.guidance.wages import PayView, pay_of, zone_of

HOURS = "horas"
"""The question about her hours a day; its answers are such as "0-1", "2" or "5+"."""
LEAD = "te gusta "
"""How the phrases of what she may like begin."""


def seeker(person: Person) -> Seeker:
    """What is known of her; what is not counts for nothing."""
    guide, learner, known = person.content.guide, person.learner, person.memory
    level, said = person.saved("schooling"), str(known.answers.get(HOURS) or "")
    numbers = re.findall(r"\d+", said)
    return Seeker(
        interests=traits.interest(guide.interests, known).top,
        skills=frozenset(s.skill.id for s in traits.able(guide.strengths, known)),
        level=level if level in LEVELS else None,
        state=learner.state,
        age_band=learner.age_band,
        hours=float(numbers[-1]) if numbers else None,
        or_more=said.endswith("+"),
    )


def words(person: Person) -> Words:
    """How types, skills and states are called in reasons."""
    content, guide = person.content, person.content.guide
    names = {s.id: s.name for s in content.states.values()}
    kinds: dict[str, str] = {t.id: t.you for t in guide.interests.types}
    return Words(kinds, {s.id: s.you for s in guide.strengths.skills}, names, _liked(person))


def _liked(person: Person) -> dict[str, str]:
    """By type, what she ticked in the short question about what she likes; nothing after the 18 items."""
    rows, told, asked = person.content.guide.interests, person.memory, questions(person.content).get(traits.LIKED)
    ticked = told.answers.get(traits.LIKED)
    if asked is None or not isinstance(ticked, list) or traits.taps(rows, told):
        return {}
    said = {o.id: (o.phrase or o.title).removeprefix(LEAD) for o in asked.options if o.id in ticked}
    named = {t.id: [said[o] for o in said if t.id in rows.liked.get(o, ())] for t in rows.types}
    return {kind: rows.says["and"].join(likes) for kind, likes in named.items() if likes}


def found(person: Person) -> list[Match]:
    """The occupations she may do, what fits her best first."""
    return rank(person.content.guide.occupations, seeker(person), words(person))


def occupation(person: Person, wanted: str | None) -> Occupation | None:
    """An occupation by its id; None where an editor took it away."""
    return next((o for o in person.content.guide.occupations.occupations if o.id == wanted), None)


def picked(person: Person) -> Occupation | None:
    """The occupation she picked."""
    return occupation(person, picks.picked(person, picks.OCCUPATION))


def pay(person: Person, row: Occupation) -> PayView:
    """What people report beside the legal minimum, in her state and zone."""
    wages, learner = person.content.guide.wages, person.learner
    home = person.content.states.get(learner.state or "")
    zone = zone_of(wages, learner.state, learner.municipality)
    return pay_of(wages, row, zone, learner.state, home.name if home else "")
