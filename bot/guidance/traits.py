"""What she can do, likes and minds, said from her answers to the blocks `tengo`, `gusta` and `importa`."""

from __future__ import annotations

from bot.content.blocks import INTEREST, VALUE
from bot.content.traits import Interests, Strengths, Values
from bot.guidance import interests
from bot.guidance.interests import Interest
from bot.guidance.memory import Memory
from bot.guidance.strengths import Strength, find
from bot.guidance.values import weigh

DONE, LIKED = "ha_hecho", "gusta"
TOLD = ("orgullo", "mejor_cosa", "te_piden")
MOST = 4
"""Strengths said at once."""


def likes(guide: Interests, memory: Memory) -> str:
    """The result of the 18 items in words; of the short question while those were not asked."""
    return " ".join(interest(guide, memory).lines)


def interest(guide: Interests, memory: Memory) -> Interest:
    """The same, counted: what she tapped of the 18 items, or else of the short question."""
    given, liked = taps(guide, memory), memory.answers.get(LIKED)
    if given or not isinstance(liked, list):
        return interests.score(guide, given)
    return interests.from_liked(guide, liked)


def taps(guide: Interests, memory: Memory) -> dict[str, str]:
    """What she tapped under those of the 18 items that she was asked and still exist."""
    known = {item.id for item in guide.items}
    given = {q.removeprefix(INTEREST): v for q, v in memory.answers.items() if q.startswith(INTEREST) and v is not None}
    return {item: tap for item, tap in given.items() if item in known}


def values(guide: Values, memory: Memory) -> str:
    """What matters most and least, counted over the rounds she did; a round that has changed since is left out."""
    picks = {}
    for number, shown in enumerate(guide.rounds):
        said = memory.answers.get(f"{VALUE}{number}")
        if isinstance(said, list) and len(set(said)) == 2 and set(said) <= set(shown):
            picks[number] = (said[0], said[1])
    return " ".join(weigh(guide, picks).lines)


def strengths(guide: Strengths, memory: Memory) -> str:
    """Her skills by name, each with what she said; one line each."""
    return "\n".join(f"• {one.line}" for one in able(guide, memory)[:MOST]) or guide.says["none"]


def able(guide: Strengths, memory: Memory, also: tuple[str, ...] = ()) -> list[Strength]:
    """Her skills, those with most behind them first. `also`: more questions whose words speak of what she did."""
    done = memory.answers.get(DONE)
    told = ". ".join(memory.words[q] for q in (*TOLD, *also) if q in memory.words)
    return find(guide, done if isinstance(done, list) else [], told)
