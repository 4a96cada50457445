"""Six answers made into the sections of a CV. Nothing is added that she did not say, except named skills she has shown.

Pure. What a CV must not ask (address, age, marital status, children, photo) has no place here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.rehearsal import Curriculum

SEVERAL = {"hecho": r"[;\n]+|\.\s+", "sabe": r"[,;\n]+", "estudios": r"[;\n]+"}
"""Answers with several things in them, and what she puts between two."""
LONGEST = 160
"""Characters of a line on the page."""


@dataclass(frozen=True)
class Section:
    """One heading and its lines, at most 160 characters each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A CV: the name on top, the sections that have something, the headings still empty, and a line for the contact."""

    name: str
    sections: tuple[Section, ...]
    missing: tuple[str, ...]
    contact: str
    note: str


def page(guide: Curriculum, answers: Mapping[str, str], skills: Iterable[str] = ()) -> Page:
    """`answers`: question id -> her words, or none when skipped. `skills`: as a CV says them, under her own."""
    given = {q.id: _lines(q.id, answers.get(q.id) or "") for q in guide.questions}
    given["sabe"] = tuple(dict.fromkeys([*given["sabe"], *skills]))
    name, *rest = guide.questions
    sections = tuple(Section(q.title, given[q.id]) for q in rest if given[q.id])
    missing = tuple(q.title for q in guide.questions if not given[q.id])
    note = guide.says["missing"].format(titles=", ".join(missing)) if missing else guide.says["ready"]
    return Page(_name(" ".join(given[name.id])), sections, missing, guide.says["contact"], note)


def _name(said: str) -> str:
    """Her name with capitals when she typed it all small or all large."""
    return said.title() if said[1:].islower() or said.isupper() else said


def _lines(question: str, answer: str) -> tuple[str, ...]:
    parts = re.split(SEVERAL[question], answer) if question in SEVERAL else [answer]
    told = (" ".join(part.split()).strip(" .,;-•") for part in parts)
    return tuple(dict.fromkeys(_begun(line) for line in told if line))


def _begun(line: str) -> str:
    """With a capital first, and cut at a word where it is too long for a line."""
    shown = line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return shown[:1].upper() + shown[1:]
