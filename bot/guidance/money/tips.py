"""Which money tip fits: by what worries her, the way she chose and what she earns, and never one she has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from bot.content.tips import Tip


def choose_tip(
    tips: Iterable[Tip],
    worry: str | None,
    pathway: str | None,
    seen: Collection[str],
    income: str | None = None,
) -> Tip | None:
    """The best tip not seen yet, None when none is left. Among those that fit as well, go by rank, then by what is made
    for her income, then by the topic she has heard least of, then by id; so the order of what is given never counts."""
    cards = list(tips)
    heard = Counter(tip.topic for tip in cards if tip.id in seen)
    fresh = [tip for tip in cards if tip.id not in seen]

    def place(tip: Tip) -> tuple[int, int, bool, int, str]:
        return -fit(tip, worry, pathway, income), tip.rank, income not in tip.income, heard[tip.topic], tip.id

    return min(fresh, key=place, default=None)


def fit(tip: Tip, worry: str | None, pathway: str | None, income: str | None = None) -> int:
    """How well a tip fits: 4 for her worry, 2 for her pathway, 1 for everyone, less for another's way or income.
    A quiet one waits until lighter ones were said: nobody should meet that topic in her first card."""
    general = not tip.worries and not tip.pathways
    elsewhere = bool(tip.pathways) and pathway not in tip.pathways
    beyond = bool(tip.income) and income is not None and income not in tip.income
    hers = 4 * (worry in tip.worries) + 2 * (pathway in tip.pathways)
    return hers + general - 4 * elsewhere - 5 * beyond - 3 * tip.quiet
