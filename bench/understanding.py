"""How well Rumbo understands, and what each part of the classifier brings:  make bench

Learned from nlu_data/, tried on sentences by a hand that saw none of them. Runs in the engine's Python.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import yaml
from rumbo_engine.features import analyze_letters, analyze_words, group_grams
from rumbo_engine.lookups import Lookups
from rumbo_engine.model import IntentModel, learn

from bench.measures import ROOT, Ranked, Rows, figures, recall, some, test_set, training
from bot.care.spelling import key
from bot.language import words

RESULTS = ROOT / "bench" / "results" / "understanding.md"
CURVE = (15, 30, 60, 120, 200)
MOST, FEW = 12, 8
Analyzer = Callable[[str], list[str]]


def learned(rows: Rows) -> tuple[IntentModel, float]:
    """The model, and the CPU seconds that learning took."""
    started = time.process_time()
    model = learn([text for _, text in rows], [intent for intent, _ in rows], lexicon())
    return model, time.process_time() - started


def ranked(model: IntentModel) -> list[Ranked]:
    found = []
    for intent, text in test_set():
        started = time.process_time()
        guesses = model.rank(text, 5)
        found.append(Ranked(intent, text, guesses, time.process_time() - started))
    return found


def curve() -> list[tuple[str, float]]:
    """Right at once, by how many sentences of each intent were learned."""
    return [(str(size), figures(ranked(learned(some(size))[0]))["right at once"]) for size in CURVE]


# ---- what each part brings: linear machines over other sets of features, all on the same sentences


def as_typed(text: str) -> list[str]:
    """Words without the normaliser."""
    return re.findall(r"\w+", text.lower())


def stems(text: str) -> list[str]:
    return [word[:5] for word in words(text)]


def sounds(text: str) -> list[str]:
    return [key(word) for word in words(text)]


def grouped(text: str) -> list[str]:
    return group_grams(text, lexicon())


@lru_cache(maxsize=1)
def lexicon() -> Lookups:
    data = yaml.safe_load((ROOT / "nlu_data/es-MX/words/lexicon.yml").read_text(encoding="utf-8"))["nlu"]
    return Lookups({e["lookup"]: [line[2:] for line in e["examples"].splitlines()] for e in data})


OURS = (analyze_words, analyze_letters, grouped)
VARIANTS: dict[str, tuple[Analyzer, ...]] = {
    "words as typed": (as_typed,),
    "words, normalised": (words,),
    "words and their order": (analyze_words,),
    "letters": (analyze_letters,),
    "words, order and letters": (analyze_words, analyze_letters),
    "words, order, letters and the lexicon, each as loud": OURS,
    "the same and stems": (*OURS, stems),
    "the same and a phonetic key": (*OURS, sounds),
}


def variant(analyzers: tuple[Analyzer, ...]) -> dict[str, float]:
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    least = {analyze_letters: 2}
    spaces = [TfidfVectorizer(analyzer=a, sublinear_tf=True, min_df=least.get(a, 1)) for a in analyzers]
    started = time.process_time()
    table = hstack([space.fit_transform([text for _, text in training()]) for space in spaces]).tocsr()
    machine = LinearSVC(random_state=0).fit(table, [intent for intent, _ in training()])
    spent = time.process_time() - started
    tried = hstack([space.transform([text for _, text in test_set()]) for space in spaces]).tocsr()
    scores = machine.decision_function(tried)
    found = [
        Ranked(intent, text, [(machine.classes_[at], float(row[at])) for at in (-row).argsort()[:3]])
        for (intent, text), row in zip(test_set(), scores, strict=True)
    ]
    return figures(found) | {"CPU seconds": spent}


def variants() -> list[str]:
    names = ["right at once", "within the first three", "macro-F1"]
    lines = [f"| features | {' | '.join(names)} | CPU s to learn |", "|---|---|---|---|---|"]
    for name, analyzers in VARIANTS.items():
        measured = variant(analyzers)
        cells = [f"{measured[n]:.3f}" for n in names]
        lines.append(f"| {name} | {' | '.join(cells)} | {measured['CPU seconds']:.0f} |")
    return lines


def report() -> str:
    model, seconds = learned(training())
    found = ranked(model)
    raw = figures(ranked(replace(model, temperature=1.0)))
    each, wrong = recall(found, FEW), Counter((r.intent, r.first) for r in found if not r.is_right)
    lines = ["# How well Rumbo understands", ""]
    lines += [f"{time.strftime('%Y-%m-%d')}, {len(training())} sentences learned, {len({i for i, _ in training()})} "]
    lines[-1] += "intents; test set by a hand that saw none, overlaps left out."
    lines += ["", "| | |", "|---|---|", f"| sentences tried | {len(found)} |"]
    lines += [f"| {name} | {value:.3f} |" for name, value in figures(found).items()]
    lines += [f"| calibration error without calibration | {raw['calibration error (ECE)']:.3f} |"]
    lines += [f"| lowest recall of the {len(each)} intents with {FEW} sentences left | {min(each.values()):.3f} |"]
    lines += [f"| CPU seconds to learn | {seconds:.1f} |"]
    lines += ["", "What each part brings:", "", *variants()]
    points = [
        *curve(),
        (f"all ({len(training()) // len({i for i, _ in training()})})", figures(found)["right at once"]),
    ]
    lines += ["", "Right at once, by sentences an intent:", "", "| an intent | right |", "|---|---|"]
    lines += [f"| {size} | {value:.3f} |" for size, value in points]
    worst = sorted(each.items(), key=lambda item: item[1])[:MOST]
    lines += ["", "Lowest recall: " + ", ".join(f"{i} {r:.2f}" for i, r in worst)]
    pairs = ", ".join(f"{w} → {g or '?'} ({n})" for (w, g), n in wrong.most_common(MOST))
    lines += ["", f"Taken for another: {pairs}", ""]
    return "\n".join(lines)


def main() -> None:
    if "--json" in sys.argv:
        print(json.dumps({k: round(v, 4) for k, v in figures(ranked(learned(training())[0])).items()}))
        return
    text = report()
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
