"""Lessons: which are hers, how one is cut into small steps, how far she is, and when a module is complete."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from bot.content.lessons import Lesson
from bot.db import insert_once
from bot.guidance.days import today
from bot.guidance.facts import Person
from bot.guidance.tables import LessonStatus, LessonTaken, Milestone

ANY = "any"
"""The path of who has not chosen a pathway yet."""
AT_ONCE = 2
"""Bubbles of a lesson that are said in one step; with its title, or with what to try and the question, three."""
MODULE = 3
"""Lessons of one topic on a path from which they are a module: finishing one of one is no milestone."""
KIND = "module_"
"""How the kind of a milestone begins that is a complete module; the topic follows."""


def steps(lesson: Lesson) -> list[tuple[str, ...]]:
    """Its bubbles, one or two a step. The last step, with what to try and the question, has one or none."""
    cut = [lesson.bubbles[n : n + AT_ONCE] for n in range(0, len(lesson.bubbles), AT_ONCE)]
    return cut if len(cut[-1]) < AT_ONCE else [*cut, ()]


def path(person: Person) -> list[Lesson]:
    """The lessons of the way she chose, in their order."""
    paths, known = person.content.guide.lesson_paths, person.content.lessons
    ids = paths.get(person.learner.pathway or ANY) or paths.get(ANY, ())
    return [known[name] for name in ids if name in known]


def taken(person: Person) -> dict[str, LessonTaken]:
    """What she began, finished or left out, by lesson."""
    mine = select(LessonTaken).where(LessonTaken.learner_id == person.learner.id)
    return {one.lesson: one for one in person.session.scalars(mine)}


def having(rows: Mapping[str, LessonTaken], status: LessonStatus) -> set[str]:
    return {name for name, one in rows.items() if one.status is status}


def begun(person: Person) -> Lesson | None:
    """The lesson she left half-way last."""
    mine = [one for one in taken(person).values() if one.status is LessonStatus.OPEN]
    latest = max(mine, key=lambda one: one.changed_at, default=None)
    return person.content.lessons.get(latest.lesson) if latest else None


def following(lessons: Sequence[Lesson], done: Collection[str], skipped: Collection[str]) -> Lesson | None:
    """The first that is neither done nor skipped; then the first she skipped; None when all are done."""
    left = [lesson for lesson in lessons if lesson.id not in done]
    return next((lesson for lesson in left if lesson.id not in skipped), left[0] if left else None)


def upcoming(person: Person) -> Lesson | None:
    """The next lesson for her."""
    rows = taken(person)
    return following(path(person), having(rows, LessonStatus.DONE), having(rows, LessonStatus.SKIPPED))


def progress(person: Person) -> tuple[int, int]:
    """How many lessons of her path are done, and how many there are."""
    lessons, done = path(person), having(taken(person), LessonStatus.DONE)
    return sum(lesson.id in done for lesson in lessons), len(lessons)


def modules(lessons: Sequence[Lesson]) -> dict[str, list[Lesson]]:
    """Her lessons by topic, in the order in which the topics come up."""
    found: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        found.setdefault(lesson.topic, []).append(lesson)
    return found


def saw(person: Person, lesson: Lesson, step: int) -> None:
    """She saw a step. What is done stays done; what she skipped and opens again is open."""
    one = _row(person, lesson)
    one.step, one.changed_at = step, person.at
    if one.status is LessonStatus.SKIPPED:
        one.status = LessonStatus.OPEN


def skip(person: Person, lesson: Lesson) -> None:
    """Not this one, for now."""
    one = _row(person, lesson)
    if one.status is not LessonStatus.DONE:
        one.status, one.changed_at = LessonStatus.SKIPPED, person.at


def finish(person: Person, lesson: Lesson, answer: str) -> None:
    """She answered its question, so she has been through it; another answer later takes the place of the first."""
    one = _row(person, lesson)
    one.status, one.answer, one.changed_at = LessonStatus.DONE, answer, person.at
    one.done_at = one.done_at or person.at


def _row(person: Person, lesson: Lesson) -> LessonTaken:
    row = {"learner_id": person.learner.id, "lesson": lesson.id, "status": LessonStatus.OPEN, "step": 0}
    insert_once(person.session, LessonTaken, {**row, "started_at": person.at, "changed_at": person.at})
    return person.session.get_one(LessonTaken, (person.learner.id, lesson.id))


def completed(person: Person, lesson: Lesson) -> bool:
    """Whether with this lesson all of its module are done."""
    module, done = modules(path(person)).get(lesson.topic, []), having(taken(person), LessonStatus.DONE)
    return len(module) >= MODULE and all(one.id in done for one in module)


def celebrate(person: Person, topic: str, words: str, message_id: int) -> bool:
    """Keep a complete module as a milestone. False when it stands there already."""
    kind = KIND + topic
    mine = (Milestone.learner_id == person.learner.id, Milestone.kind == kind)
    if person.session.scalars(select(Milestone.id).where(*mine).limit(1)).first():
        return False
    row = {"learner_id": person.learner.id, "message_id": message_id, "kind": kind, "at": person.at}
    return insert_once(person.session, Milestone, {**row, "words": person.sealer.seal(words), "day": today(person.at)})
