"""The safety net: what must never be missed in a message, found without network and in under a millisecond.

A message becomes a list of word labels (`patterns.Lexicon`); what only sounds like danger ("me muero de risa",
"no me pega", a wish to help others) is taken out (`patterns/calm.yml`); the rules of `patterns/<class>.yml` read
the rest. The graver class wins, then the surer rule. Everything is data: to change what is caught, edit the YAML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.care.ear import Ear
from bot.care.lexicon import Labels, Lexicon
from bot.care.patterns import Compiler, Pattern, Row, find, load_yaml, needed, rarest
from bot.care.spelling import key

FOLDER = Path(__file__).parent / "patterns"
HEARD, CERTAIN = 0.9, 0.97
"""The second ear's chance: above the first it speaks up, above the second without a question. Chosen with
`tests/care/train_ear.py --check`: 0.9 costs three false alarms in a thousand hard sentences."""
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
    risk: Risk
    id: str
    severity: str
    doubtful: bool
    rank: int
    when: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


class Net:
    """All rules, compiled; each row is filed under the rarest words it needs, so a message meets only a few of them."""

    def __init__(self, folder: Path) -> None:
        files = {risk: load_yaml(folder, risk.value) for risk in Risk}
        calm = load_yaml(folder, "calm")
        ordinary = frozenset(map(key, (folder / "ordinary.txt").read_text(encoding="utf-8").split()))
        self.lexicon = Lexicon(load_yaml(folder, "lexicon"), ordinary)
        self.compiler = Compiler(self.lexicon, _sets([calm, *files.values()]))
        rules = [_rule(self.compiler, risk, file, item) for risk, file in files.items() for item in file["rules"]]
        self.rules = sorted(rules, key=lambda rule: (rule.doubtful, -rule.rank))
        self.now = self.compiler.pattern("@now")
        self.turns = frozenset(map(key, calm["turns"].split()))
        rows = list(enumerate(self.compiler.rows))
        self.files = _file(rows)
        self.firm = _file(row for row in rows if row[0] in self.compiler.sets["firm"])
        idioms = [text for texts in calm["calm"].values() for text in texts]
        self.calm = [(self.compiler.row(text.removesuffix(">>")), text.endswith(">>")) for text in idioms]
        self.ear = Ear(folder / "weights.tsv") if (folder / "weights.tsv").exists() else None
        self.calm_files = _file((number, row) for number, (row, _) in enumerate(self.calm))

    def calmed(self, text: str) -> list[Labels]:
        """The words of a message, with what only sounds like danger blanked out."""
        return self._without_calm(self.lexicon.tokens(text))

    def by_pattern(self, text: str) -> Finding | None:
        """What the written patterns find."""
        whole = self.lexicon.tokens(text)
        return self._by_pattern(whole, self._without_calm(whole))

    def _by_pattern(self, whole: list[Labels], calmed: list[Labels]) -> Finding | None:
        """The firm patterns read the whole message: no idiom hides "mi esposo me golpea"."""
        return self._first(_met(self.files, self.compiler.rows, calmed) | _met(self.firm, self.compiler.rows, whole))

    def _first(self, met: set[int]) -> Finding | None:
        """The finding of the gravest rule whose rows were met."""
        if not met:
            return None
        for rule in self.rules:
            row = next((found for found in (_found(pattern, met) for pattern in rule.when) if found is not None), None)
            if row is not None and not any(_found(pattern, met) is not None for pattern in rule.unless):
                severity = "now" if _found(self.now, met) is not None and rule.severity == "high" else rule.severity
                name = f"{rule.risk}.{rule.id}: {self.compiler.texts[row]}"[:80]
                return Finding(rule.risk, severity, name, rule.doubtful)
        return None

    def assess(self, text: str) -> Finding | None:
        """The patterns decide; the second ear hears what they miss."""
        whole = self.lexicon.tokens(text)
        calmed = self._without_calm(whole)
        return self._by_pattern(whole, calmed) or self._by_ear(calmed)

    def _by_ear(self, calmed: list[Labels]) -> Finding | None:
        heard = self.ear.hears(calmed) if self.ear else None
        if heard is None or heard.chance <= HEARD:
            return None
        name = f"{heard.risk}.heard: {heard.because}"[:80]
        return Finding(Risk(heard.risk), "high", name, doubtful=heard.chance < CERTAIN)

    def _without_calm(self, tokens: list[Labels]) -> list[Labels]:
        """The message with idioms, denials, studies and wishes to help blanked out."""
        present: Labels = frozenset().union(*tokens)
        for number in sorted(_candidates(self.calm_files, present)):
            row, to_the_end = self.calm[number]
            while span := find(row, tokens):
                end = self._turn(tokens, span[1]) if to_the_end else span[1]
                tokens = tokens[: span[0]] + [_TAKEN] * (end - span[0]) + tokens[end:]
        return tokens

    def _turn(self, tokens: list[Labels], start: int) -> int:
        """Where the talk turns back to oneself after `start`, or the end."""
        return next((at for at in range(start, len(tokens)) if not tokens[at].isdisjoint(self.turns)), len(tokens))


Files = dict[str, list[tuple[int, list[Labels]]]]


def _file(rows: Iterable[tuple[int, Row]]) -> Files:
    files: Files = {}
    for number, row in rows:
        for label in rarest(row):
            files.setdefault(label, []).append((number, needed(row)))
    return files


def _candidates(files: Files, present: Labels) -> set[int]:
    """Rows whose every needed slot finds a word in the message."""
    return {
        number
        for label in present & files.keys()
        for number, needs in files[label]
        if not any(fits.isdisjoint(present) for fits in needs)
    }


def _met(files: Files, rows: list[Row], tokens: list[Labels]) -> set[int]:
    """The numbers of the rows that match."""
    present: Labels = frozenset().union(*tokens)
    return {number for number in _candidates(files, present) if find(rows[number], tokens)}


def _found(pattern: Pattern, met: set[int]) -> int | None:
    """The row by which a pattern matched, None when it did not."""
    hits = [part & met for part in pattern.parts]
    return min(hits[0]) if all(hits) else None


def _sets(files: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {name: rows for file in files for name, rows in file.get("sets", {}).items()}


def _rule(compiler: Compiler, risk: Risk, file: dict[str, Any], item: dict[str, Any]) -> Rule:
    when, unless = (tuple(map(compiler.pattern, item.get(part, []))) for part in ("when", "unless"))
    return Rule(
        risk, item["id"], item["severity"], item.get("doubtful", False), item.get("rank", file["rank"]), when, unless
    )


@lru_cache(maxsize=1)
def net() -> Net:
    return Net(FOLDER)


def assess(text: str) -> Finding | None:
    """What `text` needs care for; None for nothing. Pure: the same text gives the same finding."""
    return net().assess(text)
