"""Her year in pesos: of one pathway with what she asks "y si…" about, of all side by side, and its sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.content.figures import Kind, WhatIf
from bot.content.library import Bubble
from bot.guidance import charting, counting, journey, picks
from bot.guidance.assumptions import Line, plain
from bot.guidance.cashflow import FLOWS, Year, sellable, share_of_day
from bot.guidance.counting import View
from bot.guidance.facts import Person
from bot.guidance.occupations import MINORS
from bot.guidance.pages.base import Buttons, Page, busy, go, paragraphs
from bot.guidance.wages import spoken_date

BUBBLE = 600
CHANGES = 4
"""What-ifs that are offered as buttons; all of them can be written."""
BLOCK = "cuentas"


def numbers(person: Person, value: str, message_id: int) -> list[Bubble]:
    """The year of one pathway. `value`: a `View`; without a pathway the one she looked at last or chose."""
    asked = View.read(value)
    pathway = counting.pathway(person, asked.pathway)
    if pathway is None:
        return compare(person, "", message_id)
    if picks.picked(person, picks.COUNTED) != pathway:
        picks.pick(person, picks.COUNTED, pathway, message_id)
    view = View(pathway, asked.changes)
    if lacking := counting.missing(person, pathway):
        return _lacking(person, view, lacking)
    found = counting.picture(person, view)
    told = "\n".join((person.content.words("numbers", title=person.content.pathways[pathway].title), *found.lines))
    shown = Bubble(told, (), "numbers", charting.order(person, view))
    return [shown] if busy(person) else [shown, _with_this(person, view, found), _what_now(person, view, found)]


def _lacking(person: Person, view: View, lacking: list[str]) -> list[Bubble]:
    """A pathway that cannot be counted yet says why, and asks for what is missing."""
    title = person.content.pathways[view.pathway].title
    text = person.content.words(
        "numbers_missing", title=title, data="\n".join(f"• {line.split(':')[0]}." for line in lacking)
    )
    fill = (person.content.words("button_my_numbers"), journey.start(BLOCK))
    ways = dict((fill, *_others(person, view), *_ways(person)))
    return [Bubble(text, tuple(ways.items()), "numbers_missing")]


def _with_this(person: Person, view: View, found: Year) -> Bubble:
    """What is switched on, then what was counted: all of it where it is short, else the pay or hers."""
    on = [c for c in counting.what_ifs(person, view.pathway) if c.id in view.changes]
    told = [_sourced(person, c) for c in on]
    told += [person.content.words("numbers_young")] if _young(person, view) else []
    everything = "\n".join(
        [*told, *_part(person, view), person.content.words("numbers_with"), *grouped(person, found.assumptions)]
    )
    if len(everything) <= BUBBLE:
        return Bubble(everything, content_id="numbers_with")
    paid = counting.pay(person).lines if view.pathway == "employment" else ()
    part, more = _part(person, view), person.content.words("numbers_long")
    texts = ["\n".join([*said, more]) for said in ([*told, *paid, *part], [*told, *part], [*told[:1]])]
    return Bubble(next(text for text in texts if len(text) <= BUBBLE), content_id="numbers_with")


def _part(person: Person, view: View) -> list[str]:
    """That only a part was counted, where her hours do not hold all of it."""
    value = {name: number.value for name, number in counting.numbers(person, view).items()}
    share, units = share_of_day(value), sellable(value)
    if view.pathway == "employment" and share < 1:
        return [person.content.words("numbers_share", pesos=plain(round((value["pay"] or 0) * share)))]
    if view.pathway == "business" and units < (value["units_week"] or 0):
        return [person.content.words("numbers_hours", count=plain(round(units, 1)))]
    return []


def _young(person: Person, view: View) -> bool:
    return view.pathway == "employment" and person.learner.age_band == MINORS


def _sourced(person: Person, change: WhatIf) -> str:
    """What was counted for a change, and from what source."""
    where = person.content.guide.wages.says["from"].format(source=change.source, as_of=spoken_date(change.as_of))
    return f"{change.says} {where}"


def grouped(person: Person, lines: Iterable[Line]) -> list[str]:
    """The assumptions by where they come from: a line with the source and its date, and those of it below; what nobody
    has said yet at the end."""
    groups: dict[str, list[str]] = {}
    lines = sorted(lines, key=lambda line: line.kind is Kind.MISSING)
    for line in lines:
        source = f"{line.source[:1].upper()}{line.source[1:]} ({spoken_date(line.as_of)}):"
        head = person.content.words("numbers_unknown") if line.kind is Kind.MISSING else source
        groups.setdefault(head, []).append(f"• {line.text}")
    return [text for head, told in groups.items() for text in (head, *told)]


def _what_now(person: Person, view: View, found: Year) -> Bubble:
    changes = [*counting.that_matter(person, view.pathway)]
    shown = [c for c in changes if c.id in view.changes] + [c for c in changes if c.id not in view.changes]
    taps = tuple(_switch(person, view, c) for c in shown[:CHANGES])
    everything = counting.what_ifs(person, view.pathway)
    hears = tuple((words, go("numbers", str(view.with_(c.id)))) for c in everything for words in (c.title, *c.also))
    source = (person.content.words("button_sources"), go("numbers_from", str(view)))
    ways = (*taps, *_choose(person, view), *_others(person, view), source, *_ways(person))
    return Bubble(person.content.words("numbers_if"), ways[:10], "numbers_if", hears=hears)


def _switch(person: Person, view: View, change: WhatIf) -> tuple[str, str]:
    """A tap switches it on, and off again."""
    if change.id in view.changes:
        title = person.content.words("button_without", title=charting.supposed(change))
        return title[:24], go("numbers", str(view.without(change.id)))
    return change.title, go("numbers", str(view.with_(change.id)))


def _choose(person: Person, view: View) -> Buttons:
    """To take the way she looks at, when it is not hers."""
    if person.learner.pathway in (None, view.pathway):
        return ()
    return ((person.content.words("button_take_way"), journey.start("camino", v=f":{view.pathway}")),)


def _others(person: Person, view: View) -> Buttons:
    titles = {p: person.content.pathways[p].title[:24] for p in FLOWS if p != view.pathway}
    return (
        *((title, go("numbers", str(View(p)))) for p, title in titles.items()),
        (person.content.words("button_compare"), go("compare")),
    )


def _ways(person: Person) -> Buttons:
    """To change a number of hers, or to give the first ones."""
    if any(q.id in person.memory.answers for q in person.content.interviews[BLOCK].questions):
        return ((person.content.words("button_change_number"), f'/my_answers{{"interview": "{BLOCK}"}}'),)
    return ((person.content.words("button_my_numbers"), journey.start(BLOCK)),)


def numbers_from(person: Person, value: str, message_id: int) -> list[Bubble]:
    """Every number of a view, with where it comes from and as of when."""
    view = View.read(value)
    pathway = counting.pathway(person, view.pathway)
    if pathway is None:
        return compare(person, "", message_id)
    view = replace(view, pathway=pathway)
    lines = [person.content.words("numbers_with"), *grouped(person, counting.picture(person, view).assumptions)]
    both = counting.pay(person)
    lines += both.lines if pathway == "employment" and both.reported else ()
    back = (person.content.words("button_back_year"), go("numbers", str(view)))
    return paragraphs(lines, BUBBLE, (back, *_ways(person)), "numbers_with")


def compare(person: Person, value: str, message_id: int) -> list[Bubble]:
    """The pathways side by side; one that cannot be counted yet says what is missing."""
    lacking = {p: counting.missing(person, p) for p in FLOWS}
    told = [person.content.words("compare")]
    told += [charting.ends(person, counting.picture(person, View(p))) for p in FLOWS if not lacking[p]]
    told += [_not_yet(person, p) for p in FLOWS if lacking[p]]
    told += counting.pay(person).lines[:2]
    told += [person.content.words("numbers_young")] if _young(person, View("employment")) else []
    shown = Bubble("\n".join(told), (), "compare", charting.order(person, View(charting.ALL)))
    if busy(person):
        return [shown]
    taps = tuple((person.content.pathways[p].title[:24], go("numbers", str(View(p)))) for p in FLOWS)
    why = (person.content.words("button_why"), go("why"))
    return [shown, Bubble(person.content.words("compare_tap"), (*taps, *_ways(person), why), "compare_tap")]


def _not_yet(person: Person, pathway: str) -> str:
    text = person.content.words("compare_missing")
    return person.content.words("numbers_one", title=person.content.pathways[pathway].title, text=text)


PAGES: dict[str, Page] = {"numbers": numbers, "numbers_from": numbers_from, "compare": compare}
