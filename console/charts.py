"""What charts are drawn with: numbers as a page shows them."""

from __future__ import annotations

from bot.indicators.shares import Share


def percent(one: Share) -> str:
    """Such as "42%"; an ellipsis when it is hidden, a dash when it is of nobody."""
    if one.hidden:
        return "…"
    return "–" if one.percent is None else f"{one.percent:.0f}%"
