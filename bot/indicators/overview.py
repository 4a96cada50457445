"""The overview: what became of the people a cut is about. Pure: the same facts and the same cut give the same numbers.

What each number means stands in the words of the console (`means.*`), one for each name used here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.guidance.journey import START, WAVES
from bot.indicators.facts import Facts
from bot.indicators.reading import DIMENSIONS, YES
from bot.indicators.shares import Flags, Middle, Pair, Share, hide, hide_groups, hide_middle, middle, share

FUNNEL = ("consented", "done:bienvenida", "done:proyecto", "chose", "committed", "did_a_step", "reached_something")
"""The steps of the main path, in their order; each is counted of everybody who arrived."""
WAVE_NAMES = (START, *WAVES.values())
RELATIONS = (
    ("active", None),
    ("stopped_messages", None),
    ("accepted", "offered"),
    ("attended", "accepted"),
    ("failed", "accepted"),
)
"""A fact, and of whom it is asked; nobody named is everybody who agreed."""
LESSONS = (("began_lesson", None), ("finished_lesson", "began_lesson"))
STOPS = 12
"""Questions that are listed as places where people stop."""


@dataclass(frozen=True)
class Cut:
    """About whom, and by what it is taken apart. `cohort`: the only one that may be seen."""

    only: dict[str, str] = field(default_factory=dict)
    by: str = ""
    cohort: str | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str], cohort: str | None) -> Cut:
        """Out of an address; what is no dimension is left out."""
        only = {name: asked[name] for name in DIMENSIONS if asked.get(name)}
        by = asked.get("by", "")
        return cls(only | ({"cohort": cohort} if cohort else {}), by if by in DIMENSIONS else "", cohort)


@dataclass(frozen=True)
class Wave:
    """One outcome at its four times, and of those who answered twice what they said before."""

    name: str
    shares: tuple[Share, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Block:
    """A block of questions: who finished it, and in how many minutes."""

    name: str
    done: Share
    minutes: Middle


@dataclass(frozen=True)
class Part:
    """One group of the dimension it is taken apart by."""

    group: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Overview:
    """All of a page. `reach` is everybody of the cut; None when they are too few to be counted."""

    reach: int | None
    funnel: tuple[Share, ...]
    blocks: tuple[Block, ...]
    stops: tuple[Share, ...]
    waves: tuple[Wave, ...]
    relations: tuple[Share, ...]
    lessons: tuple[Share, ...]
    pleased: Share
    parts: tuple[Part, ...]


def overview(facts: Facts, cut: Cut, blocks: Sequence[str], least: int) -> Overview:
    """`blocks`: ids in their order; `least`: cells of fewer people are hidden."""
    within = facts.within(cut.only)
    size = int(within.sum())
    agreed = facts.flag("consented") & within
    return Overview(
        reach=None if 0 < size < least else size,
        funnel=tuple(hide(one, least) for one in _funnel(facts, within)),
        blocks=tuple(_block(facts, name, agreed, least) for name in blocks),
        stops=tuple(one for one in _stops(facts, agreed, least) if not one.hidden),
        waves=tuple(_wave(facts, name, within, least) for name in YES),
        relations=tuple(hide(one, least) for one in _related(facts, agreed, RELATIONS)),
        lessons=tuple(hide(one, least) for one in _related(facts, agreed, LESSONS)),
        pleased=hide(_pleased(facts, agreed), least),
        parts=_parts(facts, cut, within, least),
    )


def _funnel(facts: Facts, within: Flags) -> list[Share]:
    return [share(name, facts.flag(name), within) for name in FUNNEL]


def _related(facts: Facts, agreed: Flags, pairs: Sequence[tuple[str, str | None]]) -> list[Share]:
    return [share(name, facts.flag(name), agreed & facts.flag(of) if of else agreed) for name, of in pairs]


def _pleased(facts: Facts, agreed: Flags) -> Share:
    """Of who said something either way; all others are missing."""
    pleased, displeased = facts.flag("pleased"), facts.flag("displeased")
    return share("pleased", pleased & ~displeased, agreed & (pleased | displeased), agreed)


def _block(facts: Facts, name: str, agreed: Flags, least: int) -> Block:
    done = share(name, facts.flag(f"done:{name}"), agreed)
    spent = facts.minutes.get(name, np.full(facts.size, np.nan))
    return Block(name, hide(done, least), hide_middle(middle(name, np.where(agreed, spent, np.nan)), least))


def _stops(facts: Facts, agreed: Flags, least: int) -> list[Share]:
    """The questions where most stopped, of all who agreed."""
    names, codes = facts.stopped
    here = codes[agreed & (codes >= 0)]
    counted = np.bincount(here, minlength=len(names))
    order = sorted(range(len(names)), key=lambda n: (-counted[n], names[n]))[:STOPS]
    all_of = int(agreed.sum())
    return [hide(Share(names[n], int(counted[n]), all_of), least) for n in order if counted[n]]


def _wave(facts: Facts, name: str, within: Flags, least: int) -> Wave:
    first = facts.answer(name, START)
    shares, pairs = [], []
    for wave in WAVE_NAMES:
        said, due = facts.answer(name, wave), facts.due.get(wave, within) & within
        shares.append(hide(share(wave, said == 1, within & (said >= 0), due | (within & (said >= 0))), least))
        if wave != START:
            both = within & (first >= 0) & (said >= 0)
            before, now = share(wave, first == 1, both), share(wave, said == 1, both)
            pairs.append(Pair(wave, hide(before, least), hide(now, least)))
    return Wave(name, tuple(shares), tuple(pairs))


def _parts(facts: Facts, cut: Cut, within: Flags, least: int) -> tuple[Part, ...]:
    """The groups side by side: the funnel, services and lessons of each."""
    if not cut.by:
        return ()
    names = facts.groups[cut.by][0]
    inside = [within & facts.within({cut.by: name}) for name in names]
    present = [(name, one) for name, one in zip(names, inside, strict=True) if one.any()]
    asked = (*RELATIONS, *LESSONS)
    rows = [[*_funnel(facts, one), *_related(facts, one & facts.flag("consented"), asked)] for _, one in present]
    columns = [hide_groups(column, least) for column in zip(*rows, strict=True)]
    shown = zip(*columns, strict=True)
    return tuple(Part(name, tuple(row)) for (name, _), row in zip(present, shown, strict=True))
