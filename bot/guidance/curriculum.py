"""Six answers made into the sections of a CV. Nothing is added that she did not say, except named skills she has shown.

Pure. What a CV must not ask (address, age, marital status, children, photo) has no place here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.rehearsal import Ask, Curriculum

SEVERAL = {"hecho": r"[;\n]+|\.\s+", "sabe": r"[,;\n]+", "estudios": r"[;\n]+", "cursos": r"[;\n]+"}
"""Answers with several things in them, and what she puts between two."""
LONGEST = 160
"""Characters of a line on the page."""
REACH = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+|\()?\d[\d\s().-]{6,}\d")
"""An e-mail address, or a telephone number of eight digits or more."""
CALLED = re.compile(
    r"\b(?:y\s+)?(?:(?:mi|el|al|es)\s+)*"
    r"(?:tel[eé]fono|tel|celular|cel|whats?app|whats|n[uú]mero|correo|e-?mail|mail|nombre|me llamo|soy|es)\b"
    r"(?:\s+es)?[\s.:]*",
    re.IGNORECASE,
)
"""What people write around their name and number."""
SMALL = frozenset("de del la las los y e".split())


@dataclass(frozen=True)
class Section:
    """One heading and its lines, at most 160 characters each. `id`: its question, the first of two."""

    id: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A CV: the name on top, how to reach her, the sections that have something, and the headings still empty."""

    name: str
    reach: tuple[str, ...]
    sections: tuple[Section, ...]
    missing: tuple[str, ...]
    note: str

    def lines(self, section: str) -> tuple[str, ...]:
        """What stands under the heading of a question; nothing when it was left out."""
        return next((s.lines for s in self.sections if s.id == section), ())


def page(guide: Curriculum, answers: Mapping[str, str], known: Mapping[str, Iterable[str]] | None = None) -> Page:
    """`answers`: question id -> her words, or none when skipped. `known`: lines by question that she told elsewhere,
    put under her own; of the first question, what to call her where she wrote no name."""
    elsewhere = {question: tuple(lines) for question, lines in (known or {}).items()}
    first, *rest = guide.questions
    name, reach = who(answers.get(first.id) or "")
    name = name or " ".join(elsewhere.get(first.id, ()))
    under: dict[str, list[Ask]] = {}
    for question in rest:
        under.setdefault(question.title, []).append(question)
    all_of_them = tuple(_section(asks, answers, elsewhere) for asks in under.values())
    empty = tuple(s.title for s in all_of_them if not s.lines)
    missing = empty if name else (first.title, *empty)
    note = guide.says["missing"].format(titles=", ".join(missing)) if missing else guide.says["ready"]
    return Page(name, reach, tuple(s for s in all_of_them if s.lines), missing, note)


def _section(asks: list[Ask], answers: Mapping[str, str], known: Mapping[str, tuple[str, ...]]) -> Section:
    said = [line for ask in asks for line in (*lines(ask.id, answers.get(ask.id) or ""), *known.get(ask.id, ()))]
    return Section(asks[0].id, asks[0].title, tuple(dict.fromkeys(said)))


def who(said: str) -> tuple[str, tuple[str, ...]]:
    """Her name, and her telephone and e-mail as she wrote them: "soy Ana Paz, tel 55 1234 5678"."""
    reach = tuple(" ".join(found.split()) for found in REACH.findall(said))
    name = CALLED.sub(" ", REACH.sub(" ", said)) if reach or CALLED.match(said.strip()) else said
    name = " ".join(name.split()).strip(" .,;:-•/")[:LONGEST]
    return (_capitals(name) if any(map(str.isalpha, name)) else ""), reach


def _capitals(said: str) -> str:
    """With capitals when she typed it all small or all large; not "De La" in the middle."""
    if not (said[1:].islower() or said.isupper()):
        return said
    first, *rest = said.title().split()
    return " ".join((first, *(word.lower() if word.lower() in SMALL else word for word in rest)))


def lines(question: str, answer: str) -> tuple[str, ...]:
    """An answer as lines: one for each thing in it, where a question asks for several."""
    parts = re.split(SEVERAL[question], answer) if question in SEVERAL else [answer]
    told = (" ".join(part.split()).strip(" .,;-•") for part in parts)
    return tuple(dict.fromkeys(_begun(line) for line in told if line))


def _begun(line: str) -> str:
    """With a capital first, and cut at a word where it is too long for a line."""
    shown = line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return shown[:1].upper() + shown[1:]
