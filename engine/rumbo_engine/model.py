"""The intent model: scikit-learn learns it, a few lines of numpy use it. Knows nothing of Rasa.

Learning: TF-IDF over words, pieces of words and groups of words, a linear support vector machine, and one temperature
that turns its scores into probabilities, fitted on examples it had not seen. Using it through scikit-learn's
transformers takes 1.1 ms a message; the same sums done directly take a third (tests: equal results).
Stored as numbers and JSON: nothing is unpickled.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np
from bot.language import words

from rumbo_engine.features import analyze_letters, analyze_words, group_grams, letter_grams, word_grams
from rumbo_engine.lookups import Lookups

DEFAULT_TEMPERATURE = 4.0  # when there are too few examples to fit one
FOLDS = 3
FEW = 100  # examples
FAMILIAR = 0.6  # the share of its pieces that a word nobody wrote before must have: "qiero" has it, "qwerty" not
_NUMBERS, _NAMES = "numbers.npz", "names.json"
_BLOCKS = {"words": 1.0, "letters": 1.0, "groups": 0.3}
"""How loud each block speaks. At full voice the lexicon drowns what was said (bench: within three 0.981, so 0.986)."""


@dataclass
class Block:
    """One TF-IDF space: where each gram stands in it and how much it weighs."""

    places: dict[str, int]
    idf: Any  # float32, one per gram
    weights: Any  # float32 while learning, float16 from a file: half the memory; grams x intents

    def scores(self, grams: list[str]) -> Any:
        """The share of this block in the score of every intent; 0 when no gram is known."""
        counts = Counter(place for gram in grams if (place := self.places.get(gram)) is not None)
        if not counts:
            return 0.0
        places = np.fromiter(counts, np.int64, len(counts))
        terms = np.fromiter((1.0 + math.log(n) for n in counts.values()), np.float32, len(counts))
        terms *= self.idf[places]
        return (terms @ self.weights[places].astype(np.float32)) / math.sqrt(float(terms @ terms))


@dataclass
class IntentModel:
    """Linear scores of all intents, from the blocks of words, letters and groups."""

    intents: list[str]
    words: Block
    letters: Block
    groups: Block
    bias: Any
    temperature: float
    lexicon: Lookups

    def rank(self, text: str, size: int) -> list[tuple[str, float]]:
        """The `size` likeliest intents with their probabilities; nothing when no gram was ever seen."""
        tokens = words(text)
        pieces = letter_grams(tokens)
        by_letters = self.letters.scores(pieces)
        known = sum(piece in self.letters.places for piece in pieces)
        strange = known < FAMILIAR * len(pieces) and not any(token in self.words.places for token in tokens)
        if not tokens or strange:
            return []  # neither its words nor most of their pieces were ever seen: only its length would speak
        by_groups = self.groups.scores(group_grams(text, self.lexicon))
        linear = self.words.scores(word_grams(tokens)) + by_letters + by_groups
        chances = _softmax((linear + self.bias) * self.temperature)
        best = np.argsort(-chances)[:size]
        return [(self.intents[i], float(chances[i])) for i in best]

    def save(self, folder: Path) -> None:
        numbers = {"bias": self.bias, "temperature": self.temperature}
        blocks = {name: getattr(self, name) for name in _BLOCKS}
        for name, block in blocks.items():
            numbers[f"{name}_idf"] = block.idf
            numbers[f"{name}_weights"] = block.weights.astype(np.float16)
        np.savez(folder / _NUMBERS, **numbers)
        self.lexicon.save(folder)
        names = {"intents": self.intents} | {name: list(block.places) for name, block in blocks.items()}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        with np.load(folder / _NUMBERS) as numbers:
            blocks = [
                Block(
                    {gram: place for place, gram in enumerate(names[name])},
                    numbers[f"{name}_idf"],
                    numbers[f"{name}_weights"],
                )
                for name in _BLOCKS
            ]
            return cls(names["intents"], *blocks, numbers["bias"], float(numbers["temperature"]), Lookups.load(folder))


def learn(texts: Sequence[str], intents: Sequence[str], lexicon: Lookups, strength: float = 1.0) -> IntentModel:
    """Learn from examples; `strength` is the C of the support vector machine. ValueError under two intents."""
    from scipy.sparse import hstack  # slow to import, and not needed to answer messages
    from sklearn.svm import LinearSVC

    if len(set(intents)) < 2:
        raise ValueError("The intent classifier needs examples of at least two intents.")
    wanted = np.array(intents)
    spaces = _vectorizers(len(texts), lexicon)
    table = hstack([v * space.fit_transform(texts) for v, space in zip(_BLOCKS.values(), spaces, strict=True)]).tocsr()
    machine = LinearSVC(C=strength, random_state=0)
    temperature = _fit_temperature(machine, table, wanted)
    machine.fit(table, wanted)
    weights, bias = _one_column_per_intent(machine)
    borders = np.cumsum([len(space.vocabulary_) for space in spaces])[:-1]
    parts = zip(spaces, np.split(weights, borders), _BLOCKS.values(), strict=True)
    blocks = [_block(space, voice * part) for space, part, voice in parts]
    return IntentModel([str(name) for name in machine.classes_], *blocks, bias, temperature, lexicon)


def _vectorizers(examples: int, lexicon: Lookups) -> tuple[Any, Any, Any]:
    """Words count from their first example; with enough of them, a piece of a word seen once teaches nothing."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    shared = {"sublinear_tf": True, "dtype": np.float32}
    return (
        TfidfVectorizer(analyzer=analyze_words, **shared),
        TfidfVectorizer(analyzer=analyze_letters, min_df=2 if examples >= FEW else 1, **shared),
        TfidfVectorizer(analyzer=lambda text: group_grams(text, lexicon), **shared),
    )


def _block(vectorizer: Any, weights: Any) -> Block:
    places = sorted(vectorizer.vocabulary_.items(), key=lambda item: item[1])
    return Block({gram: int(place) for gram, place in places}, vectorizer.idf_.astype(np.float32), weights)


def _one_column_per_intent(machine: Any) -> tuple[Any, Any]:
    """scikit-learn keeps a single line when there are two classes."""
    weights, bias = machine.coef_.T, machine.intercept_
    if len(machine.classes_) == 2:
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return np.ascontiguousarray(weights, dtype=np.float32), bias.astype(np.float32)


def _fit_temperature(machine: Any, table: Any, wanted: Any) -> float:
    """The temperature under which the right intents of unseen examples are least surprising."""
    from scipy.optimize import minimize_scalar
    from sklearn.model_selection import cross_val_predict

    names, column, counts = np.unique(wanted, return_inverse=True, return_counts=True)
    if len(names) < 3 or counts.min() < FOLDS:
        return DEFAULT_TEMPERATURE
    scores = cross_val_predict(machine, table, wanted, cv=FOLDS, method="decision_function")
    rows = np.arange(len(wanted))

    def surprise(temperature: float) -> float:
        return float(-np.log(_softmax(scores * temperature)[rows, column] + 1e-12).mean())

    return float(minimize_scalar(surprise, bounds=(0.5, 30.0), method="bounded").x)


def _softmax(scores: Any) -> Any:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
