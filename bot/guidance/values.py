"""What matters to her: the best and the worst of four, six times. Counting, not judging.

Pure: rows of `values.yml` and her picks in. A value stands in three rounds, so its score lies between -3 and 3, and
all scores add up to 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.traits import Value, Values

Picks = Mapping[int, tuple[str, str]]
"""Round (0 to 5) -> the value that matters most and the one that matters least."""


@dataclass(frozen=True)
class Weighed:
    """Scores by value, those that matter most (several when they tie) and least, and the lines that say it."""

    scores: dict[str, int]
    most: tuple[str, ...]
    least: tuple[str, ...]
    lines: tuple[str, ...]


def shown(guide: Values, number: int) -> list[Value]:
    """The four values of a round, as they are offered."""
    rows = {v.id: v for v in guide.values}
    return [rows[name] for name in guide.rounds[number]]


def weigh(guide: Values, picks: Picks) -> Weighed:
    """Count the picks of however many rounds she did. A pick that was not offered, or twice the same: `ValueError`."""
    scores = dict.fromkeys((v.id for v in guide.values), 0)
    for number, (best, worst) in picks.items():
        if best == worst or not {best, worst} <= set(guide.rounds[number]):
            raise ValueError(f"round {number} offers {', '.join(guide.rounds[number])}, not {best} over {worst}")
        scores[best] += 1
        scores[worst] -= 1
    most = tuple(v for v, s in scores.items() if s == max(scores.values()) and s > 0)
    least = tuple(v for v, s in scores.items() if s == min(scores.values()) and s < 0)
    return Weighed(scores, most, least, _told(guide, most, least) if picks else (guide.says["none"],))


def _told(guide: Values, most: tuple[str, ...], least: tuple[str, ...]) -> tuple[str, ...]:
    rows, says = {v.id: v.you for v in guide.values}, guide.says
    if not most:
        return (says["even"],)
    all_ = says["and"].join(rows[v] for v in most)
    name = {1: "one", 2: "tie"}.get(len(most), "many")
    last = [says["least"].format(last=rows[least[0]])] if len(least) == 1 else []
    return (says[name].format(first=rows[most[0]], all=all_), *last)
