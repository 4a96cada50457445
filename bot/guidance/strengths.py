"""What she can do, found in what she has done: a household, care, a stall, a parish, a team are experience.

Pure: rows of `strengths.yml`, the experiences she tapped and her own words in. Every strength says what it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.content.traits import Experience, Skill, Strengths
from bot.language import words

NOT = frozenset({"no", "nunca", "tampoco", "jamas"})
REACH = 4
"""So many words after one of them are denied, within a clause: "no sé cocinar, pero vendo" speaks of selling only."""
CLAUSE = re.compile(r"[.,;:!?\n]|\bpero\b|\bsino\b", re.IGNORECASE)


@dataclass(frozen=True)
class Strength:
    """One skill and the experiences it came from, as they read after "dijiste que". `line` says both."""

    skill: Skill
    because: tuple[str, ...]
    line: str


def find(guide: Strengths, done: Iterable[str] = (), text: str = "") -> list[Strength]:
    """Her strengths, those with most behind them first. `done`: ids of experiences; `text`: what she wrote."""
    tapped, heard = set(done), {e.id for e in spoken_of(guide, text)}
    lived = [e for e in guide.experiences if e.id in heard or tapped & {e.id, *e.taps}]
    found = [_strength(guide, skill, [e for e in lived if skill.id in e.skills]) for skill in guide.skills]
    return sorted((s for s in found if s.because), key=lambda s: -len(s.because))


def _strength(guide: Strengths, skill: Skill, lived: list[Experience]) -> Strength:
    because = tuple(e.phrase for e in lived)
    said = guide.says["also"].join(because[:2])
    return Strength(skill, because, guide.says["found"].format(you=skill.you, because=said))


def spoken_of(guide: Strengths, text: str) -> list[Experience]:
    """The experiences a text speaks of, by beginnings of words; "no sé cocinar" does not speak of cooking."""
    said = [word for clause in CLAUSE.split(text) for word in _affirmed(words(clause))]
    return [e for e in guide.experiences if any(_cued(cue.split(), said) for cue in e.cues)]


def _affirmed(said: Sequence[str]) -> list[str]:
    return [word for n, word in enumerate(said) if not NOT & set(said[max(n - REACH, 0) : n])]


def _cued(stems: list[str], said: list[str]) -> bool:
    return all(any(word.startswith(stem) for word in said) for stem in stems)


def nothing_yet(guide: Strengths) -> str:
    """What is said when nothing was found."""
    return guide.says["none"]
