"""After some days: did she do what a tip proposed? Asked once, in two taps, and only who wants to be written to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.content.library import Bubble
from bot.db import insert_once
from bot.guidance.tables import TipGiven
from bot.messages import schedule

if TYPE_CHECKING:
    from bot.content.tips import Tip
    from bot.guidance.facts import Person

TRIES = "lo_intento"
"""The answer to a tip that means she will do it."""
DONE, NOT_YET = "done", "not_yet"
SHARED = "shared"


def answer(person: Person, tip: str, said: str) -> None:
    """Keep what she said to a tip; the latest counts. Who will try is asked later."""
    row = {"learner_id": person.learner.id, "tip": tip, "answer": said, "at": person.at}
    is_new = insert_once(person.session, TipGiven, row)
    given = person.session.get_one(TipGiven, (person.learner.id, tip))
    if not is_new and given.answer != said:
        given.answer, given.at = said, person.at
    arrange(person, given)


def arrange(person: Person, given: TipGiven) -> None:
    """Plan the question, in place of one that has not left yet. Never again once it was asked."""
    name, tip = f"tip/{given.tip}", person.content.tips.get(given.tip)
    schedule.withdraw(person.session, person.learner.id, name)
    moment = given.at + timedelta(days=person.content.guide.money.tip_days)
    wanted = given.answer == TRIES and given.outcome is None and person.learner.may_remind and moment > person.at
    if tip and wanted and not schedule.has(person.session, person.learner.id, name):
        version, bubble = person.content.version, question(person, tip)
        schedule.plan(person.session, person.sealer, person.learner, bubble, moment, version, person.at)


def arrange_all(person: Person) -> None:
    """Plan anew what was not asked yet: the telephone or the wish for messages changed."""
    mine = (TipGiven.learner_id == person.learner.id, TipGiven.answer == TRIES, TipGiven.outcome.is_(None))
    for given in person.session.scalars(select(TipGiven).where(*mine)):
        arrange(person, given)


def question(person: Person, tip: Tip) -> Bubble:
    """What is asked; on a shared telephone the first words tell nothing."""
    from bot.guidance.pages.base import go  # pages are about a person

    words, name = person.content.words, f"tip/{tip.id}"
    if person.learner.phone == SHARED:
        taps = ((words("button_talk_now"), go("tip_asked", tip.id)), (words("button_talk_later"), "/pause"))
        return Bubble(words("reminder_neutral"), taps, name)
    return Bubble(words("tip_ask", text=tip.ask_later), answers(person, tip), name)


def answers(person: Person, tip: Tip) -> tuple[tuple[str, str], ...]:
    """The two taps under the question."""
    from bot.guidance.pages.base import go

    words = person.content.words
    return (words("button_tip_done"), go("tip_done", tip.id)), (words("button_not_yet"), go("tip_not_yet", tip.id))


def tell(person: Person, tip: str, outcome: str) -> bool:
    """What became of it. False when she never said she would try. What is done stays done."""
    given = person.session.get(TipGiven, (person.learner.id, tip))
    if given is None or given.answer != TRIES:
        return False
    if given.outcome != DONE:
        given.outcome, given.outcome_at = outcome, person.at
        schedule.withdraw(person.session, person.learner.id, f"tip/{tip}")
    return True
