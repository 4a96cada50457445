"""What stands on her card, her page and her calendar: her own words, and nothing of health, debts or harm.

Others may look at what she shows. Obstacles of that kind stay off even when she named them, unless her own free words
speak of them; on a shared telephone the calendar does not say what she will do.
"""

from __future__ import annotations

from datetime import time
from typing import Any

from bot.documents.agenda import Agenda, Appointment
from bot.documents.project import Card, Project
from bot.documents.shapes import NOTHING, Part
from bot.guidance import commitments
from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.strengths import find
from bot.guidance.wording import in_words
from bot.people.hours import zone

PRIVATE = frozenset({"salud", "trato", "dinero"})
"""Obstacles that are nobody else's business."""
MOST = 4


def card(person: Person) -> Card:
    """Raises `LookupError` while there is nothing to show."""
    say, matters = person.content.words, "importa"
    parts = {
        "have": Part(say("paper_have"), skills(person)),
        "like": Part(say("paper_like"), answer(person, "gusta")),
        "matters": Part(say("paper_matters"), answer(person, matters)),
        "goal": Part(say("paper_goal"), answer(person, "suenio")),
        "pathway": pathway(person),
        "step": Part(say("paper_steps"), steps(person)),
    }
    _ask_for_something(parts.values())
    return Card(say("paper_title"), person.name, **parts, foot=say("paper_foot"))


def project(person: Person) -> Project:
    """Raises `LookupError` while there is nothing to show."""
    say = person.content.words
    parts = {
        "have": Part(say("paper_have"), skills(person)),
        "like": Part(say("paper_like"), answer(person, "gusta")),
        "matters": Part(say("paper_matters"), answer(person, "importa")),
        "obstacles": Part(say("paper_obstacles"), obstacles(person)),
        "people": Part(say("paper_people"), answer(person, "apoyos")),
        "pathway": pathway(person),
        "plan": Part(say("paper_steps"), steps(person)),
    }
    future = (
        Part(say("paper_goal"), answer(person, "suenio")),
        Part(say("paper_three"), answer(person, "tres_anios")),
        Part(say("paper_five"), answer(person, "cinco_anios")),
    )
    _ask_for_something((*parts.values(), *future))
    return Project(say("paper_title"), person.name, **parts, future=future, foot=say("paper_foot"))


def agenda(person: Person) -> Agenda:
    """Raises `LookupError` while no step has a day."""
    shared = person.learner.phone != "own"
    dated = [one for one in commitments.open_ones(person.session, person.learner.id) if one.day]
    found = tuple(
        Appointment(
            uid=f"{one.id}-{person.learner.id[:12]}@rumbo",
            what=person.content.words("agenda_neutral") if shared else person.sealer.unseal(one.words),
            day=one.day,
            hour=time.fromisoformat(one.hour) if one.hour else None,
            place=person.sealer.unseal(one.place) if one.place and not shared else "",
        )
        for one in dated
        if one.day
    )
    if not found:
        raise LookupError("no step has a day")
    return Agenda(found, zone(person.learner.state), person.at)


def _ask_for_something(parts: Any) -> None:
    if not any(part.lines for part in parts):
        raise LookupError("she has not said anything that could stand there")


def skills(person: Person) -> tuple[str, ...]:
    """What she can do, found in what she has done."""
    known, guide = person.memory, person.content.guide.strengths
    told = ". ".join(known.words.get(q, "") for q in ("orgullo", "mejor_cosa"))
    done = known.answers.get("ha_hecho") or ()
    return tuple(one.skill.work for one in find(guide, done, told)[:MOST])


def answer(person: Person, question_id: str) -> tuple[str, ...]:
    """What she answered, a line each: titles of options, or her words."""
    question = questions(person.content).get(question_id)
    value = person.memory.answers.get(question_id)
    words = person.memory.words.get(question_id, "")
    if question is None or (value is None and not words):
        return ()
    chosen = value if isinstance(value, list) else [value]
    titles = tuple(option.title for option in question.options if option.id in chosen)
    return titles[:MOST] or (_capital(in_words(question, value, words, person.content)),)


def obstacles(person: Person) -> tuple[str, ...]:
    """What is in the way, but for what is private."""
    question = questions(person.content).get("estorbo")
    named = [o for o in person.memory.answers.get("estorbo") or () if o not in {*PRIVATE, "nada"}]
    return tuple(o.title for o in question.options if o.id in named) if question else ()


def pathway(person: Person) -> Part:
    chosen = person.content.pathways.get(person.learner.pathway or "")
    return Part(person.content.words("paper_pathway"), (chosen.title,)) if chosen else NOTHING


def steps(person: Person) -> tuple[str, ...]:
    """What she will do and when."""
    open_ones = commitments.open_ones(person.session, person.learner.id)
    mine = [one for one in open_ones if not commitments.is_goal(one)]  # what she saves is nobody else's business
    said = [(person.sealer.unseal(one.words), commitments.when(person.content, one)) for one in mine]
    return tuple(f"{_capital(what)} ({day})" if day else _capital(what) for what, day in said)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
