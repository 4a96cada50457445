"""What Rumbo says to someone who needs care: the words of `content/<locale>/care.yml`, with the line that works there.

Pure: a finding and a state give the bubbles. Wordings, lines and their sources are data, checked when they are loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.care.safety import Finding, Risk

AT_MOST_LINES = 2
EMERGENCY = "emergency"

Bubble = Annotated[str, Field(min_length=1, max_length=400)]
Bubbles = Annotated[tuple[Bubble, ...], Field(min_length=1, max_length=3)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(Strict):
    """A number that may be shown. `say`: how it reads in a sentence; `id`: its row in the directory of referrals."""

    id: str
    say: str
    source: str
    as_of: str


class Lines(Strict):
    """Lines by class (or "emergency"): those of the whole country, and those of states, which come first."""

    national: dict[str, tuple[Line, ...]]
    states: dict[str, dict[str, tuple[Line, ...]]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        wanted: set[str] = {EMERGENCY, *Risk}
        named = {kind for kinds in self.states.values() for kind in kinds}
        if set(self.national) != wanted or named - wanted:
            raise ValueError(f"lines: {sorted(wanted)} are wanted, no others; states name {sorted(named)}")
        return self

    def of(self, kind: str, state: str | None) -> str:
        """The lines of a class as they read in a sentence, the nearest first."""
        near = self.states.get(state or "", {}).get(kind, ())
        said = dict.fromkeys(line.say for line in (*near, *self.national[kind]))
        return " o ".join(list(said)[:AT_MOST_LINES])


class Wording(Strict):
    """What is said of one class: in danger as we speak; otherwise; when two readings are possible, one question."""

    now: Bubbles
    default: Bubbles
    doubtful: Bubble


class Care(Strict):
    """`content/<locale>/care.yml`. `want_help`: the button under a doubtful question. `follow_up` and `closed` (the
    answer to SALIR) never name the topic."""

    lines: Lines
    answers: dict[Risk, Wording]
    want_help: Annotated[str, Field(min_length=1, max_length=20)]
    follow_up: Bubble
    closed: Bubble

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if missing := set(Risk) - set(self.answers):
            raise ValueError(f"answers: missing {sorted(missing)}")
        return self


def load(path: Path) -> Care:
    """Read and check the file. A mistake is a pydantic ValidationError that names its place."""
    return Care.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def answer(finding: Finding, state: str | None, care: Care) -> tuple[str, ...]:
    """The bubbles for what was found, with the lines of `state` ("JAL"; None when it is not known)."""
    wording = care.answers[finding.risk]
    urgent = wording.now if finding.severity == "now" else wording.default
    filled = {"line": care.lines.of(finding.risk, state), "emergency": _emergency(finding.risk, state, care)}
    return tuple(bubble.format(**filled) for bubble in ((wording.doubtful,) if finding.doubtful else urgent))


def _emergency(risk: Risk, state: str | None, care: Care) -> str:
    """Jalisco's "Código Violeta" is for violence: whoever has a heart attack is not told to say it."""
    lines = care.lines
    near = lines.states.get(state or "", {}).get(EMERGENCY, ()) if risk is Risk.VIOLENCE else ()
    return (near or lines.national[EMERGENCY])[0].say
