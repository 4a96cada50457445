"""The safety net: what must never be missed in a message, found without network and in under a millisecond.

It listens with `ear.py`. Above `CERTAIN` the answer is care and nothing else; between the two limits two readings are
possible: one gentle question and the line come first, and the message goes its ordinary way. It fails toward care.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml

from bot.care.ear import Ear, load

HERE = Path(__file__).parent
HEARD, CERTAIN = 0.1, 0.4
"""Chances, chosen on development sentences with one writer left out at a time (bench/results/care.md)."""
URGENT = "<urgencia>"


class Risk(StrEnum):
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    CHILD_ABUSE = "child_abuse"
    TRAFFICKING = "trafficking"
    MEDICAL = "medical_emergency"


@dataclass(frozen=True)
class Finding:
    """What was heard. severity: "now" (danger as we speak), "high" or "concern"; pattern: the class and the words that
    spoke for it, for people to check; doubtful: two readings are possible."""

    risk: Risk
    severity: str
    pattern: str
    doubtful: bool = False


@lru_cache(maxsize=1)
def ear() -> Ear:
    return load(HERE / "ear.npz", yaml.safe_load((HERE / "groups.yml").read_text(encoding="utf-8")))


def assess(text: str) -> Finding | None:
    """What `text` needs care for; None for nothing. Pure: the same text gives the same finding."""
    heard = ear().hears(text)
    if heard.chance < HEARD:
        return None
    risk = Risk(heard.risk)
    return Finding(risk, _severity(risk, text), f"{risk}: {ear().because(text, risk)}"[:80], heard.chance < CERTAIN)


def _severity(risk: Risk, text: str) -> str:
    """Danger as we speak: an emergency is one by its nature, the rest when the message says so ("ayuda", "ahorita")."""
    urgent = risk is Risk.MEDICAL or any(URGENT in token for token in ear().lexicon.tokens(text))
    return "now" if urgent else "high"
