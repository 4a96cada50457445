"""Learns the weights of `bot/care/ear.py`:  python -m tests.care.train_ear [--check]

Logistic regression by plain gradient descent, in numpy alone, always with the same result. `--check` prints how well it
does on sentences it has not seen (five folds), with and without the written patterns.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import yaml

from bot.care.ear import features
from bot.care.safety import FOLDER, Risk, net

HERE = Path(__file__).parent
CLASSES = ["none", *(risk.value for risk in Risk)]
REPORTS = {"report_violence", "report_self_harm", "report_emergency"}
"""Intents whose sentences are cries for help; the patterns say of which class."""
Sentence = tuple[str, str, float]


def sentences() -> list[Sentence]:
    """(text, class, weight): the development set counts more than everyday talk."""
    rows = [line.split("\t") for line in (HERE / "dev.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    own = [(text, risk, 3.0 if risk == "none" else 4.0) for text, risk in rows]
    return own + [(text, risk, 4.0 if risk != "none" else 1.0) for text, risk in _everyday()]


def _everyday() -> list[tuple[str, str]]:
    found = []
    for path in sorted((HERE.parents[1] / "nlu_data" / "es-MX").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            for line in str(item.get("examples", "")).splitlines() if "intent" in item else []:
                text = _plain(line.removeprefix("- ").strip())
                finding = net().by_pattern(text)
                if item["intent"] in REPORTS:
                    if finding and not finding.doubtful:
                        found.append((text, finding.risk.value))
                elif finding is None:
                    found.append((text, "none"))
    return found


def _plain(text: str) -> str:
    """Rasa's entity marks taken out: [Toluca](municipality) -> Toluca."""
    out = text
    while (start := out.find("](")) >= 0:
        opened, closed = out.rfind("[", 0, start), start + 2
        while closed < len(out) and out[closed] != ")":
            closed += 1
        out = out[:opened] + out[opened + 1 : start] + out[closed + 1 :]
    return out


def vocabulary(bags: list[set[str]]) -> dict[str, int]:
    counts = Counter(name for bag in bags for name in bag)
    return {name: number for number, name in enumerate(sorted(name for name, count in counts.items() if count > 1))}


def rows_of(bags: list[set[str]], names: dict[str, int]) -> list[np.ndarray]:
    return [np.array(sorted(names[name] for name in bag if name in names), dtype=np.int64) for bag in bags]


def learn(rows: list[np.ndarray], labels: np.ndarray, weights: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Softmax regression with Adagrad; the "none" column stays zero. Returns (weights, bias)."""
    rng = np.random.default_rng(7)
    table, bias = np.zeros((size, len(CLASSES))), np.zeros(len(CLASSES))
    seen = np.full((size, len(CLASSES)), 1.0)
    for epoch in range(12):
        for at in rng.permutation(len(rows)):
            row = rows[at]
            scale = 3 / np.sqrt(max(1, len(row)))
            score = bias + scale * table[row].sum(axis=0)
            push = np.exp(score - score.max())
            push /= push.sum()
            push[labels[at]] -= 1
            push[0] = 0
            step = push * scale * weights[at]
            slope = step + 0.002 * table[row]
            seen[row] += slope**2
            table[row] -= 0.5 / np.sqrt(seen[row]) * slope
            bias -= 0.02 / (1 + epoch) * push * weights[at]
    return table, bias


def risk_of(row: np.ndarray, table: np.ndarray, bias: np.ndarray) -> tuple[float, int]:
    score = bias + 3 / np.sqrt(max(1, len(row))) * table[row].sum(axis=0)
    odds = np.exp(score - score.max())
    return float(1 - odds[0] / odds.sum()), int(score[1:].argmax()) + 1


def write(names: dict[str, int], table: np.ndarray, bias: np.ndarray, keep: int = 9000) -> None:
    """The heaviest features, in hundredths."""
    heavy = np.argsort(-np.abs(table).max(axis=1), kind="stable")[:keep]
    by_number = {number: name for name, number in names.items()}
    lines = ["\t".join(["feature", *CLASSES[1:]]), "\t".join(["", *(f"{value * 100:.0f}" for value in bias[1:])])]
    lines += sorted("\t".join([by_number[at], *(f"{value * 100:.0f}" for value in table[at, 1:])]) for at in heavy)
    (FOLDER / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    data = sentences()
    bags = [features(net().calmed(text)) for text, _, _ in data]
    labels = np.array([CLASSES.index(risk) for _, risk, _ in data])
    weights = np.array([weight for _, _, weight in data])
    if "--check" in sys.argv:
        check(data, bags, labels, weights)
        return
    names = vocabulary(bags)
    table, bias = learn(rows_of(bags, names), labels, weights, len(names))
    write(names, table, bias)


def check(data: list[Sentence], bags: list[set[str]], labels: np.ndarray, weights: np.ndarray) -> None:
    fold = np.random.default_rng(3).integers(0, 5, len(data))
    chance = np.zeros(len(data))
    for part in range(5):
        ours = [at for at in range(len(data)) if fold[at] != part]
        names = vocabulary([bags[at] for at in ours])
        rows = rows_of(bags, names)
        table, bias = learn([rows[at] for at in ours], labels[ours], weights[ours], len(names))
        for at in np.flatnonzero(fold == part):
            chance[at], _ = risk_of(rows[at], table, bias)
    pattern = np.array([net().by_pattern(text) is not None for text, _, _ in data])
    hard = weights > 1
    print("chance  recall  false alarms hard  everyday | pattern hits below it: true  false(hard)")
    for limit in (0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        over, need = chance > limit, labels > 0
        figures = [(over & need).sum() / need.sum()]
        figures += [(over & ~need & part).sum() / (~need & part).sum() for part in (hard, ~hard)]
        below = [(pattern & ~over & need).sum(), (pattern & ~over & ~need & hard).sum()]
        print(f"{limit:5.2f}  " + "  ".join(f"{value:.3f}" for value in figures), below, pattern[~need & hard].sum())


if __name__ == "__main__":
    main()
