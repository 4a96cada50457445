"""One lesson, a small step at a time: its bubbles, what to try, one question, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.content.lessons import Lesson
from bot.content.library import Bubble
from bot.guidance import journey, lessons
from bot.guidance.facts import Person
from bot.guidance.pages.base import Buttons, Page, go, with_taps
from bot.guidance.pages.learning import gone, next_lesson

ON = "sigue siguiente seguir continuar continua si ok va sale dale listo ya adelante".split()
"""What is written instead of tapping "Sigue"; a lesson that asks "¿le seguimos?" is answered so."""
WORDS = {
    "skip": ("saltar", "saltala", "esta no"),
    "pause": ("pausa", "luego", "al rato", "despues", "mas tarde"),
    "again": ("otra vez", "repetir", "repite"),
    "back": ("atras", "regresar"),
}
"""What may be written at any step."""
FRESH = timedelta(hours=1)
"""How long after the question of a lesson words that mean nothing else are taken as meant for it."""


def lesson(person: Person, value: str, message_id: int) -> list[Bubble]:
    """One step of a lesson. `value`: its id and the step, "sobres:1"; without a step, where she left it."""
    found, at = _read(person, value)
    if found is None:
        return gone(person)
    journey.set_aside(person.session, person.learner.id, person.at)
    lessons.saw(person, found, at)
    cut = lessons.steps(found)
    title = person.content.words("lesson_title", title=found.title, minutes=found.minutes)
    said = [title] if at == 0 else []
    texts = [*said, *cut[at]]
    if at < len(cut) - 1:
        return _bubbles(texts, _taps(person, found, at), _hears(found, at))
    return _bubbles([*texts, _to_try(person, found), found.question.text], _answers(found), _hears(found, at))


def _read(person: Person, value: str) -> tuple[Lesson | None, int]:
    """The lesson a value names and the step, within what it has today: an editor may have shortened it."""
    name, _, step = value.partition(":")
    found = person.content.lessons.get(name)
    if found is None:
        return None, 0
    row = lessons.taken(person).get(name)
    at = int(step) if step.isdecimal() else row.step if row else 0
    return found, min(at, len(lessons.steps(found)) - 1)


def _bubbles(texts: list[str], taps: Buttons, hears: Buttons) -> list[Bubble]:
    said = [Bubble(text, content_id="lesson") for text in texts]
    return [*said[:-1], replace(said[-1], buttons=taps, hears=hears)]


def _to_try(person: Person, found: Lesson) -> str:
    """The one thing to try, and where the figures of the lesson were read."""
    to_try = person.content.words("lesson_try", data=found.one_thing)
    if not found.source:
        return to_try
    source = person.content.words("lesson_source", source=f"{found.source} ({found.as_of})")
    return f"{to_try}\n\n{source}"


def _taps(person: Person, found: Lesson, at: int) -> Buttons:
    words = person.content.words
    on = (words("button_lesson_on"), go("lesson", f"{found.id}:{at + 1}"))
    skips = ((words("button_lesson_skip"), go("lesson_skip", found.id)),) if at == 0 else ()
    return (on, *skips, (words("button_lesson_pause"), go("lesson_pause", found.id)))


def _hears(found: Lesson, at: int) -> Buttons:
    """What may be written at this step besides what is tapped."""
    leads = {
        "skip": go("lesson_skip", found.id),
        "pause": go("lesson_pause", found.id),
        "again": go("lesson", f"{found.id}:{at}"),
        "back": go("lesson", f"{found.id}:{max(at - 1, 0)}"),
    }
    said = tuple((word, leads[what]) for what, spellings in WORDS.items() for word in spellings)
    on = go("lesson", f"{found.id}:{at + 1}")
    return (*((word, on) for word in ON), *said) if at < len(lessons.steps(found)) - 1 else said


def answer(person: Person, value: str, message_id: int) -> list[Bubble]:
    """Her answer to the question of a lesson: something kind to it, and the lesson is done. `value`: "sobres:mover"."""
    name, _, option = value.partition(":")
    found = person.content.lessons.get(name)
    chosen = next((o for o in found.question.options if o.id == option), None) if found else None
    if found is None or chosen is None:
        return gone(person)
    lessons.finish(person, found, chosen.id)
    feedback = Bubble(chosen.feedback, content_id="lesson_answer")
    return [feedback, *_module(person, found, message_id), *_after(person, found)]


def _module(person: Person, found: Lesson, message_id: int) -> list[Bubble]:
    """That a whole topic is done: said and kept once."""
    if not lessons.completed(person, found):
        return []
    title = person.content.words(f"topic_{found.topic}")
    words = person.content.words("lesson_module_words", title=title)
    kept = lessons.celebrate(person, found.topic, words, message_id)
    return [Bubble(person.content.words("lesson_module", title=title), content_id="lesson_module")] if kept else []


def _after(person: Person, found: Lesson) -> list[Bubble]:
    """How far she is, and what is next."""
    (count, total), words = lessons.progress(person), person.content.words
    done, following = words("lesson_done", title=found.title, count=count, total=total), lessons.upcoming(person)
    mine = ((words("button_my_lessons"), go("lessons")), (words("button_menu"), "/menu"))
    if following is None:
        return [Bubble(f"{done} {words('lesson_all_done')}", mine, "lesson_done")]
    also = person.content.lessons.get(found.next)
    on = (words("button_lesson_next"), go("lesson", f"{following.id}:0"))
    other = ((also.title, go("lesson", f"{also.id}:0")),) if also and _is_new(person, also, following) else ()
    return [Bubble(f"{done} {words('lesson_then', title=following.title)}", (on, *other, *mine), "lesson_done")]


def _is_new(person: Person, also: Lesson, following: Lesson) -> bool:
    """Whether the lesson that goes on from this one is another than the next of her path, and not behind her."""
    hers = not also.pathways or person.learner.pathway in also.pathways
    return hers and also.id != following.id and also.id not in lessons.taken(person)


def in_own_words(person: Person) -> list[Bubble]:
    """What she wrote under the question of a lesson was understood as nothing: the question once more, to be tapped.
    Nothing where she was not just asked it."""
    found = lessons.begun(person)
    row = lessons.taken(person)[found.id] if found else None
    if found is None or row is None or person.at - row.changed_at > FRESH:
        return []
    if row.step < len(lessons.steps(found)) - 1:
        return []
    return _bubbles([person.content.words("lesson_tap"), found.question.text], _answers(found), _hears(found, row.step))


def _answers(found: Lesson) -> Buttons:
    return tuple((o.title, go("lesson_answer", f"{found.id}:{o.id}")) for o in found.question.options)


def skip(person: Person, name: str, message_id: int) -> list[Bubble]:
    """Not this one for now, and the next."""
    if found := person.content.lessons.get(name):
        lessons.skip(person, found)
        return [*person.say("lesson_skipped"), *next_lesson(person, "", message_id)]
    return gone(person)


def pause(person: Person, name: str, message_id: int) -> list[Bubble]:
    """Where she is stands in the table already; she is told so, and how to come back."""
    resume = (person.content.words("button_lesson_resume"), go("lesson", name))
    return with_taps(person.say("lesson_paused"), *((resume,) if name in person.content.lessons else ()))


PAGES: dict[str, Page] = {"lesson": lesson, "lesson_answer": answer, "lesson_skip": skip, "lesson_pause": pause}
