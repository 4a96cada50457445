"""Which of the three ways speaks to her, and why. Weights and reasons are the editors' (`pathways.yml`).

How it counts: a reason is heard when an answer of hers is one of its values, and then adds its weight, once, to the
score of its pathway. Nothing else counts. So a score lies within `bounds`, a further reason moves it by exactly its
weight (up when it speaks for the way, down when it speaks against), and neither the order of the answers nor that of
the pathways matters. All reasons heard are told, for and against; equal best ones are all named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.models import Pathway, Reason


@dataclass(frozen=True)
class Suggestion:
    """Scores by pathway, the reasons heard for and against each (they read after "dijiste que", heaviest first), the
    best ones (several when they tie), and the version of the weights it was counted with."""

    scores: dict[str, int]
    reasons: dict[str, list[str]]
    best: tuple[str, ...]
    against: dict[str, list[str]] = field(default_factory=dict)
    version: str = ""

    @property
    def tied(self) -> bool:
        return len(self.best) > 1

    def stored(self) -> dict[str, Any]:
        """All of it as plain values, to be kept with what she chooses."""
        told = {"scores": self.scores, "reasons": self.reasons, "against": self.against}
        return told | {"best": list(self.best), "version": self.version}


def suggest(pathways: Iterable[Pathway], answers: Mapping[str, Any]) -> Suggestion:
    """Add up the weights of every reason her answers give, in whatever order. No answers: all tie at 0."""
    ways = list(pathways)
    found = {way.id: heard(way, answers) for way in ways}
    scores = {name: sum(r.weight for r in reasons) for name, reasons in found.items()}
    for_ = {name: [r.because for r in reasons if r.weight > 0] for name, reasons in found.items()}
    against = {name: [r.because for r in reasons if r.weight < 0] for name, reasons in found.items()}
    top = max(scores.values())
    best = tuple(name for name, score in scores.items() if score == top)
    return Suggestion(scores, for_, best, against, weights_version(ways))


def heard(pathway: Pathway, answers: Mapping[str, Any]) -> list[Reason]:
    """The reasons that her answers give, heaviest first, whichever way they speak."""
    found = [r for r in pathway.reasons if set(listed(answers.get(r.question))) & set(r.values)]
    return sorted(found, key=lambda r: -abs(r.weight))


def bounds(pathway: Pathway) -> tuple[int, int]:
    """The least and the most a pathway can score: all that speaks against it, all that speaks for it."""
    weights = [r.weight for r in pathway.reasons]
    return sum(w for w in weights if w < 0), sum(w for w in weights if w > 0)


def weights_version(pathways: Iterable[Pathway]) -> str:
    """Eight characters that change with any weight, question or value, and not with wording or order."""
    rows = sorted([way.id, r.question, sorted(r.values), r.weight] for way in pathways for r in way.reasons)
    return hashlib.sha1(json.dumps(rows).encode(), usedforsecurity=False).hexdigest()[:8]


def listed(value: Any) -> list[Any]:
    """An answer as a list, whether she gave one, several or none."""
    return value if isinstance(value, list) else [] if value is None else [value]
