"""She wants a person: when one is there, on which day she is called, and afterwards whether it happened."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from bot import office
from bot.care import incidents
from bot.care.tables import IncidentKind
from bot.config import settings
from bot.content.library import Bubble
from bot.guidance.days import spoken
from bot.guidance.facts import Person
from bot.guidance.hours import spoken_hour
from bot.guidance.pages.base import Page, go
from bot.messages import schedule
from bot.office import CENTRE, Office
from bot.staff.case_tables import CallBack

SOON = timedelta(days=14)
"""A day farther away than this was not offered."""


def hours() -> Office:
    return office.read(settings().rumbo_office_hours)


def announced(person: Person) -> list[Bubble]:
    """The team knows; when somebody is there."""
    ours = hours()
    if ours.is_open(person.at):
        return person.say("human_called", hour=spoken_hour(f"{ours.closes:%H:%M}"))
    opens = ours.next_open(person.at)
    return person.say("human_called_closed", day=spoken(opens), hour=spoken_hour(f"{opens:%H:%M}"))


def call(person: Person, value: str, message_id: int) -> list[Bubble]:
    """The next days of the office."""
    days = hours().days(person.at)
    taps = tuple((_short(day), go("call_day", day.isoformat())) for day in days)
    return [Bubble(person.content.words("call_day"), taps, "call_day")]


def _short(day: date) -> str:
    """ "martes 24": fits a button."""
    return " ".join(spoken(day).split()[:2]).capitalize()


def call_day(person: Person, value: str, message_id: int) -> list[Bubble]:
    """Morning or afternoon, of what is left of that day."""
    day = _offered(person, value)
    parts = hours().parts(day, person.at) if day else []
    if day is None or not parts:
        return call(person, "", message_id)
    words = person.content.words
    taps = tuple(
        (words("button_call_am" if part == "am" else "button_call_pm"), go("call_at", f"{day.isoformat()}:{part}"))
        for part in parts
    )
    return [Bubble(words("call_part", day=spoken(day)), taps, "call_part")]


def call_at(person: Person, value: str, message_id: int) -> list[Bubble]:
    """Kept in place of an earlier wish; the same tap twice is one. Asked about when that part of the day is over."""
    named, _, part = value.partition(":")
    day = _offered(person, named)
    if day is None or part not in hours().parts(day, person.at):
        return call(person, "", message_id)
    mine = select(CallBack).where(CallBack.learner_id == person.learner.id)
    known = person.session.scalars(mine.where(CallBack.message_id == message_id)).first()
    if known is None:
        for before in person.session.scalars(mine.where(CallBack.closed_at.is_(None))):
            before.closed_at = person.at
            schedule.cancel(person.session, before.asked_id)
        one = CallBack(learner_id=person.learner.id, message_id=message_id, day=day, part=part, at=person.at)
        person.session.add(one)
        person.session.flush()
        one.asked_id = _ask_afterwards(person, one)
    return person.say("call_saved_am" if part == "am" else "call_saved_pm", day=spoken(day))


def _offered(person: Person, value: str) -> date | None:
    """A day of the office that lies near; None for anything else, such as a button of last month."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    today = person.at.astimezone(CENTRE).date()
    return day if hours().works(day) and today <= day <= today + SOON else None


def _ask_afterwards(person: Person, one: CallBack) -> int | None:
    words = person.content.words
    taps = (
        (words("button_called_yes"), go("called_yes", str(one.id))),
        (words("button_called_no"), go("called_no", str(one.id))),
    )
    bubble = Bubble(words("call_ask"), taps, "call_ask")
    moment, version = hours().over(one.day, one.part) + timedelta(minutes=15), person.content.version
    return schedule.plan(person.session, person.sealer, person.learner, bubble, moment, version, person.at)


def called_yes(person: Person, number: str, message_id: int) -> list[Bubble]:
    one = _hers(person, number)
    if one is None:
        return person.say("nothing_open")
    one.called, one.closed_at = True, one.closed_at or person.at
    return person.say("call_yes")


def called_no(person: Person, number: str, message_id: int) -> list[Bubble]:
    """The team is told once more, with a shorter clock."""
    one = _hers(person, number)
    if one is None:
        return person.say("nothing_open")
    one.called, one.closed_at = False, None
    why = f"call back {one.id}"
    told = (person.session, person.learner.id, message_id, IncidentKind.PERSON, person.at)
    incidents.open_incident(*told, severity="high", pattern=why)
    return person.say("call_no")


def _hers(person: Person, number: str) -> CallBack | None:
    one = person.session.get(CallBack, int(number)) if number.isdecimal() and len(number) < 18 else None
    return one if one and one.learner_id == person.learner.id else None


PAGES: dict[str, Page] = {
    "call": call,
    "call_day": call_day,
    "call_at": call_at,
    "called_yes": called_yes,
    "called_no": called_no,
}
