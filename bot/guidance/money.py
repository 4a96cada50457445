"""Which money tip fits: by what worries her and the way she chose, and never one she has seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.content.models import Tip


def choose_tip(tips: Iterable[Tip], worry: str | None, pathway: str | None, seen: Collection[str]) -> Tip | None:
    """The best tip not seen yet: her worry first, then her pathway, then what fits everyone. None when none is left."""
    fresh = [tip for tip in tips if tip.id not in seen]
    return max(fresh, key=lambda tip: fit(tip, worry, pathway), default=None)


def fit(tip: Tip, worry: str | None, pathway: str | None) -> int:
    """How well a tip fits: 4 for her worry, 2 for her pathway, 1 for everyone, less for another's."""
    general = not tip.worries and not tip.pathways
    elsewhere = bool(tip.pathways) and pathway not in tip.pathways
    return 4 * (worry in tip.worries) + 2 * (pathway in tip.pathways) + general - 3 * elsewhere
