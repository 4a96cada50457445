"""Rumbo and stock Rasa, end to end: a webhook comes in, an answer reaches the vendor.  make bench-speed

    python -m bench.end_to_end [--quick] [--again] [--each N]

Both run beside each other and are loaded in turns, in windows. Keeps `bench/results/speed.md` and `speed.svg`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.measures import training
from bench.rig.stage import rumbo
from bench.rig.vendor import Vendor
from bench.speed import RESULTS, head, machine
from bench.stock import places, windows
from bench.stock.project import Project, at_hand, trained
from bench.stock.report import Figures, lines, markdown, picture, processes
from bench.stock.stage import stock
from bench.stock.windows import QUICK, Side, Sizes

NOTES = Path(__file__).parent / "stock" / "notes.md"
"""How it was measured, and what was changed of stock; the sizes are filled in."""


@dataclass
class Bench:
    """What a run needs at every step."""

    sizes: Sizes
    figures: Figures
    bar: Progress
    task: Any

    async def step(self, said: str, work: Awaitable[Any]) -> Any:
        self.bar.update(self.task, description=said)
        done = await work
        self.bar.advance(self.task)
        return done


def opened(name: str, vendor: Vendor, project: Project) -> AbstractAsyncContextManager[Any]:
    return rumbo(vendor) if name == "Rumbo" else stock(vendor, project)


async def starts(bench: Bench, project: Project) -> None:
    for _ in range(bench.sizes.rounds):
        for name in ("Rumbo", "stock"):
            seconds = await bench.step(f"{name}: start", started(name, project))
            bench.figures.add(name, {"start": seconds})


async def started(name: str, project: Project) -> float:
    """Seconds from nothing running to the first bubble."""
    start = time.perf_counter()
    async with Vendor() as vendor, opened(name, vendor, project) as stage:
        return await windows.greeted(stage, vendor, start)


async def loads(bench: Bench, project: Project) -> None:
    async with Vendor() as ours, Vendor() as theirs, rumbo(ours) as one, stock(theirs, project) as other:
        sides = [Side("Rumbo", one, ours), Side("stock", other, theirs)]
        await turns(bench, sides, "warm up", windows.warm_up, 1)
        await turns(bench, sides, "sustained", windows.sustained)
        await turns(bench, sides, "waiting", lambda side, sizes: windows.waiting(side, sizes, rate(bench, side)))
        await turns(bench, sides, "early", windows.early)
        await bench.step("long conversations", asyncio.gather(*(windows.fill(side, bench.sizes) for side in sides)))
        await turns(bench, sides, "late", windows.late)
        for side in sides:
            bench.figures.add(side.name, side.stage.memory() | {"silent": side.silent})


def rate(bench: Bench, side: Side) -> float:
    return bench.figures.median(side.name, "messages/s")


Window = Callable[[Side, Sizes], Awaitable[windows.Figures]]


async def turns(bench: Bench, sides: list[Side], said: str, window: Window, rounds: int = 0) -> None:
    """A window of each side, then again of each."""
    for _ in range(rounds or bench.sizes.rounds):
        for side in sides:
            found = await bench.step(f"{side.name}: {said}", window(side, bench.sizes))
            prefix = f"{said} " if said in ("early", "late") else ""
            bench.figures.add(side.name, {f"{prefix}{key}": value for key, value in found.items()})


def run(sizes: Sizes, project: Project) -> Figures:
    figures, steps = Figures(), 5 * 2 * sizes.rounds + 3
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as bar:
        bench = Bench(sizes, figures, bar, bar.add_task("start", total=steps))
        asyncio.run(starts(bench, project))
        asyncio.run(loads(bench, project))
    return figures


def unloaded(figures: Figures, project: Project, seconds: list[float]) -> None:
    """What needs no load: learning and disk."""
    for took in seconds:
        figures.add("Rumbo", {"train": took, "train all": took})
    figures.add("stock", {"train": project.seconds, "train all": project.computed})
    for name, megabytes in places.disk().items():
        figures.add(name, {"disk": megabytes})


def notes(sizes: Sizes, project: Project) -> str:
    told = f"on {len(training())} sentences" if project.each is None else f"stock on {project.each} an intent only"
    epochs = ", ".join(f"{seconds:.0f}" for seconds in project.epochs)
    return NOTES.read_text(encoding="utf-8").format(
        **vars(sizes), around=10 * sizes.rounds, sentences=told, epochs=epochs
    )


def keep(figures: Figures, sizes: Sizes, project: Project, load: float) -> str:
    quick = "**A quick run: smaller and fewer windows, not for quoting.**\n\n" if sizes is QUICK else ""
    versions = f"Rumbo {version('rumbo')} with rasa-sdk {version('rasa-sdk')}; stock: {places.versions()}."
    versions += f" Load of the machine when it began: {load:.1f}."
    rows = lines(sizes.late)
    shown = "\n".join(markdown(figures, rows))
    parts = [f"{head('End to end: Rumbo and stock Rasa')}{quick}{versions}", "![The figures below](speed.svg)", shown]
    parts += ["\n".join(processes(figures, sizes.late)), notes(sizes, project)]
    (RESULTS / "speed.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    below = f"{time.strftime('%Y-%m-%d')}, {machine()}" + (" · a quick run, not for quoting" if quick else "")
    (RESULTS / "speed.svg").write_text(picture(figures, rows, below), encoding="utf-8")
    return shown


def main() -> None:
    asked = argparse.ArgumentParser(description="Rumbo and stock Rasa, end to end")
    asked.add_argument("--quick", action="store_true", help="smaller and fewer windows, to try it")
    asked.add_argument("--again", action="store_true", help="train both again, to measure that too")
    asked.add_argument("--each", type=int, help="sentences of each intent for stock; all of them unless given")
    wanted, out = asked.parse_args(), Console()
    sizes, each = (QUICK, wanted.each or at_hand()) if wanted.quick else (Sizes(), wanted.each)
    with out.status("Training stock Rasa and Rumbo, once (some minutes)…"):
        project, seconds = trained(each, wanted.again), places.learned(wanted.again, wanted.quick)
    load = os.getloadavg()[0]
    figures = run(sizes, project)
    unloaded(figures, project, seconds)
    out.print(keep(figures, sizes, project, load), markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
