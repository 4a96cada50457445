"""The SQL statements of a message: how long each takes, and how the database goes about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench import grounds, steps
from bench.rig import load
from bench.rig.stage import Stage

LARGE = ("message", "address", "learner", "consent")
"""Tables that are filled; to read all of a small one is quick, and what a database then prefers."""
WORSE, LEAST = 2.0, 0.2
"""A statement is slower when it takes so many times as long, and so many ms more."""


@dataclass
class Statement:
    """`ms`: clock time of one; `each`: how many a message."""

    ms: float
    each: float
    plan: str = ""


Statements = dict[str, Statement]


async def watch(on: Stage, talk: Callable[[], Awaitable[load.Seen]]) -> Statements:
    """The statements of all processes during a talk."""
    files = steps.probe(on, on.running.folder)
    await talk()
    before = steps.ask(on, files)
    seen = await talk()
    after = steps.ask(on, files)
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for process, now in after.items():
        for text, (count, seconds) in now["statements"].items():
            had = before[process]["statements"].get(text, (0, 0))
            found[text][0] += count - had[0]
            found[text][1] += seconds - had[1]
    return {
        text: Statement(seconds / count * 1000, count / len(seen.waits))
        for text, (count, seconds) in found.items()
        if count
    }


def explain(url: str, statements: Statements) -> Statements:
    for text, statement in statements.items():
        if text.split(" ", 1)[0].strip() in ("SELECT", "UPDATE", "DELETE", "WITH", "INSERT"):
            statement.plan = " · ".join(line.strip() for line in grounds.plan(url, text))
    return statements


def reads_all(plan: str) -> bool:
    """A whole large table, not by an index."""
    return any(re.search(rf"\b(SCAN|Seq Scan on) {table}\b(?! USING)", plan) for table in LARGE)


def slower(small: Statements, large: Statements) -> list[list[str]]:
    """Rows of those that take longer in the large database than in the small one, or read a whole table there."""
    rows = []
    for text, full in sorted(large.items(), key=lambda item: -item[1].ms * item[1].each):
        before = small[text].ms if text in small else 0.0
        is_slower = text in small and full.ms > before * WORSE and full.ms - before > LEAST
        if is_slower or reads_all(full.plan):
            words = " ".join(text.split()).replace("|", "\\|")
            shown = words if len(words) < 300 else f"{words[:80]} … {words[-200:]}"
            rows.append(
                [f"{before:.2f}", f"{full.ms:.2f}", f"{full.each:.1f}", f"`{shown}`", full.plan.replace("|", "\\|")]
            )
    return rows
