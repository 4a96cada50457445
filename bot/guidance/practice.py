"""Interview practice: feedback by rules an editor can read, kind first, and one thing to try at most.

Pure: rows of `practice.yml` and an answer in. It looks at words, not at meaning, and never grades.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.content.rehearsal import Practice, PracticeQuestion, Rules
from bot.language import fold


@dataclass(frozen=True)
class Feedback:
    """What is said about one answer: something good, always; something to try, or ""; and the help."""

    good: str
    better: str
    help: str

    @property
    def again(self) -> bool:
        """Whether to offer another try."""
        return bool(self.better)


def feedback(guide: Practice, question: PracticeQuestion, answer: str) -> Feedback:
    """Feedback on one answer, whatever its length."""
    missed = [name for name in question.needs if not RULES[name](guide.rules, answer)]
    kept = [name for name in PRAISE if name in question.needs and name not in missed and name in guide.good]
    better = guide.better[missed[0]] if missed else ""
    if question.private:
        return Feedback(guide.good["private"], better, question.help)
    if kept:
        return Feedback(guide.good[kept[0]], better, question.help)
    return Feedback(guide.good["begun"], better, question.help)


def next_question(guide: Practice, done: set[str]) -> PracticeQuestion | None:
    """The next one not practised yet; None when all were."""
    return next((q for q in guide.questions if q.id not in done), None)


PRAISE = ("example", "strength", "few")
"""What is praised first when several went well."""


def _words(answer: str) -> list[str]:
    return re.findall(r"\w+", fold(answer))


def long_enough(rules: Rules, answer: str) -> bool:
    return len(_words(answer)) >= rules.few


def short_enough(rules: Rules, answer: str) -> bool:
    return len(_words(answer)) <= rules.many


def has_example(rules: Rules, answer: str) -> bool:
    """Something that happened: a word of the list, or a number."""
    return _says(rules.example, answer) or bool(re.search(r"\d", answer))


def ends_well(rules: Rules, answer: str) -> bool:
    """Whether the last sentence has a strength and does not make her small."""
    sentences = [s for s in re.split(r"[.!?\n]+", answer) if s.strip()]
    last = sentences[-1] if sentences else ""
    return _says(rules.strength, last) and not _says(rules.small, last)


def speaks_well(rules: Rules, answer: str) -> bool:
    return not _says(rules.small, answer)


def _says(phrases: tuple[str, ...], answer: str) -> bool:
    """Whether one of them stands in it, each at the beginning of a word."""
    said = " " + " ".join(_words(answer))
    return any(f" {phrase}" in said for phrase in phrases)


RULES: dict[str, Callable[[Rules, str], bool]] = {
    "small": speaks_well,
    "few": long_enough,
    "many": short_enough,
    "example": has_example,
    "strength": ends_well,
}
"""The rules by the names they have in `practice.yml`: each says whether an answer keeps it."""
