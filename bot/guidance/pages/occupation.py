"""One occupation in two pages of three bubbles: what it is, what it pays, why it fits; then the rest. And her pick."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.content.work import Occupation
from bot.guidance import picks, seeking
from bot.guidance.facts import Person
from bot.guidance.occupations import Match, asked, learn, women
from bot.guidance.pages import work
from bot.guidance.pages.base import Page, go

REASONS = 3
"""So many reasons are said at once."""


def occupation(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """What it is; what it pays; why it fits her."""
    row, match = _row(person, wanted)
    if row is None:
        return work.unknown(person)
    if match is None:
        return _not_yet(person, row)
    what = person.say("occupation_what", title=row.name, data=row.what)
    pay = person.say("occupation_pay", data="\n".join(seeking.pay(person, row).lines))
    more = (person.content.words("page_more"), go("occupation_more", row.id))
    return [*what, *pay, *_under(_fits(person, match), person, row, more)]


def _fits(person: Person, match: Match) -> list[Bubble]:
    if match.reasons:
        return person.say("occupation_fits", data=_listed(match.reasons[:REASONS]))
    return person.say("occupation_fits_blank" if seeking.seeker(person).is_blank else "occupation_fits_none")


def occupation_more(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """How women fare in it; what is asked for and what to know first; where to learn it and how to begin."""
    row, match = _row(person, wanted)
    if row is None:
        return work.unknown(person)
    if match is None:
        return _not_yet(person, row)
    guide = person.content.guide.occupations
    fare = person.say("occupation_women", data="\n".join(women(guide, row)))
    needs = person.say("occupation_asks", data="\n".join((*asked(guide, row), *match.cautions)))
    begin = person.say("occupation_learn", data="\n".join(learn(guide, row)))
    return [*fare, *needs, *_under(begin, person, row, _cv(person))]


def occupation_pick(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """She is interested in it: from now on it stands in her accounts and on her CV."""
    row, match = _row(person, wanted)
    if row is None:
        return work.unknown(person)
    if match is None:
        return _not_yet(person, row)
    picks.pick(person, picks.OCCUPATION, row.id, message_id)
    return person.say("occupation_picked", title=row.name)


def _row(person: Person, wanted: str) -> tuple[Occupation | None, Match | None]:
    """The occupation, and how it fits her; no match where the law keeps it from her for her age."""
    match = next((m for m in seeking.found(person) if m.id == wanted), None)
    return seeking.occupation(person, wanted), match


def _not_yet(person: Person, row: Occupation) -> list[Bubble]:
    return [*person.say("occupation_not_yet", title=row.name), *work.sector(person, work.BEST, 0)]


def _under(said: list[Bubble], person: Person, row: Occupation, way: tuple[str, str]) -> list[Bubble]:
    """ "I am interested", unless she said so, and one more way, before the buttons that are always there."""
    mine = picks.picked(person, picks.OCCUPATION) == row.id
    pick = () if mine else ((person.content.words("button_interested"), go("occupation_pick", row.id)),)
    last = said[-1]
    return [*said[:-1], Bubble(last.text, (*pick, way, *last.buttons), last.content_id)]


def _cv(person: Person) -> tuple[str, str]:
    return person.content.words("button_start_cv"), '/my_paper{"v": "curriculum"}'


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"• {line}" for line in lines)


PAGES: dict[str, Page] = {
    "occupation": occupation,
    "occupation_more": occupation_more,
    "occupation_pick": occupation_pick,
}
