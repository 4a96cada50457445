"""`make chaos`: both kinds of database, a progress bar, the figures printed and kept."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bench.chaos import report
from bench.chaos.faults import FAULTS
from bench.chaos.run import Say, Told, Wanted, run

RESULTS = Path(__file__).parents[1] / "results" / "chaos.md"
KINDS = ("sqlite", "postgresql")


def main() -> int:
    asked = _arguments()
    kinds = (asked.database,) if asked.database else KINDS
    wanted = [
        Wanted(
            kind, asked.messages // len(kinds), asked.learners, asked.seed, asked.pace, asked.pairs, tuple(asked.only)
        )
        for kind in kinds
    ]
    runs = [(one, _watched(one)) for one in wanted]
    text = report.page(runs)
    print(text)
    if asked.keep:
        RESULTS.write_text(text, encoding="utf-8")
    return 0 if all(told.findings.is_clean for _, told in runs) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.chaos", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000, help="in all, shared by the databases")
    parser.add_argument("--learners", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=KINDS, help="only this one")
    parser.add_argument("--pairs", type=int, default=10, help="how many pairs of faults together")
    parser.add_argument("--only", nargs="*", default=[], choices=list(FAULTS), help="only these faults")
    parser.add_argument("--pace", type=float, default=1.0, help="how long faults last, of what they say")
    parser.add_argument("--keep", action="store_true", help="write bench/results/chaos.md")
    return parser.parse_args()


def _watched(wanted: Wanted) -> Told:
    columns = (SpinnerColumn(), TextColumn(wanted.kind), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.description}")) as progress:
        task = progress.add_task("starting", total=wanted.messages)
        return asyncio.run(_stoppable(wanted, lambda n, name: progress.update(task, completed=n, description=name)))


async def _stoppable(wanted: Wanted, say: Say) -> Told:
    """Ends at SIGTERM as at Ctrl-C: everything that was started is stopped first, however often it is asked for."""
    task = asyncio.ensure_future(run(wanted, say))
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, _cancel_once(task))
    return await task


def _cancel_once(task: asyncio.Task[Told]) -> Callable[[], None]:
    asked: list[bool] = []

    def cancel() -> None:
        if not asked:
            asked.append(task.cancel())

    return cancel


if __name__ == "__main__":
    sys.exit(main())
