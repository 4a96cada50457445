"""What she likes: taps on everyday items, counted by Holland's six types, told in her words and never as a code alone.

Pure: rows of `interests.yml` and her taps in, an `Interest` out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.traits import Interests, InterestType, Item

MOST = 3
"""So many types are told; those that tie with the third come along."""


@dataclass(frozen=True)
class Interest:
    """Points by type (0 to 2 for each item asked), the strongest types, whether some tie, and the lines that say it."""

    scores: dict[str, int]
    top: tuple[str, ...]
    tied: bool
    lines: tuple[str, ...]


def items(guide: Interests, short: bool = False) -> list[Item]:
    """What is asked, in the editors' order: all 18, or one of each type when there is little time."""
    return [item for item in guide.items if item.short or not short]


def score(guide: Interests, taps: Mapping[str, str]) -> Interest:
    """`taps`: item id -> id of the tap. An item not answered counts nothing; an unknown id is a `KeyError`."""
    worth, kinds = {t.id: t.points for t in guide.taps}, {i.id: i.type for i in guide.items}
    scores = _zero(guide)
    for item, tap in taps.items():
        scores[kinds[item]] += worth[tap]
    return told(guide, scores)


def from_liked(guide: Interests, liked: Iterable[str]) -> Interest:
    """The same from the one question "what do you like". Unknown answers are left out."""
    scores = _zero(guide)
    for kind in (kind for answer in dict.fromkeys(liked) for kind in guide.liked.get(answer, ())):
        scores[kind] += 1
    return told(guide, scores)


def _zero(guide: Interests) -> dict[str, int]:
    return {t.id: 0 for t in guide.types}


def told(guide: Interests, scores: dict[str, int]) -> Interest:
    """The strongest types and how they are said. All alike: none stands out."""
    top = strongest(scores)
    tied = len({scores[kind] for kind in top}) < len(top)
    rows: dict[str, InterestType] = {t.id: t for t in guide.types}
    if not top:
        return Interest(scores, (), any(scores.values()), (guide.says["all" if any(scores.values()) else "none"],))
    likes = guide.says["and"].join(rows[kind].you for kind in top)
    tie = [guide.says["tie"]] if tied else []
    return Interest(scores, top, tied, (guide.says["some"].format(likes=likes), *tie, *(rows[k].tell for k in top[:2])))


def strongest(scores: Mapping[str, int]) -> tuple[str, ...]:
    """Up to three types, more when they tie, strongest first, equal ones as given; none when all are alike."""
    if len(set(scores.values())) < 2:
        return ()
    least = sorted(scores.values(), reverse=True)[MOST - 1]
    found = [kind for kind, points in scores.items() if points >= max(least, 1) and points > min(scores.values())]
    return tuple(sorted(found, key=lambda kind: -scores[kind]))
