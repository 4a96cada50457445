"""Learns what a cry for help sounds like, and writes the table that `bot/care/ear.py` listens with:  make ear

Logistic regression over the three faces of a message (`bot.care.ear.blocks`), each a TF-IDF of length one. It learns
from `nlu_data/<locale>/care/<class>.txt` and from everyday talk, the sentences of all intents. Knows nothing of Rasa.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from bot.care.ear import blocks
from bot.care.lexicon import Lexicon
from bot.care.spelling import key
from bot.language import words

ROOT = Path(__file__).parents[2]
DATA = ROOT / "nlu_data" / "es-MX"
GROUPS = ROOT / "bot" / "care" / "groups.yml"
TABLE = ROOT / "bot" / "care" / "ear.npz"
SOURCES = ("bot/care/ear.py", "bot/care/lexicon.py", "bot/care/spelling.py", "bot/language.py")
NOTHING = "none"
REPORTS = {"report_violence": "violence", "report_self_harm": "self_harm", "report_emergency": "medical_emergency"}
"""Intents whose sentences are cries for help, and the class that nearly all of them are of."""
CARE, EVERYDAY = 4.0, 2.0
"""How much a sentence counts: one of care/, hard to tell from its neighbours, twice as much as one of everyday talk."""
COMMON = 3
"""Fewer occurrences teach nothing, and a word this common is no slip of another."""
STRENGTH = 3.0
Row = tuple[str, str, float]


def rows(data: Path = DATA) -> list[Row]:
    """(sentence, class, weight). A sentence of care/ is not counted again as everyday talk."""
    care = [(text, file.stem, CARE) for file in sorted((data / "care").glob("*.txt")) for text in _lines(file)]
    known = {_plain(text) for text, _, _ in care}
    return care + [(text, risk, EVERYDAY) for text, risk in _everyday(data) if _plain(text) not in known]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _plain(text: str) -> str:
    return " ".join(words(text)) or text


def _everyday(data: Path) -> Iterable[tuple[str, str]]:
    for file in sorted(data.glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in entry["examples"].splitlines() if "intent" in entry else ():
                yield line[2:].strip(), REPORTS.get(entry["intent"], NOTHING)


def digest() -> str:
    """A digest of all that the table depends on; a test compares it with the one in the table."""
    found = hashlib.sha1(json.dumps(rows(), ensure_ascii=False).encode(), usedforsecurity=False)
    for file in (GROUPS, Path(__file__), *(ROOT / name for name in SOURCES)):
        found.update(file.read_bytes())
    return found.hexdigest()


@dataclass
class Table:
    names: list[str]
    idf: Any
    weights: Any  # one row a feature, one column a class but "none", relative to it
    bias: Any
    classes: list[str]
    ordinary: list[str]

    def save(self, path: Path, learned_from: str) -> None:
        """Weights as whole steps of one unit: a byte and a half of truth is enough, and the file stays small."""
        unit = float(np.abs(self.weights).max()) / 32767
        np.savez_compressed(
            path,
            names=_bytes(self.names),
            ordinary=_bytes(self.ordinary),
            classes=_bytes(self.classes),
            learned_from=_bytes([learned_from]),
            idf=self.idf.astype(np.float32),
            weights=np.round(self.weights / unit).astype(np.int16),
            unit=np.float32(unit),
            bias=self.bias.astype(np.float32),
        )


def _bytes(names: list[str]) -> Any:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """The sounds of words that people use in any talk."""
    counts = Counter(sound for text in texts for sound in {key(word) for word in words(text)})
    return frozenset(sound for sound, count in counts.items() if count >= COMMON and len(sound) >= COMMON)


def lexicon(texts: Iterable[str]) -> Lexicon:
    return Lexicon(yaml.safe_load(GROUPS.read_text(encoding="utf-8")), ordinary_words(texts))


def learn(learned: list[Row]) -> Table:
    """The table of some rows; the same rows give the same table."""
    from scipy.sparse import hstack
    from sklearn.linear_model import LogisticRegression

    texts, risks, weights = (list(column) for column in zip(*learned, strict=True))
    ordinary = ordinary_words(texts)
    reading = lexicon(texts)
    faces = list(zip(*(blocks(text, reading) for text in texts), strict=True))
    spaces = [_space(face) for face in faces]
    machine = LogisticRegression(C=STRENGTH, max_iter=300)
    machine.fit(hstack([table for _, table in spaces]).tocsr(), risks, sample_weight=weights)
    nothing = list(machine.classes_).index(NOTHING)
    others = [place for place in range(len(machine.classes_)) if place != nothing]
    return Table(
        [name for vectorizer, _ in spaces for name in vectorizer.get_feature_names_out()],
        np.concatenate([vectorizer.idf_ for vectorizer, _ in spaces]),
        (machine.coef_[others] - machine.coef_[nothing]).T,
        machine.intercept_[others] - machine.intercept_[nothing],
        [str(machine.classes_[place]) for place in others],
        sorted(ordinary),
    )


def _space(bags: Iterable[list[str]]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=list, binary=True, min_df=COMMON)
    return vectorizer, vectorizer.fit_transform(bags)


def main() -> None:
    learned = rows()
    learn(learned).save(TABLE, digest())
    sys.stdout.write(f"{TABLE.relative_to(ROOT)}: learned from {len(learned)} sentences.\n")


if __name__ == "__main__":
    main()
