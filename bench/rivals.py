"""The same sentences through Rasa's own pipelines, to compare with ours:  make engine-full && make bench-rivals

    python -m bench.rivals [PIPELINE …] [--each N]

Trains what is named (all of `bench/rivals/*.yml` unless told otherwise), tries it on the test set, and keeps the
figures in `bench/results/rivals.md`, one line a pipeline and amount. Runs in the full engine's Python. DIET learns
for hours on all sentences; `--each 30` gives it, and the others, thirty of each intent.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from bench.measures import ROOT, Ranked, Rows, figures, some, test_set, training

HERE = Path(__file__).parent / "rivals"
RESULTS = ROOT / "bench" / "results" / "rivals.md"
HEAD = ["# Rasa's own pipelines on the same sentences", ""]
COLUMNS = ["right at once", "within the first three", "macro-F1", "calibration error (ECE)", "CPU ms a message"]


def written(rows: Rows, folder: Path) -> str:
    """Sentences as Rasa reads them."""
    entries = defaultdict(list)
    for intent, text in rows:
        entries[intent].append(f"- {text}")
    nlu = [{"intent": intent, "examples": "\n".join(lines) + "\n"} for intent, lines in entries.items()]
    file = folder / "nlu.yml"
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), encoding="utf-8")
    return str(file)


def trained(config: Path, data: str, folder: str) -> tuple[str, float]:
    """The model's path, and the CPU seconds that learning took."""
    from rasa.model_training import train_nlu

    started = time.process_time()
    path = train_nlu(str(config), data, folder, fixed_model_name=config.stem)
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


def line(config: Path, each: int | None) -> str:
    with TemporaryDirectory() as folder:
        path, seconds = trained(config, written(some(each) if each else training(), Path(folder)), folder)
        measured = figures(asyncio.run(ranked(path)))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [f"{measured[name]:.3f}" for name in COLUMNS]
    return f"| {name_of(config, each)} | {' | '.join(cells)} | {seconds:.0f} | {megabytes:.0f} |"


def name_of(config: Path, each: int | None) -> str:
    return f"{config.stem}, {each or 'all'} an intent"


def main() -> None:
    asked = argparse.ArgumentParser(description="Rasa's own pipelines on the same sentences")
    asked.add_argument("pipelines", nargs="*", default=sorted(config.stem for config in HERE.glob("*.yml")))
    asked.add_argument("--each", type=int, help="sentences of each intent; all of them unless given")
    wanted = asked.parse_args()
    kept = {row.split("|")[1].strip(): row for row in _rows()}
    for config in (HERE / f"{name}.yml" for name in wanted.pipelines):
        kept[name_of(config, wanted.each)] = line(config, wanted.each)
    day = f"{time.strftime('%Y-%m-%d')}, {len(training())} sentences in all, {len(test_set())} tried."
    names = ["pipeline", *COLUMNS, "CPU seconds to learn", "MB at most"]
    table = [f"| {' | '.join(names)} |", "|---" * len(names) + "|", *kept.values()]
    RESULTS.write_text("\n".join([*HEAD, day, "", *table, ""]), encoding="utf-8")
    sys.stdout.write("\n".join([*table, ""]))


def _rows() -> list[str]:
    lines = RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.exists() else []
    return [line for line in lines if line.startswith("| ") and not line.startswith("| pipeline")]


if __name__ == "__main__":
    main()
