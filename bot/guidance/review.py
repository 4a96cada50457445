"""What she did, read back: the parts of her project, her answers by part, and what changed since the first time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.content.library import Bubble
from bot.content.models import Interview, Question, QuestionKind
from bot.guidance import journey, wording
from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.tables import Answer, Run, RunStatus
from bot.guidance.waves import banded, compare
from bot.guidance.wording import in_words

PAGE = 8
"""Answers shown at once: with "more" and the menu they fill a list of ten."""


def parts(person: Person) -> list[Bubble]:
    """The parts of her project: done or how long each takes; those that are open can be begun."""
    done = journey.finished(person.session, person.learner.id)
    blocks = sorted((i for i in person.content.interviews.values() if i.place), key=lambda i: i.place)
    lines = [_part(person, block, block.id in done) for block in blocks]
    taps = [(block.title[:24], journey.start(block.id)) for block in blocks if block.id not in done]
    said = person.say("my_project", blocks="\n".join(lines))
    ways = (*wording.of_her_way(person), *said[-1].buttons)
    return [*said[:-1], Bubble(said[-1].text, (*taps[: 10 - len(ways)], *ways), said[-1].content_id)]


def plan(person: Person) -> list[Bubble]:
    """Her plan, with what there is to look at on her pathway; an empty one offers to begin."""
    if not person.has_plan():
        return person.say("plan_empty")
    *before, last = person.say("plan")
    return [*before, replace(last, buttons=(*wording.of_her_way(person), *last.buttons)[: wording.MOST])]


def _part(person: Person, block: Interview, done: bool) -> str:
    if done:
        return person.content.words("block_done", title=block.title)
    left = journey.block_minutes(person.session, person.content, person.learner.id, block.id)
    return person.content.words("block_open", title=block.title, minutes=left)


def answered(person: Person) -> list[Interview]:
    """The blocks in which there is an answer that can be changed."""
    given = set(person.memory.answers)
    return [i for i in person.content.interviews.values() if any(q.id in given for q in changeable(i))]


def changeable(block: Interview) -> list[Question]:
    """The questions of a block whose answers can be changed; permission is changed by erasing or by writing BAJA."""
    return [] if block.about_one else [q for q in block.questions if q.saves not in NOT_HERE]


NOT_HERE = frozenset({"consent", "tip", "referral"})


def answers(person: Person, block_id: str | None, start: int = 0) -> list[Bubble]:
    """Her answers of one block, each to be tapped and changed; without a block, the blocks to choose from."""
    blocks = answered(person)
    block = next((b for b in blocks if b.id == block_id), None)
    if not blocks:
        return person.say("my_answers_none")
    if block is None:
        taps = [(b.title[:24], _page(b.id, 0)) for b in blocks]
        return [Bubble(person.content.words("my_answers"), tuple(taps[:10]), "my_answers")]
    given = [q for q in changeable(block) if q.id in person.memory.answers]
    shown = given[start : start + PAGE]
    lines = [f"• {q.label or q.text[-1]}: {said(person, q)}" for q in shown]
    more = [(person.content.words("my_answers_more"), _page(block.id, start + PAGE))] if given[start + PAGE :] else []
    taps = [((q.label or q.text[-1])[:24], journey.start(block.id, q=q.id)) for q in shown]
    text = person.content.words("my_answers_of", title=block.title, data="\n".join(lines))
    return [Bubble(text, (*taps, *more), "my_answers_of")]


def _page(block: str, start: int) -> str:
    return "/my_answers" + json.dumps({"interview": block, "v": str(start)})


def said(person: Person, question: Question) -> str:
    """One answer in words; what she skipped is said to be skipped."""
    value, words = person.memory.answers.get(question.id), person.memory.words.get(question.id, "")
    if value is None and not words:
        return person.content.words("answer_skipped")
    return in_words(question, words if value is None else value, words, person.content)


def changes(person: Person) -> str:
    """What differs from the first time she answered the baseline, in words; that there is no other time yet."""
    block = person.content.interviews[journey.BASELINE]
    before, now = (_wave(person, block, first) for first in (True, False))
    if person.run is None or person.run.wave == journey.START:
        return person.content.words("changes_first")
    known = {q.id: q for q in block.questions}
    order = {q.id: [o.id for o in q.options] for q in block.questions if q.kind is not QuestionKind.NUMBER}
    found = compare(before, now, order)
    if not found:
        return person.content.words("changes_none")
    lines = [
        person.content.words(
            "change_line",
            title=known[c.name].label,
            before=in_words(known[c.name], c.before, str(c.before), person.content),
            now=in_words(known[c.name], c.now, str(c.now), person.content),
        )
        for c in found
    ]
    return person.content.words("changes", data="\n".join(lines))


def _wave(person: Person, block: Interview, first: bool) -> dict[str, Any]:
    """The answers of the first wave, or of the run that is going on; one asked elsewhere under the same name counts."""
    mine = select(Answer).join(Run, Run.id == Answer.run_id).where(Answer.learner_id == person.learner.id)
    if not first:
        rows = person.session.scalars(mine.where(Answer.run_id == (person.run.id if person.run else None))).all()
        return {a.question: a.value for a in rows}
    rows = person.session.scalars(mine.where(Answer.wave == journey.START, Run.status == RunStatus.DONE)).all()
    values = {a.question: a.value for a in rows}
    known = questions(person.content).values()
    named = {q.saves: values[q.id] for q in known if q.saves and values.get(q.id) is not None}
    return {q.id: values.get(q.id, _as_asked(q, named.get(q.saves or ""))) for q in block.questions}


def _as_asked(question: Question, value: Any) -> Any:
    """What was answered elsewhere, as this question has it: pesos as one of its ranges."""
    return banded(value, [o.id for o in question.options]) if question.kind is QuestionKind.CHOICE else value
