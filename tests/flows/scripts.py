"""The scripted learners as data, and what may be asked of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.config import ROOT
from bot.content.gender import FORMS

FOLDER = Path(__file__).parent / "learners"
NAMES = sorted(file.stem for file in FOLDER.glob("*.yml"))
INTERVIEWS = ROOT / "content" / "es-MX" / "interviews"
TELLING = 6
"""A gendered form of fewer letters may be a piece of any word."""


@dataclass
class Script:
    """One learner: who she is, and what she says to which question."""

    who: str
    channel: str
    gender: str
    pathway: str
    answers: dict[str, Any] = field(default_factory=dict)

    def turns(self, question: str) -> list[Any]:
        """What she says to a question in turn; nothing when the script does not know it."""
        said = self.answers.get(question, [])
        return list(said) if isinstance(said, list) else [said]


def read(name: str) -> Script:
    return Script(**yaml.safe_load((FOLDER / f"{name}.yml").read_text()))


def questions() -> dict[str, list[str]]:
    """The last words of every question of the shipped content, and the questions that are asked by them."""
    found: dict[str, list[str]] = {}
    for file in sorted(INTERVIEWS.glob("*.yml")):
        for question in yaml.safe_load(file.read_text()).get("questions", ()):
            text = question["text"]
            last = (text if isinstance(text, str) else text[-1]).strip()
            found.setdefault(last, []).append(question["id"])
    return found


def wrong_forms(gender: str) -> set[str]:
    """Words that only someone of another gender is spoken to with."""
    place = "fmn".index(gender)
    texts = [file.read_text() for file in (ROOT / "content" / "es-MX").rglob("*.yml")]
    forms = [found.groups() for text in texts for found in FORMS.finditer(text)]
    hers = {form[place].casefold() for form in forms}
    others = {word.casefold() for form in forms for word in (form[0], form[1]) if word != form[place]}
    return {word for word in others if len(word) >= TELLING and not any(word in form for form in hers)}
