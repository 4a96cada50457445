"""How well Rumbo understands: learned from nlu_data/, tried on sentences by a hand that saw none of them.

    make bench

Sentences of the test set that also stand in the training data are left out. Runs in the engine's Python.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import yaml
from rumbo_engine.model import IntentModel, learn

from bot.language import words

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results" / "understanding.md"
THRESHOLD, AMBIGUITY = 0.7, 0.05
"""As in config.yml: under the first, or closer than the second, nobody is guessing for the learner."""
CURVE = (15, 30, 60, 120)
Rows = list[tuple[str, str]]


def training() -> Rows:
    rows = []
    for file in sorted((ROOT / "nlu_data" / "es-MX").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            rows += [(entry["intent"], line[2:].strip()) for line in entry["examples"].splitlines() if line.strip()]
    return rows


def test_set(seen: set[str]) -> Rows:
    lines = (ROOT / "tests" / "nlu" / "es-MX.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line.strip()]
    return [(intent, text) for intent, text in rows if " ".join(words(text)) not in seen]


def learned(rows: Rows) -> tuple[IntentModel, float]:
    started = time.process_time()
    model = learn([text for _, text in rows], [intent for intent, _ in rows])
    return model, time.process_time() - started


def figures(model: IntentModel, rows: Rows) -> dict[str, object]:
    started = time.process_time()
    ranked = [(intent, text, model.rank(text, 5)) for intent, text in rows]
    spent = (time.process_time() - started) / len(rows) * 1000
    first = [(want, r[0][0] if r else "", r[0][1] if r else 0.0) for want, _, r in ranked]
    unsure = [not r or r[0][1] < THRESHOLD or r[0][1] - r[1][1] < AMBIGUITY for _, _, r in ranked]
    offered = [want in [name for name, _ in r[:3]] for want, _, r in ranked]
    return {
        "sentences": len(rows),
        "right at once": np.mean([want == got for want, got, _ in first]),
        "right, or among the choices when unsure": np.mean(
            [o if u else want == got for (want, got, _), u, o in zip(first, unsure, offered, strict=True)]
        ),
        "within the first three": np.mean(offered),
        "unsure": np.mean(unsure),
        "macro-F1": macro_f1([(want, got) for want, got, _ in first]),
        "calibration error (ECE)": ece(first),
        "CPU ms a message": spent,
        "pairs": [(want, got) for want, got, _ in first],
    }


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    wanted, given = Counter(w for w, _ in pairs), Counter(g for _, g in pairs)
    right = Counter(w for w, g in pairs if w == g)
    return float(np.mean([2 * right[i] / (wanted[i] + given[i]) for i in wanted]))


def ece(first: list[tuple[str, str, float]], bins: int = 10) -> float:
    """Expected calibration error: how far confidence is from being right, in tenths, weighted by how many."""
    by_bin = defaultdict(list)
    for want, got, confidence in first:
        by_bin[min(int(confidence * bins), bins - 1)].append((confidence, want == got))
    gaps = [abs(np.mean([c for c, _ in b]) - np.mean([r for _, r in b])) * len(b) for b in by_bin.values()]
    return float(sum(gaps) / len(first))


def curve(rows: Rows, tested: Rows) -> list[tuple[str, float]]:
    by_intent: dict[str, list[str]] = defaultdict(list)
    for intent, text in rows:
        by_intent[intent].append(text)
    points = []
    for size in CURVE:
        some = [(i, t) for i, said in by_intent.items() for t in random.Random(size).sample(said, min(size, len(said)))]
        points.append((str(size), float(figures(learned(some)[0], tested)["right at once"])))  # type: ignore[arg-type]
    return points


def report(rows: Rows, tested: Rows) -> str:
    model, seconds = learned(rows)
    found = figures(model, tested)
    pairs = found.pop("pairs")
    recall = {i: np.mean([w == g for w, g in pairs if w == i]) for i in {w for w, _ in pairs}}  # type: ignore[union-attr]
    wrong = Counter((w, g) for w, g in pairs if w != g).most_common(12)  # type: ignore[union-attr]
    lines = ["# How well Rumbo understands", "", f"{time.strftime('%Y-%m-%d')}, {len(rows)} sentences learned, "]
    lines[-1] += f"{len({i for i, _ in rows})} intents; test set by a hand that saw none, overlaps left out."
    lines += ["", "| | |", "|---|---|"]
    lines += [f"| {name} | {value:.3f} |" for name, value in found.items() if name != "sentences"]
    lines += [f"| sentences tried | {found['sentences']} |", f"| CPU seconds to learn | {seconds:.1f} |"]
    lines += ["", "Learning curve, right at once by sentences an intent:", "", "| an intent | right |", "|---|---|"]
    points = [*curve(rows, tested), (f"all ({len(rows) // len(recall)})", float(found["right at once"]))]  # type: ignore[arg-type]
    lines += [f"| {size} | {value:.3f} |" for size, value in points]
    worst = sorted(recall.items(), key=lambda item: item[1])[:12]
    lines += ["", "Lowest recall: " + ", ".join(f"{i} {r:.2f}" for i, r in worst)]
    lines += ["", "Taken for another: " + ", ".join(f"{w} → {g} ({n})" for (w, g), n in wrong), ""]
    return "\n".join(lines)


def main() -> None:
    rows = training()
    text = report(rows, test_set({" ".join(words(text)) for _, text in rows}))
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    if "--json" in sys.argv:
        rows = training()
        found = figures(learned(rows)[0], test_set({" ".join(words(text)) for _, text in rows}))
        found.pop("pairs")
        print(json.dumps({k: round(float(v), 4) for k, v in found.items()}))  # type: ignore[arg-type]
    else:
        main()
