"""The next money tip for her, what she says to it, and later whether she did it."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import tip_followup
from bot.guidance.facts import Person, tip_text
from bot.guidance.memory import questions
from bot.guidance.pages.base import Page, busy, go, with_taps


def tip(person: Person, _: str, message_id: int) -> list[Bubble]:
    """The next tip, to be answered with a tap; the same until she has answered it."""
    found = person.tip()
    if found is None:
        return person.say("tip_none_left")
    if busy(person):
        return [Bubble(tip_text(person), content_id="tip")]
    taps = tuple((title, go("tip_answer", f"{found.id}:{said}")) for said, title in _answers(person).items())
    asked = Bubble(person.content.words("tip_try"), taps, "tip_try")
    return [Bubble(tip_text(person), content_id="tip"), asked]


def _answers(person: Person) -> dict[str, str]:
    """What can be said to a tip, id and title: the options of the question that keeps it."""
    asked = (q for q in questions(person.content).values() if q.saves == "tip")
    return {option.id: option.title for question in asked for option in question.options}


def answer(person: Person, told: str, message_id: int) -> list[Bubble]:
    """She will try it, or not. `told`: "ahorro_meta:lo_intento"."""
    name, _, said = told.partition(":")
    if name not in person.content.tips or said not in _answers(person):
        return tip(person, "", message_id)
    tip_followup.answer(person, name, said)
    if said != tip_followup.TRIES:
        return person.say("tip_left")
    return person.say("tip_taken") if person.learner.may_remind else person.say("tip_taken_quiet")


def asked(person: Person, name: str, message_id: int) -> list[Bubble]:
    """The question itself, opened by her on a shared telephone."""
    found = person.content.tips.get(name)
    if found is None:
        return person.say("nothing_open")
    return [Bubble(found.ask_later, tip_followup.answers(person, found), "tip_asked")]


def done(person: Person, name: str, message_id: int) -> list[Bubble]:
    """She did it: one line, and the next."""
    kept = tip_followup.tell(person, name, tip_followup.DONE)
    return _and_another(person, person.say("tip_done")) if kept else person.say("nothing_open")


def not_yet(person: Person, name: str, message_id: int) -> list[Bubble]:
    """Nothing to scold: a smaller step, by the topic of the tip."""
    if not tip_followup.tell(person, name, tip_followup.NOT_YET):
        return person.say("nothing_open")
    found = person.content.tips.get(name)
    if found is None:
        return _and_another(person, person.say("tip_left"))
    smaller = person.content.guide.money.smaller[found.topic]
    return _and_another(person, person.say("tip_not_yet", step=smaller))


def _and_another(person: Person, said: list[Bubble]) -> list[Bubble]:
    """With the next tip, while there is one."""
    if person.tip() is None:
        return said
    return with_taps(said, (person.content.words("button_tip_other"), go("tip")))


PAGES: dict[str, Page] = {
    "tip": tip,
    "tip_answer": answer,
    "tip_asked": asked,
    "tip_done": done,
    "tip_not_yet": not_yet,
}
