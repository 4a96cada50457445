"""The safety net: what must never be missed in a message, found without network and in under a millisecond.

A message becomes a list of word labels (`patterns.Lexicon`); what only sounds like danger ("me muero de risa",
"no me pega", a wish to help others) is taken out (`patterns/calm.yml`); the rules of `patterns/<class>.yml` read
the rest. The graver class wins, then the surer rule. Everything is data: to change what is caught, edit the YAML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.care.patterns import Compiler, Labels, Lexicon, Pattern, Row, Span, find, load_yaml, matches

FOLDER = Path(__file__).parent / "patterns"
_TAKEN: Labels = frozenset({"·"})


class Risk(StrEnum):
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    CHILD_ABUSE = "child_abuse"
    TRAFFICKING = "trafficking"
    MEDICAL = "medical_emergency"


@dataclass(frozen=True)
class Finding:
    """What was heard. severity: "now" (danger as we speak), "high" or "concern"; pattern: `class.rule`, for people to
    check; doubtful: two readings are possible, so the answer is one gentle question and the line."""

    risk: Risk
    severity: str
    pattern: str
    doubtful: bool = False


@dataclass(frozen=True)
class Rule:
    finding: Finding
    rank: int
    when: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


@dataclass(frozen=True)
class Calm:
    row: Row
    to_the_end: bool


class Net:
    """All rules, compiled, each filed under the rarest words it needs so that a message meets only a few of them."""

    def __init__(self, folder: Path) -> None:
        files = {risk: load_yaml(folder, risk.value) for risk in Risk}
        calm = load_yaml(folder, "calm")
        ordinary = frozenset((folder / "ordinary.txt").read_text(encoding="utf-8").split())
        self.lexicon = Lexicon(load_yaml(folder, "lexicon"), ordinary)
        sets = {name: rows for file in (*files.values(), calm) for name, rows in file.get("sets", {}).items()}
        compiler = Compiler(self.lexicon, sets)
        self.now = tuple(map(compiler.pattern, calm["now"]))
        self.turns = frozenset(compiler.row(" ".join(calm["turns"]))[0].fits)
        self.rules = [_rule(compiler, risk, file, item) for risk, file in files.items() for item in file["rules"]]
        self.rules.sort(key=lambda rule: (rule.finding.doubtful, -rule.rank))
        self.calm: dict[str, list[Calm]] = defaultdict(list)
        for text in (text for texts in calm["calm"].values() for text in texts):
            row = compiler.row(text.removesuffix(">>"))
            for label in compiler.rarest(row):
                self.calm[label].append(Calm(row, text.endswith(">>")))

    def assess(self, text: str) -> Finding | None:
        tokens = self._without_calm(self.lexicon.tokens(text))
        present: Labels = frozenset().union(*tokens)
        for rule in self.rules:
            if any(matches(pattern, tokens, present) for pattern in rule.when):
                if not any(matches(pattern, tokens, present) for pattern in rule.unless):
                    return self._with_severity(rule.finding, tokens, present)
        return None
