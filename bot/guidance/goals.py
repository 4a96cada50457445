"""A goal she saves for: a commitment of every week, and what she put away as its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.documents.saving import Saving
from bot.guidance import commitments, followup, steps
from bot.guidance.days import today
from bot.guidance.facts import Person
from bot.guidance.kept import Kept
from bot.guidance.memory import questions
from bot.guidance.money import saving
from bot.guidance.tables import Answer, Commitment, CommitmentEvent, CommitmentStatus, Run
from bot.guidance.wording import in_words

BLOCK, PUT_AWAY = "meta", "apartar"
"""The block that makes a goal, and the one asked every week."""
WEEK = timedelta(weeks=1)
SAVED = "saved"
"""An event whose `reason` is the pesos put away; below 0 where she took some out."""


@dataclass(frozen=True)
class Goal:
    """`what`: what it is for, in her words. `pesos`: all of it; `weekly`: what she puts away; `how_far`: until now."""

    what: str
    pesos: int
    weekly: int
    how_far: saving.Progress


def current(person: Person) -> Commitment | None:
    """The goal made last, reached or not; None when there is none or she let it go."""
    mine = (Commitment.learner_id == person.learner.id, Commitment.step == commitments.SAVING)
    one = person.session.scalars(select(Commitment).where(*mine).order_by(Commitment.id.desc()).limit(1)).first()
    return one if one and one.status in (CommitmentStatus.OPEN, CommitmentStatus.DONE) else None


def read(person: Person) -> Goal | None:
    """Her goal with what was put away; None while there is none or a number of it was skipped."""
    one = current(person)
    said = _answers(person, one) if one else {}
    pesos, weekly = said.get("me_cuanto"), said.get("me_semana")
    if one is None or not pesos or not weekly:
        return None
    put_away = [round(said.get("me_tiene") or 0), *_put_away(person, one)]
    what = said.get("me_para") or person.content.words("goal_something")
    return Goal(what, round(pesos), round(weekly), saving.progress(round(pesos), put_away))


def _answers(person: Person, one: Commitment) -> dict[str, Any]:
    """What she said of this goal, by question; what it is for in words."""
    rows = select(Answer).join(Run, Run.id == Answer.run_id).where(Run.about == one.id, Run.interview == BLOCK)
    what, found = questions(person.content).get("me_para"), dict[str, Any]()
    for answer in person.session.scalars(rows):
        found[answer.question] = answer.value
        if what and answer.question == what.id:
            words = person.sealer.unseal(answer.words) if answer.words else ""
            found[what.id] = in_words(what, answer.value, words, person.content)
    return found


def _put_away(person: Person, one: Commitment) -> list[int]:
    mine = (CommitmentEvent.commitment_id == one.id, CommitmentEvent.what == SAVED)
    return [int(reason or 0) for reason in person.session.scalars(select(CommitmentEvent.reason).where(*mine))]


def weekly(person: Person, kept: Kept) -> bool:
    """What she puts away each week is the commitment; another goal takes the place of the one before."""
    words = person.sealer.seal(person.content.words("goal_step", pesos=f"{kept.value:,.0f}"))
    one = steps.current(person)
    if one is not None:
        one.words = words
        settle(person, one, kept.message_id)
        return False
    if (before := current(person)) and before.status is CommitmentStatus.OPEN:
        before.status = CommitmentStatus.REPLACED
        followup.arrange(person, before.id)
    steps.begin(person, kept, commitments.SAVING, words)
    return False


def changed(person: Person, kept: Kept) -> bool:
    """The sum or what she had changed: it may be reached now, or no longer."""
    if one := steps.current(person):
        settle(person, one, kept.message_id)
    return False


def day(person: Person, kept: Kept) -> bool:
    """The day of the week on which she puts it away."""
    steps.step_day(person, kept)
    if one := steps.current(person):
        followup.arrange(person, one.id)
    return False


def put_away(person: Person, kept: Kept) -> bool:
    """Whether she put it away this week; another sum is asked for next."""
    one, goal = steps.current(person), read(person)
    if one is None or goal is None or kept.value not in ("si", "no"):
        return False
    if kept.value == "si":
        return _add(person, kept, goal.weekly)
    commitments.note(person.session, one, kept.message_id, "not_yet", person.at)
    settle(person, one, kept.message_id)
    return False


def another_sum(person: Person, kept: Kept) -> bool:
    return _add(person, kept, round(kept.value))


def taken_out(person: Person, kept: Kept) -> bool:
    return _add(person, kept, -round(kept.value))


def _add(person: Person, kept: Kept, pesos: int) -> bool:
    if one := steps.current(person):
        commitments.note(person.session, one, kept.message_id, SAVED, person.at, str(pesos))
        settle(person, one, kept.message_id)
    return False


def settle(person: Person, one: Commitment, message_id: int) -> None:
    """After something changed: reached or not, and the next week its question."""
    goal = read(person)
    if goal is None:
        return
    reached = goal.how_far.missing == 0
    if reached and one.status is CommitmentStatus.OPEN:
        commitments.note(person.session, one, message_id, "done", person.at)
    one.status = CommitmentStatus.DONE if reached else CommitmentStatus.OPEN
    while one.day and one.day <= today(person.at):
        one.day += WEEK
    followup.arrange(person, one.id)


def told(person: Person, kept: Kept) -> list[str]:
    """A word to what she says of this week."""
    if kept.value not in ("si", "no"):
        return []
    return [person.content.words("goal_added" if kept.value == "si" else "goal_not_yet")]


def told_taken(person: Person, kept: Kept) -> list[str]:
    """What was saved is there to be used."""
    goal = read(person)
    if goal is None:
        return []
    says = person.content.guide.money.says["goal_taken"]
    return [says.format(pesos=f"{kept.value:,.0f}", saved=f"{goal.how_far.saved:,}")]


def progress_line(person: Person, goal: Goal) -> str:
    """How far she is, in one sentence."""
    says, far = person.content.guide.money.says, goal.how_far
    if far.missing == 0:
        return says["goal_done"].format(pesos=f"{goal.pesos:,}")
    sums = {"saved": far.saved, "pesos": goal.pesos, "percent": far.percent, "missing": far.missing}
    return says["goal_progress"].format(**{name: f"{value:,}" for name, value in sums.items()})


def picture(person: Person, wanted: Mapping[str, Any]) -> Saving:
    """The picture of her progress, of the day it was said. Raises `LookupError` while there is no goal."""
    goal, say = read(person), person.content.words
    if goal is None:
        raise LookupError("she has no goal yet")
    if {"saved", "target"} <= set(wanted):
        pesos = int(wanted["target"])
        goal = replace(goal, pesos=pesos, how_far=saving.progress(pesos, [int(wanted["saved"])]))
    said, of = (progress_line(person, goal),), say("paper_saving_of")
    return Saving(say("paper_saving"), goal.what, goal.how_far.saved, goal.pesos, of, said, say("paper_foot"))
