"""How well what is named in a message is found, on sentences by a hand that saw neither the lists nor the rules.

    PYTHONPATH=engine:. engine/.venv/bin/python -m bench.entities [FILE]

Prints and keeps a table. Runs in the engine's Python, though nothing here needs Rasa.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rumbo_engine.entities import KINDS, find
from rumbo_engine.lookups import Lookups, of_entities
from rumbo_engine.spans import plain

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "tests" / "nlu" / "entities.jsonl"
NLU = ROOT / "nlu_data" / "es-MX"
RESULTS = ROOT / "bench" / "results" / "entities.md"
ENOUGH = 0.5
"""The share of the longer of two spans that they must have in common to count as the same."""
Rows = list[dict[str, Any]]


def said(folder: Path, key: str) -> dict[str, list[str]]:
    """What stands under each intent or lookup of the files of a folder."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = entry["examples"].splitlines()
            found.setdefault(entry[key], []).extend(line[2:].strip() for line in lines if line.strip())
    return found


@cache
def lookups() -> Lookups:
    """As the engine's extractor learns them."""
    sentences = [sentence for those in said(NLU, "intent").values() for sentence in those]
    return of_entities(said(NLU / "words", "lookup"), sentences)


def rows(file: Path = ROWS) -> Rows:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def is_same(one: Any, other: Any) -> bool:
    """Of one kind, and at least half of the longer one in common."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return bool(one[2] == other[2] and common >= ENOUGH * max(one[1] - one[0], other[1] - other[0]))


def figures(rows: Rows) -> dict[str, tuple[float, float, float]]:
    """By kind, and for "all": recall, precision, and how many found have the right value, if one is wanted."""
    wanted, given, found, right, valued = (Counter[str]() for _ in range(5))
    tables = lookups()
    for row in rows:
        want, got = row["entities"], find(row["text"], tables)
        wanted.update(w[2] for w in want)
        given.update(g[2] for g in got)
        right.update(g[2] for g in got if any(is_same(w, g) for w in want))
        pairs = [(w, next((g for g in got if is_same(w, g)), None)) for w in want]
        found.update(w[2] for w, g in pairs if g)
        valued.update(w[2] for w, g in pairs if g and (not w[3] or plain(str(w[3])) == plain(g[3])))
    for counted in (wanted, given, found, right, valued):
        counted["all"] = sum(counted.values())
    return {
        k: (_of(found[k], wanted[k]), _of(right[k], given[k]), _of(valued[k], found[k]))
        for k in (*KINDS, "all")
        if wanted[k] or given[k]
    }


def _of(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def table(found: dict[str, tuple[float, float, float]]) -> str:
    lines = ["| kind | recall | precision | value right |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {k} | {r:.2f} | {p:.2f} | {v:.2f} |" for k, (r, p, v) in found.items())])


if __name__ == "__main__":
    tried = rows(Path(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
    text = (
        f"# How well what is named is found\n\n{len(tried)} sentences by an unseen hand.\n\n{table(figures(tried))}\n"
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(text)
