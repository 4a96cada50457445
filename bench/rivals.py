"""The same sentences through Rasa's own pipelines, to compare with ours:  make engine-full && make bench-rivals

Trains what is named (all of `bench/rivals/*.yml` unless told otherwise), tries it on the test set, and keeps the
figures in `bench/results/rivals.md`, one line a pipeline. Runs in the full engine's Python.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measures import ROOT, Ranked, figures, test_set, training

HERE = Path(__file__).parent / "rivals"
RESULTS = ROOT / "bench" / "results" / "rivals.md"
HEAD = ["# Rasa's own pipelines on the same sentences", ""]
COLUMNS = ["right at once", "within the first three", "macro-F1", "calibration error (ECE)", "CPU ms a message"]


def trained(config: Path, folder: str) -> tuple[str, float]:
    """The model's path, and the CPU seconds that learning took."""
    from rasa.model_training import train_nlu

    started = time.process_time()
    path = train_nlu(str(config), str(ROOT / "nlu_data"), folder, fixed_model_name=config.stem)
    if path is None:
        raise SystemExit(f"{config.name} could not be trained.")
    return path, time.process_time() - started


async def ranked(path: str) -> list[Ranked]:
    from rasa.core.agent import Agent

    agent, found = Agent.load(path), []
    for intent, text in test_set():
        started = time.process_time()
        parsed = await agent.parse_message(text)
        guesses = [(guess["name"], guess["confidence"]) for guess in parsed["intent_ranking"]]
        found.append(Ranked(intent, text, guesses, time.process_time() - started))
    return found


def line(config: Path) -> str:
    with TemporaryDirectory() as folder:
        path, seconds = trained(config, folder)
        measured = figures(asyncio.run(ranked(path)))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [f"{measured[name]:.3f}" for name in COLUMNS]
    return f"| {config.stem} | {' | '.join(cells)} | {seconds:.0f} | {megabytes:.0f} |"


def main() -> None:
    wanted = sys.argv[1:] or sorted(config.stem for config in HERE.glob("*.yml"))
    kept = {row.split("|")[1].strip(): row for row in _rows()}
    for name in wanted:
        kept[name] = line(HERE / f"{name}.yml")
    day = f"{time.strftime('%Y-%m-%d')}, {len(training())} sentences learned, {len(test_set())} tried."
    names = ["pipeline", *COLUMNS, "CPU seconds to learn", "MB at most"]
    table = [f"| {' | '.join(names)} |", "|---" * len(names) + "|", *kept.values()]
    RESULTS.write_text("\n".join([*HEAD, day, "", *table, ""]), encoding="utf-8")
    print("\n".join(table))


def _rows() -> list[str]:
    lines = RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.exists() else []
    return [line for line in lines if line.startswith("| ") and not line.startswith("| pipeline")]


if __name__ == "__main__":
    main()
