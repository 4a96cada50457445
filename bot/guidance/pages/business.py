"""A business of her own: ideas for her, one of them, her numbers, and formal or not yet."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import picks, venture
from bot.guidance.business import IdeaFit, told
from bot.guidance.facts import Person
from bot.guidance.journey import COMMITMENTS, start
from bot.guidance.occupations import MINORS
from bot.guidance.pages.base import Page, go, with_taps

SHOWN = 4
REASONS = 3
BLOCK, PATHWAY = "negocio", "business"
SALE = "venta"
"""The option of her first step that is her first sale (`compromisos.yml`)."""


def ideas(person: Person, seen: str, message_id: int) -> list[Bubble]:
    """The ones that fit best, a few at a time; her own is always possible. `seen`: how many she has seen."""
    first = int(seen) if seen.isdecimal() else 0
    found = venture.ideas(person)
    shown = found[first : first + SHOWN]
    taps = [(f.idea.title, go("idea", f.idea.id)) for f in shown]
    more = [(person.content.words("page_more"), go("ideas", str(first + SHOWN)))] if found[first + SHOWN :] else []
    lines = "\n".join(f"• {f.idea.title}. {' '.join(f.reasons[:1])}".rstrip() for f in shown)
    said = person.say("ideas" if venture.has_told(person) else "ideas_blank", data=lines)
    young = person.say("ideas_young") if person.learner.age_band == MINORS and not first else []
    return [*young, *with_taps(said, *taps, *more)]


def idea(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """One of them, with why, who would buy and the first sale."""
    found = _fit(person, wanted)
    if found is None:
        return ideas(person, "", message_id)
    lines = (found.idea.what, *found.reasons[:REASONS])
    begin = person.content.words("idea_begin", buyers=found.idea.buyers, sale=found.idea.first_sale)
    said = person.say(
        "idea", title=found.idea.title, data="\n".join(lines), place=f"{begin}\n{found.idea.care}".strip()
    )
    return with_taps(said, (person.content.words("button_my_idea"), go("my_idea", wanted)))


def my_idea(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """The idea she takes, ours or her own: kept, and her page is offered."""
    found = _fit(person, wanted)
    if found is None and wanted != picks.OWN:
        return ideas(person, "", message_id)
    picks.pick(person, picks.IDEA, found.idea.id if found else picks.OWN, message_id)
    return person.say("my_idea", title=found.idea.title) if found else person.say("my_idea_own")


def _fit(person: Person, wanted: str) -> IdeaFit | None:
    return next((f for f in venture.ideas(person) if f.idea.id == wanted), None)


def business(person: Person, _: str, message_id: int) -> list[Bubble]:
    """Her idea and what her numbers say; what is still missing for it can be answered from here."""
    chosen, numbers = venture.idea(person), venture.numbers(person)
    if chosen is None and not any(value is not None for value in vars(numbers).values()):
        return person.say("business_empty")
    title = chosen.title if chosen else person.content.words("paper_business")
    return with_taps(person.say("business", title=title, data=venture.text(person)), *_steps(person))


def _steps(person: Person) -> list[tuple[str, str]]:
    """What she can do next: answer what is missing, and set a day for her first sale."""
    said = venture.numbers(person)
    lacks = [(person.content.words("button_fill_in"), start(BLOCK))] if None in vars(said).values() else []
    sells = person.learner.pathway == PATHWAY
    sale = [(person.content.words("button_first_sale"), start(COMMITMENTS, v=f":{SALE}"))] if sells else []
    return [*lacks, *sale]


def formal(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """Formal, not yet, or as a group: what each brings and costs, how to begin, and where that was read."""
    guide = person.content.guide.business
    fact = next((f for f in guide.facts if f.id == wanted), None)
    others = [(f.title, go("formal", f.id)) for f in guide.facts if f.id != wanted]
    if fact is None:
        return with_taps(person.say("formal"), *others)
    what, terms, source = told(guide, fact, person.learner.age_band)
    there = [(person.content.words("button_place"), go("place", fact.service))] if fact.service else []
    said = person.say("formal_one", title=fact.title, data=what, place=f"{terms}\n{source}")
    return with_taps(said, *there, *others)


PAGES: dict[str, Page] = {
    "ideas": ideas,
    "idea": idea,
    "my_idea": my_idea,
    "business": business,
    "formal": formal,
}
