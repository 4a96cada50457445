"""How a question looks: what can be tapped under it, and an answer said back in words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.content.library import Bubble, Content
from bot.content.models import Interview, Question, QuestionKind
from bot.guidance import followup, journey
from bot.guidance.answers import is_own, tap
from bot.guidance.days import spoken
from bot.guidance.facts import Person
from bot.guidance.hours import spoken_hour
from bot.guidance.tables import Run

Buttons = tuple[tuple[str, str], ...]
MOST = 10
"""Buttons under one bubble."""


def buttons(content: Content, question: Question, run: Run) -> Buttons:
    """Taps that answer: the options, a scale; for open kinds, after two answers that did not fit, the likely ones."""
    if question.kind is QuestionKind.MULTI:
        left = tuple((o.title, tap(question.id, o.id)) for o in question.options if o.id not in run.picks)
        done = ((content.words("button_done"), tap(question.id, "_done")),) if run.picks else ()
        return (*left[:9], *done)
    if question.options:
        return tuple((o.title, tap(question.id, o.id)) for o in question.options if o.id not in run.picks)
    if question.kind is QuestionKind.SCALE:
        return tuple((str(n), tap(question.id, n)) for n in range(int(question.min), int(question.max) + 1))
    return _likely(question, run) if run.tries >= 2 else ()


def bubbles(person: Person, question: Question, run: Run, more: Buttons) -> list[Bubble]:
    """A question as it is asked, with what can be tapped under it and the ways out."""
    texts = [person.fill(text) for text in question.text]
    if question.kind is QuestionKind.BEST_WORST and run.picks:
        texts = [person.content.words("best_worst_least")]
    content_id = f"{run.interview}.{question.id}"
    taps = (
        *buttons(person.content, question, run),
        *(followup.do_now(person, run.about) if question.saves == "outcome" else ()),
    )
    said = [Bubble(text, content_id=content_id) for text in texts]
    looks = tuple((look.title, f"/{look.go}") for look in question.looks)
    return [*said[:-1], Bubble(texts[-1], (*taps, *looks, *more)[:MOST], content_id)]


def least(content: Content, question: Question, run: Run) -> list[Bubble]:
    """After the one that matters most: which of the rest matters least."""
    return [Bubble(content.words("best_worst_least"), buttons(content, question, run), "best_worst_least")]


def _likely(question: Question, run: Run) -> Buttons:
    if question.kind is QuestionKind.NUMBER:
        return tuple((str(n), tap(question.id, n)) for n in (1, 2, 4, 8) if question.min <= n <= question.max)
    if question.kind is QuestionKind.DATE:
        return tuple((title, tap(question.id, title.lower())) for title in ("Hoy", "Mañana", "El lunes", "El sábado"))
    if question.kind is QuestionKind.PLACE:
        near = (
            "Estado de México",
            "Ciudad de México",
            "Jalisco",
            "Puebla",
            "Nuevo León",
            "Coahuila",
            "Chihuahua",
            "Quintana Roo",
        )
        return tuple((title, tap(question.id, title)) for title in near)
    return ()


def ways_out(content: Content, question: Question, mine_of: int | None, skip: bool) -> Buttons:
    """The ways out: "that was my answer", and skipping."""
    own = ((content.words("button_mine"), mine(question, mine_of)),) if mine_of else ()
    return (*own, *(((content.words("button_skip"), "/skip_question"),) if skip else ()))


def mine(question: Question, message_id: int) -> str:
    """A payload that takes an earlier message as the answer; her words stay in that message."""
    return "/answer" + json.dumps({"q": question.id, "m": message_id})


def picked(content: Content, question: Question, run: Run) -> list[Bubble]:
    """After a tick: the rest of the options and "Listo"."""
    return [Bubble(content.words("picked"), buttons(content, question, run), "picked")]


def together(question: Question, picks: list[str]) -> list[str]:
    """What was ticked, each once; one that stands alone counts for all when it came last, and for nothing before."""
    alone = {option.id for option in question.options if option.alone}
    if picks[-1] in alone:
        return picks[-1:]
    return [pick for pick in dict.fromkeys(picks) if pick not in alone]


def after(person: Person, interview: str) -> Buttons:
    """Under the last words of a block after which none follows by itself; after a plan also what her way offers."""
    if interview == journey.FIRST:
        return ()  # she did not agree: nothing is offered
    messages = person.content.messages
    message = messages.get(f"after_{interview}", messages["after"])
    ways = of_her_way(person) if message is messages["after"] or interview == journey.COMMITMENTS else ()
    said = tuple((b.title, f"/{b.go}") for b in message.buttons)
    return (*followup.did_it(person, interview), *ways, *said)[:MOST]


def of_her_way(person: Person) -> Buttons:
    """What there is to do on the way she chose, such as looking at occupations; nothing before she has chosen."""
    message = person.content.messages.get(f"way_{person.learner.pathway}")
    return tuple((b.title, f"/{b.go}") for b in message.buttons) if message else ()


def mended(person: Person, interview: Interview) -> list[Bubble]:
    """After an answer was changed: the block's own words, where it has some."""
    own = f"mended_{interview.id}"
    return person.say(own if own in person.content.messages else "mended")


def in_words(question: Question, value: Any, words: str, content: Content) -> str:
    """An answer as a person would say it: her own words, an option's phrase, a state's name, a day."""
    if question.kind is QuestionKind.TEXT or value is None:
        return words.strip()
    if is_own(question, value):
        return words.strip()
    if question.kind is QuestionKind.PLACE:
        return content.states[value].name
    if question.kind is QuestionKind.DATE:
        return spoken(date.fromisoformat(value))
    if question.kind is QuestionKind.TIME:
        return spoken_hour(value)
    if question.kind is QuestionKind.BEST_WORST:
        best, worst = ([*_phrases(question, [v]), "—"][0] for v in (value[0], value[-1]))
        return content.words("best_worst_said", best=best, worst=worst)
    if question.kind in (QuestionKind.NUMBER, QuestionKind.SCALE):
        return _counted(question, value) or words.strip()
    return ", ".join(_phrases(question, value if isinstance(value, list) else [value])) or words.strip()


def _counted(question: Question, value: float) -> str:
    """A number as its option says it, else the number."""
    named = next((o.title for o in question.options if o.id.isdecimal() and float(o.id) == value), "")
    return named or f"{value:g}"


def _phrases(question: Question, chosen: list[Any]) -> list[str]:
    return [o.phrase or o.title for o in question.options if o.id in chosen]
