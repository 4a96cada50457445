"""How well the safety net catches and the mask hides, on sentences by a hand that saw neither patterns nor rules.

make bench
"""

from __future__ import annotations

import json
import math
import time
from pathlib import Path
from typing import Any

from bot.care.safety import assess
from bot.people.masking import mask
from tests.care.slips import CHANGES

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results" / "care.md"
HIDDEN = 0.8
"""The share of a name or number that must be covered to count as hidden."""


def rows(name: str) -> list[dict[str, Any]]:
    text = (ROOT / "tests" / name / "es-MX.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def share(right: int, of: int) -> str:
    """A share with its 95% interval (Wilson)."""
    p, z = right / of, 1.96
    middle, half = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = ((middle + sign * half) / (1 + z * z / of) for sign in (-1, 1))
    return f"{p:.3f} ({low:.2f}-{high:.2f}) | {right} of {of}"


def safety() -> list[str]:
    found = [(row["risk"], assess(row["text"]), row["text"]) for row in rows("safety")]
    care = [(want, got) for want, got, _ in found if want != "none"]
    alarms = [(want, got) for want, got, _ in found if got]
    lines = ["| safety net | share (95%) | |", "|---|---|---|"]
    lines.append(f"| caught, of all that need care | {share(sum(bool(g) for _, g in care), len(care))} |")
    for risk in sorted({want for want, _ in care}):
        mine = [g for want, g in care if want == risk]
        lines.append(f"| caught, {risk} | {share(sum(map(bool, mine)), len(mine))} |")
    lines.append(
        f"| right class, of all that need care | {share(sum(bool(g and g.risk == w) for w, g in care), len(care))} |"
    )
    lines.append(f"| precision: alarms that were right | {share(sum(w != 'none' for w, _ in alarms), len(alarms))} |")
    sure = [(want, got) for want, got in alarms if not got.doubtful]
    lines.append(f"| precision of care without a question | {share(sum(w != 'none' for w, _ in sure), len(sure))} |")
    lines.append(f"| everyday messages disturbed by a gentle question or care | {everyday()} |")
    need = [text for want, _, text in found if want != "none"]
    for name, change in CHANGES.items():
        lines.append(f"| caught, {name} | {share(sum(bool(assess(change(text))) for text in need), len(need))} |")
    missed = [f"- {want}: {text}" for want, got, text in found if want != "none" and not got]
    return [*lines, "", "Missed:", "", *missed]


def everyday() -> str:
    """Of the intents' test set, whose writer thought of no cry for help but in the `report_*` ones."""
    rows = [line.split("\t") for line in (ROOT / "tests/nlu/es-MX.tsv").read_text(encoding="utf-8").splitlines()]
    talk = [text for intent, text in rows if not intent.startswith("report_")]
    return share(sum(bool(assess(text)) for text in talk), len(talk))


def masking() -> list[str]:
    counts: dict[str, list[int]] = {}
    clean = [row for row in rows("masking") if not row["spans"]]
    for row in rows("masking"):
        spans = mask(row["text"]).spans
        for start, end, kind in row["spans"]:
            covered = sum(max(0, min(end, e) - max(start, s)) for s, e, _ in spans) / (end - start)
            counts.setdefault(kind, []).append(covered >= HIDDEN)
    lines = ["| masking | share (95%) | |", "|---|---|---|"]
    lines += [f"| hidden, {kind} | {share(sum(hits), len(hits))} |" for kind, hits in sorted(counts.items())]
    wrong = sum(bool(mask(row["text"]).spans) for row in clean)
    return [*lines, f"| false masks, on sentences without personal data | {share(wrong, len(clean))} |"]


def speed() -> str:
    texts = [row["text"] for row in rows("safety")]
    assess(texts[0])
    started = time.process_time()
    for text in texts:
        assess(text)
    return f"CPU of the safety net: {(time.process_time() - started) / len(texts) * 1000:.2f} ms a message."


def main() -> None:
    head = [
        "# How well cries for help are caught, and people masked",
        "",
        f"{time.strftime('%Y-%m-%d')}. {speed()}",
        "",
    ]
    text = "\n".join([*head, *safety(), "", *masking(), ""])
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
