"""Which of the three ways speaks to her, and why. Weights and reasons are the editors' (`pathways.yml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.content.models import Pathway


@dataclass(frozen=True)
class Suggestion:
    """Scores by pathway, the reasons heard for each, and the best ones: one, or several when they tie."""

    scores: dict[str, int]
    reasons: dict[str, list[str]]
    best: tuple[str, ...]


def suggest(pathways: Iterable[Pathway], answers: Mapping[str, Any]) -> Suggestion:
    """Add up the weights of every reason her answers give, in whatever order. No answers: all tie at 0."""
    scores: dict[str, int] = {}
    reasons: dict[str, list[str]] = {}
    for pathway in pathways:
        heard = [r for r in pathway.reasons if set(listed(answers.get(r.question))) & set(r.values)]
        scores[pathway.id] = sum(r.weight for r in heard)
        reasons[pathway.id] = [r.because for r in sorted(heard, key=lambda r: -r.weight) if r.weight > 0]
    top = max(scores.values())
    return Suggestion(scores, reasons, tuple(p for p, score in scores.items() if score == top))


def listed(value: Any) -> list[Any]:
    """An answer as a list, whether she gave one, several or none."""
    return value if isinstance(value, list) else [] if value is None else [value]
