"""Which municipality a text names, of those told apart in a state: then it need not be asked again."""

from __future__ import annotations

from bot.content.models import State
from bot.messages.choices import plain


def town_in(state: State, text: str) -> str | None:
    """The municipality of a state that a text names, as it is written officially; None when it names none of ours."""
    said = f" {plain(text)} "
    named = {name: max((len(n) for n in names if f" {plain(n)} " in said), default=0) for name, names in _towns(state)}
    best = max(named, key=lambda name: named[name], default="")
    return best if best and named[best] else None


def _towns(state: State) -> list[tuple[str, list[str]]]:
    """Each town and all its names: "Juárez: cd juarez, juaritos"."""
    parts = (town.partition(":") for town in state.towns)
    return [(name.strip(), [name, *(n for n in also.split(",") if n.strip())]) for name, _, also in parts]
