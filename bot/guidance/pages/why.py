"""All that speaks for and against each pathway, in her words, with its weight: nothing of the suggestion is hidden."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.content.models import Reason
from bot.guidance.facts import Person
from bot.guidance.pages.base import Page, busy, go, paragraphs
from bot.guidance.pathways import Suggestion, heard

BUBBLE = 600


def why(person: Person, value: str, message_id: int) -> list[Bubble]:
    """Every reason of all three. Where a question waits, as much as fits one bubble, the best way first."""
    found = person.suggestion()
    ways = sorted(person.content.pathways, key=lambda p: -found.scores[p])
    parts = [part(person, found, way) for way in ways]
    best = ", ".join(person.content.pathways[p].title for p in found.best)
    last = person.content.words("why_tie" if found.tied else "why_best", title=best, code=found.version)
    if busy(person):
        return [Bubble(_as_fits([*parts, last]), content_id="why")]
    lines = [line for text in [*parts, last] for line in text.split("\n")]
    chosen = ((person.content.words("button_compare"), go("compare")), (person.content.words("button_menu"), "/menu"))
    return paragraphs(lines, BUBBLE, chosen, "why")


def part(person: Person, found: Suggestion, way: str) -> str:
    """One pathway: its points, and each reason with what it adds or takes away."""
    pathway = person.content.pathways[way]
    reasons = heard(pathway, person.heard())
    head = person.content.words("why_head", title=pathway.title, count=found.scores[way])
    return "\n".join([head, *map(_line, reasons)] if reasons else [head, person.content.words("why_none")])


def _line(reason: Reason) -> str:
    return f"{reason.weight:+d}: {reason.because}"


def _as_fits(texts: list[str]) -> str:
    """As many as fit one bubble; the rest can be asked for later."""
    said = ""
    for text in texts:
        longer = f"{said}\n\n{text}".strip()
        if len(longer) > BUBBLE:
            break
        said = longer
    return said or texts[0][:BUBBLE]


PAGES: dict[str, Page] = {"why": why}
