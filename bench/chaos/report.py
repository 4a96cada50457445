"""The figures of runs, as the table that is printed and kept in bench/results/chaos.md."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

from bench.chaos.faults import FAULTS
from bench.chaos.run import Told, Wanted

HEADLINES = {
    "messages",
    "lost",
    "doubled",
    "doubled by nature",
    "arrived, though noted as failed by nature",
    "answered",
}
SHOWN = 5
"""Cases of one fault that are written out."""


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, Python {platform.python_version()}"


def page(runs: list[tuple[Wanted, Told]]) -> str:
    first = runs[0][0]
    head = [
        "# What chaos leaves behind",
        "",
        f"{time.strftime('%Y-%m-%d')}, seed {first.seed}. {machine()}. Made by `make chaos`; docs/chaos.md says how.",
        "",
    ]
    return "\n".join([*head, *_figures(runs), *_checks(runs), *_faults(runs), *_reasons(runs)])


def _table(title: str, runs: list[tuple[Wanted, Told]], rows: dict[str, list[str]]) -> list[str]:
    names = " | ".join(told.kind for _, told in runs)
    lines = [f"| {title} | {names} |", "|---|" + "---|" * len(runs)]
    return [*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()), ""]


def _figures(runs: list[tuple[Wanted, Told]]) -> list[str]:
    told = [t for _, t in runs]
    rows = {
        "learners": [f"{w.people}" for w, _ in runs],
        "messages": [f"{t.findings.seen['messages']:,}" for t in told],
        "faults injected": [f"{sum(t.injected.values())}" for t in told],
        "**lost**": [f"**{t.findings.seen['lost']}**" for t in told],
        "**doubled**": [f"**{t.findings.seen['doubled']}**" for t in told],
        "doubled by nature, in all": [f"{t.findings.seen['doubled by nature']}" for t in told],
        "answered": [f"{t.findings.seen['answered']:,}" for t in told],
    }
    names = sorted({n for t in told for n in t.findings.seen} - HEADLINES)
    rows |= {n: [f"{t.findings.seen[n]:,}" for t in told] for n in names}
    rows |= {
        "wait for an answer, half of them under": [f"{quantile(t.findings.waits, 0.5):.1f} s" for t in told],
        "95 of 100 under": [f"{quantile(t.findings.waits, 0.95):.1f} s" for t in told],
        "longest silence": [f"{max(t.findings.waits, default=0):.0f} s" for t in told],
        "seconds from the first message to calm": [f"{t.seconds:.0f}" for t in told],
        "of them, after the last message": [f"{t.calm:.0f}" for t in told],
        "disk made full by": [t.disk for t in told],
        "clock made to jump by": [t.clock for t in told],
    }
    return _table("figure", runs, rows)


def _checks(runs: list[tuple[Wanted, Told]]) -> list[str]:
    names = list(runs[0][1].findings.wrong)
    said = {n: [f"{len(t.findings.wrong[n])} wrong" if t.findings.wrong[n] else "yes" for _, t in runs] for n in names}
    cases = [f"- {t.kind}, {n}: {c}" for _, t in runs for n, found in t.findings.wrong.items() for c in found[:SHOWN]]
    return [*_table("at the end", runs, said), *cases, *([""] if cases else [])]


def _faults(runs: list[tuple[Wanted, Told]]) -> list[str]:
    rows = {f"{name}: {fault.what}": [str(t.injected.get(name, 0)) for _, t in runs] for name, fault in FAULTS.items()}
    names = sorted({n for _, t in runs for n in t.spoilt})
    rows |= {f"sends spoilt: {n}": [str(t.spoilt.get(n, 0)) for _, t in runs] for n in names}
    names = sorted({n for _, t in runs for n in t.webhooks})
    rows |= {n: [str(t.webhooks.get(n, 0)) for _, t in runs] for n in names}
    return _table("injected", runs, rows)


def _reasons(runs: list[tuple[Wanted, Told]]) -> list[str]:
    names = sorted({n for _, t in runs for n in t.findings.reasons})
    rows = {n: [str(t.findings.reasons[n]) for _, t in runs] for n in names}
    return _table("given up (in: a message of hers, out: a bubble of ours), as staff see it", runs, rows)


def quantile(values: list[float], share: float) -> float:
    ordered = sorted(values) or [0.0]
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
