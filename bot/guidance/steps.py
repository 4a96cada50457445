"""What an answer about a commitment, its outcome or a milestone is kept as."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from bot.db import insert_once
from bot.guidance import commitments
from bot.guidance.answers import is_own
from bot.guidance.facts import Person
from bot.guidance.kept import Kept, Recorder
from bot.guidance.tables import Commitment, CommitmentStatus, Milestone
from bot.messages.choices import plain

OWN_WORDS = "otro"
REASON = 24


def current(person: Person) -> Commitment | None:
    """The commitment this block is about."""
    one = person.session.get(Commitment, person.run.about) if person.run and person.run.about else None
    return one if one and one.learner_id == person.learner.id else None


def step(person: Person, kept: Kept) -> bool:
    """What she will do. Her own words come from the question after "otro", which is then the step."""
    if kept.value == OWN_WORDS:
        return False
    ours = next((o for o in kept.question.options if o.id == kept.value), None)
    words = person.sealer.seal(ours.title if ours else kept.words)
    if one := current(person):
        one.step, one.words = ours.id if ours else None, words  # she changed her mind before it was agreed
        return False
    begin(person, kept, ours.id if ours else None, words)
    return False


def begin(person: Person, kept: Kept, step_id: str | None, words: bytes) -> None:
    """A new commitment, which the block is about from now on."""
    row = {"learner_id": person.learner.id, "message_id": kept.message_id, "step": step_id, "words": words}
    insert_once(person.session, Commitment, {**row, "status": CommitmentStatus.OPEN, "at": person.at})
    mine = (Commitment.learner_id == person.learner.id, Commitment.message_id == kept.message_id)
    if person.run:
        person.run.about = person.session.scalars(select(Commitment.id).where(*mine)).one()


def step_day(person: Person, kept: Kept) -> bool:
    if one := current(person):
        one.day = date.fromisoformat(kept.value)
    return False


def step_hour(person: Person, kept: Kept) -> bool:
    if one := current(person):
        one.hour = kept.value
    return False


def own(kept: Kept) -> str:
    """What she wrote, where it says more than the name of our option; else our phrase."""
    ours = next((o for o in kept.question.options if o.id == kept.value), None)
    named = {plain(ours.id), plain(ours.title)} if ours else set()
    return kept.words if ours is None or plain(kept.said) in named or not kept.said else kept.said.strip()


def _words(field: str) -> Recorder:
    """Keeps her words, or our option's, as one detail of the commitment."""

    def keep(person: Person, kept: Kept) -> bool:
        if one := current(person):
            setattr(one, field, person.sealer.seal(own(kept)))
        return False

    return keep


def outcome(person: Person, kept: Kept) -> bool:
    """Done, or not yet."""
    if one := current(person):
        done = kept.value == "si"
        one.status = CommitmentStatus.DONE if done else CommitmentStatus.OPEN
        commitments.note(person.session, one, kept.message_id, "done" if done else "not_yet", person.at)
    return False


def hindrance(person: Person, kept: Kept) -> bool:
    """What got in the way: an option's id; her own words are in the answer."""
    if one := current(person):
        reason = "own_words" if is_own(kept.question, kept.value) else str(kept.value)[:REASON]
        commitments.note(person.session, one, kept.message_id, "hindered", person.at, reason)
    return False


def decision(person: Person, kept: Kept) -> bool:
    """What she does with it: moved, shrunk, replaced, help or dropped."""
    if one := current(person):
        commitments.note(person.session, one, kept.message_id, str(kept.value)[:10], person.at)
        if kept.value == "dropped":
            one.status = CommitmentStatus.DROPPED
    return False


def shrink(person: Person, kept: Kept) -> bool:
    """The same commitment, smaller."""
    if one := current(person):
        one.step, one.words = None, person.sealer.seal(kept.words)
    return False


def replace(person: Person, kept: Kept) -> bool:
    """Another commitment in its place."""
    if one := current(person):
        one.status = CommitmentStatus.REPLACED
    begin(person, kept, None, person.sealer.seal(kept.words))
    return False


def milestone(person: Person, kept: Kept) -> bool:
    """Something she reached, in her words; the kind is an option's id, or `other`."""
    kind = "other" if is_own(kept.question, kept.value) else str(kept.value)[:REASON]
    words = person.sealer.seal(own(kept))
    row = {"learner_id": person.learner.id, "message_id": kept.message_id, "kind": kind, "words": words}
    insert_once(person.session, Milestone, {**row, "at": person.at})
    return False


def _of_milestone(change: Callable[[Person, Milestone, Kept], None]) -> Recorder:
    """Adds to the milestone told last."""

    def keep(person: Person, kept: Kept) -> bool:
        mine = select(Milestone).where(Milestone.learner_id == person.learner.id).order_by(Milestone.id.desc())
        if found := person.session.scalars(mine.limit(1)).first():
            change(person, found, kept)
        return False

    return keep


def _day(person: Person, found: Milestone, kept: Kept) -> None:
    found.day = date.fromisoformat(kept.value)


def _evidence(person: Person, found: Milestone, kept: Kept) -> None:
    found.evidence = person.sealer.seal(kept.words)


STEPS: dict[str, Recorder] = {
    "step": step,
    "step_day": step_day,
    "step_hour": step_hour,
    "step_place": _words("place"),
    "step_company": _words("company"),
    "step_obstacle": _words("obstacle"),
    "step_if_then": _words("if_then"),
    "outcome": outcome,
    "hindrance": hindrance,
    "decision": decision,
    "shrink": shrink,
    "replace": replace,
    "milestone": milestone,
    "milestone_day": _of_milestone(_day),
    "milestone_evidence": _of_milestone(_evidence),
}
