"""What she can learn: the next lesson, and the list by topic with how far she is."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.lessons import Lesson
from bot.content.library import Bubble
from bot.guidance import journey, lessons
from bot.guidance.facts import Person
from bot.guidance.pages.base import Page, go, with_taps
from bot.guidance.tables import LessonStatus, LessonTaken


def next_lesson(person: Person, _: str, message_id: int) -> list[Bubble]:
    """The one she left half-way, or the next of her path, with how long it takes."""
    journey.set_aside(person.session, person.learner.id, person.at)
    words = person.content.words
    if found := lessons.begun(person):
        resume = (words("button_lesson_resume"), go("lesson", found.id))
        skip = (words("button_lesson_skip"), go("lesson_skip", found.id))
        return with_taps(person.say("lesson_begun", title=found.title), resume, skip)
    found = lessons.upcoming(person)
    if found is None:
        return person.say("lesson_all_done")
    begin = (words("button_lesson_begin"), go("lesson", f"{found.id}:0"))
    skip = (words("button_lesson_skip"), go("lesson_skip", found.id))
    return with_taps(person.say("lesson_next", title=found.title, minutes=found.minutes), begin, skip)


def half_way(person: Person) -> list[Bubble]:
    """The lesson she is in the middle of, offered; nothing when there is none."""
    return next_lesson(person, "", 0) if lessons.begun(person) else []


def my_lessons(person: Person, _: str, message_id: int) -> list[Bubble]:
    """How far she is in all, and by topic."""
    journey.set_aside(person.session, person.learner.id, person.at)
    (count, total), done = lessons.progress(person), _done(person)
    topics = lessons.modules(lessons.path(person))
    lines = [_line(person, topic, module, done) for topic, module in topics.items()]
    taps = [(person.content.words(f"topic_{topic}"), go("lesson_topic", topic)) for topic in topics]
    said = person.say("lessons", count=count, total=total, data="\n".join(lines))
    return with_taps(said, *_first(person), *taps)


def _first(person: Person) -> list[tuple[str, str]]:
    """To go on at once."""
    if found := lessons.begun(person):
        return [(person.content.words("button_lesson_resume"), go("lesson", found.id))]
    return [(person.content.words("button_lesson_next"), go("next_lesson"))] if lessons.upcoming(person) else []


def _done(person: Person) -> set[str]:
    return lessons.having(lessons.taken(person), LessonStatus.DONE)


def _line(person: Person, topic: str, module: list[Lesson], done: set[str]) -> str:
    count = sum(one.id in done for one in module)
    title = person.content.words(f"topic_{topic}")
    return person.content.words("lesson_topic_line", title=title, count=count, total=len(module))


def lesson_topic(person: Person, topic: str, message_id: int) -> list[Bubble]:
    """The lessons of one topic: seen, begun or new; each can be opened, also again."""
    module = lessons.modules(lessons.path(person)).get(topic)
    if module is None:
        return my_lessons(person, "", message_id)
    rows = lessons.taken(person)
    lines = "\n".join(_one(person, one, rows) for one in module)
    count, title = sum(one.id in _done(person) for one in module), person.content.words(f"topic_{topic}")
    taps = [(one.title, go("lesson", f"{one.id}{_at(one, rows)}")) for one in module]
    return with_taps(person.say("lesson_topic", title=title, count=count, total=len(module), data=lines), *taps)


def _one(person: Person, one: Lesson, rows: Mapping[str, LessonTaken]) -> str:
    status = rows[one.id].status if one.id in rows else None
    if status is LessonStatus.OPEN:
        return person.content.words("lesson_line_open", title=one.title)
    return person.content.words("lesson_line_done" if status is LessonStatus.DONE else "lesson_line", title=one.title)


def _at(one: Lesson, rows: Mapping[str, LessonTaken]) -> str:
    """One she left half-way goes on where she was; any other begins at its beginning."""
    half = one.id in rows and rows[one.id].status is LessonStatus.OPEN
    return "" if half else ":0"


def gone(person: Person) -> list[Bubble]:
    """An editor took it away: that is said, and what there is."""
    return [*person.say("lesson_gone"), *my_lessons(person, "", 0)]


PAGES: dict[str, Page] = {"next_lesson": next_lesson, "lessons": my_lessons, "lesson_topic": lesson_topic}
