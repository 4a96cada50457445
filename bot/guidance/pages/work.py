"""Occupations to look through: first a sector, or what fits best, then a few at a time, each with its first reason."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import journey, seeking
from bot.guidance.facts import Person
from bot.guidance.occupations import Match, in_sector, sectors_of
from bot.guidance.pages.base import Page, go

SECTORS, SHOWN = 7, 4
"""How many are shown at once: with the ways out they fill a list of ten, and a bubble of 600 characters."""
BEST = "best"
"""What is asked for in place of a sector: what fits her best, of all."""


def occupations(person: Person, start: str, message_id: int) -> list[Bubble]:
    """The sectors in which there is something for her, those that fit best first. `start`: how many she has seen."""
    guide, first = person.content.guide.occupations, _number(start)
    all_of_them = sectors_of(guide, seeking.found(person))
    best = ((person.content.words("sectors_best"), go("sector", BEST)),)
    taps = [(_capital(guide.sectors[s]), go("sector", s)) for s in all_of_them[first : first + SECTORS]]
    more = _more(person, "occupations", str(first + SECTORS)) if all_of_them[first + SECTORS :] else ()
    return _with(person.say("sectors"), (*best, *taps, *more))


def sector(person: Person, asked: str, message_id: int) -> list[Bubble]:
    """What fits her best in a sector, a few at a time. `asked`: the sector and how many she has seen, "salud:4"."""
    guide, content = person.content.guide.occupations, person.content
    name, _, start = asked.partition(":")
    first, found = _number(start), seeking.found(person)
    if name in guide.sectors:
        rows = in_sector(guide, name)
        found = [match for match in found if match.id in rows]
    shown = found[first : first + SHOWN]
    if not shown:
        return occupations(person, "", message_id)
    titles = {o.id: o.title for o in guide.occupations}
    lines = "\n".join(_line(titles[match.id], match) for match in shown)
    taps = [(titles[match.id], go("occupation", match.id)) for match in shown]
    more = _more(person, "sector", f"{name}:{first + SHOWN}") if found[first + SHOWN :] else ()
    if seeking.seeker(person).is_blank:
        said = person.say("occupations_blank", data=lines)
        return _with(said, (*taps, *more, *_blocks(person)))
    if name in guide.sectors:
        return _with(person.say("occupations_of", title=guide.sectors[name], data=lines), (*taps, *more))
    return _with(content.say("occupations", data=lines), (*taps, *more))


def unknown(person: Person) -> list[Bubble]:
    """She asked for an occupation of which nothing is known here: that is said, and what there is."""
    return [*person.say("occupation_unknown"), *occupations(person, "", 0)]


def _line(title: str, match: Match) -> str:
    """With the last sentence of the first reason, which is about the work; all of it stands on its page."""
    return f"• {title}. {match.reasons[0].split('. ')[-1]}" if match.reasons else f"• {title}"


def _blocks(person: Person) -> tuple[tuple[str, str], ...]:
    """What she may answer so that the order becomes hers."""
    blocks = [person.content.interviews[name] for name in ("tengo", "gusta") if name in person.content.interviews]
    return tuple((block.title, journey.start(block.id)) for block in blocks)


def _more(person: Person, page: str, value: str) -> tuple[tuple[str, str], ...]:
    return ((person.content.words("page_more"), go(page, value)),)


def _with(said: list[Bubble], taps: tuple[tuple[str, str], ...]) -> list[Bubble]:
    """Under the last bubble these taps, and then its own."""
    last = said[-1]
    return [*said[:-1], Bubble(last.text, (*taps, *last.buttons), last.content_id)]


def _number(start: str) -> int:
    return int(start) if start.isdecimal() else 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


PAGES: dict[str, Page] = {"occupations": occupations, "sector": sector}
