"""Where she is, from a location she shared and said yes to: for the services she looks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.content.library import Bubble, Content
from bot.content.models import Question, QuestionKind
from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.pages.base import Page, go, with_taps
from bot.guidance.pages.services import services
from bot.guidance.places import town_in
from bot.people.whereabouts import read
from bot.referrals.directory import NEEDS


def here(person: Person, value: str, message_id: int) -> list[Bubble]:
    """Services there for the need she named, or what she may need. `value`: "JAL: Zapopan". It becomes where she lives
    only while that is not known: she may be on the road."""
    found, learner = read(value), person.learner
    home = person.content.states.get(found.state) if found else None
    if found is None or home is None:
        return person.say("got_location")
    learner.state = learner.state or home.id
    if learner.state == home.id and learner.municipality is None:
        learner.municipality = town_in(home, found.name)
    if (need := person.saved("need")) in NEEDS:
        return services(person, f"{need}:{home.id}", message_id)
    return with_taps(person.say("here_kept", state=home.name), *_needs(person, home.id))


def _needs(person: Person, state: str) -> list[tuple[str, str]]:
    asked = (q for q in questions(person.content).values() if q.saves == "need")
    return [
        (o.title, go("services", f"{o.id}:{state}")) for question in asked for o in question.options if o.id in NEEDS
    ]


def elsewhere(person: Person, _: str, message_id: int) -> list[Bubble]:
    """It was not there: she can write where she is."""
    return person.say("here_not")


def lives_there(question: Question, tapped: Mapping[str, Any], content: Content) -> tuple[str, str] | None:
    """Where a question asks in which state she lives, her yes to a shared location is the answer: value and words."""
    found = read(str(tapped.get("v"))) if question.kind is QuestionKind.PLACE and tapped.get("page") == "here" else None
    return (found.state, found.name) if found and found.state in content.states else None


PAGES: dict[str, Page] = {"here": here, "here_not": elsewhere}
