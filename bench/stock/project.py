"""A stock Rasa project of Rumbo's own sentences, rules and domain, trained once and kept under var/bench/."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.measures import ROOT
from bench.stock.sources import sources

KEPT = ROOT / "var" / "bench"
PYTHON = ROOT / "engine" / ".venv-full" / "bin" / "python"
EPOCHS = 100
"""What `rasa init` trains; config.yml has fewer."""
ENDPOINTS = """action_endpoint: {{url: "http://127.0.0.1:{actions}/webhook"}}
tracker_store: {{type: SQL, dialect: sqlite, db: {store}}}
"""


@dataclass(frozen=True)
class Project:
    """Where it lies, and how long it learned: seconds in all, and of each epoch of DIET as seen on its progress bar."""

    folder: Path
    seconds: float
    epochs: list[float]
    each: int | None

    @property
    def model(self) -> Path:
        return self.folder / "models" / "stock.tar.gz"

    @property
    def computed(self) -> float:
        """Seconds that all epochs would take, not measured. Batches grow from epoch to epoch: the middle one counts."""
        return self.seconds - sum(self.epochs) + EPOCHS * self.epochs[len(self.epochs) // 2]


def trained(each: int | None = None, again: bool = False) -> Project:
    """The project, trained now or before on the same sources.

    Args:
        each: sentences of every intent; all of them unless given.
        again: train even so.
    Raises:
        SystemExit: the full engine is not installed, or training failed; in one sentence.
    """
    if not PYTHON.exists():
        raise SystemExit("Stock Rasa is not installed (engine/.venv-full). Run: make engine-full")
    folder = _folder(each)
    if again or not (folder / "trained.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _write(folder, sources(each))
        _train(folder)
    measured = json.loads((folder / "trained.json").read_text())
    return Project(folder, measured["seconds"], measured["epochs"], each)


def at_hand() -> int | None:
    """For a quick look: all sentences if they were learned before, otherwise six of every intent."""
    return None if (_folder(None) / "trained.json").exists() else 6


def _folder(each: int | None) -> Path:
    return KEPT / f"stock-{each or 'all'}-{_digest(sources(each))}"


def _digest(files: dict[str, str]) -> str:
    return hashlib.sha1(json.dumps(files).encode(), usedforsecurity=False).hexdigest()[:12]


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _train(folder: Path) -> None:
    start, log = time.perf_counter(), folder / "train.log"
    with log.open("wb") as target:
        command = rasa("train", "--fixed-model-name", "stock", "--out", "models")
        done = subprocess.run(command, cwd=folder, env=environment(), stdout=target, stderr=subprocess.STDOUT)
    if done.returncode:
        raise SystemExit(f"Stock Rasa could not be trained; {log} says why.")
    seconds, each = time.perf_counter() - start, epochs(log.read_text(encoding="utf-8"))
    if not each:
        raise SystemExit(f"Rasa showed no epochs of DIET while it learned; {log} has what it said.")
    (folder / "trained.json").write_text(json.dumps({"seconds": seconds, "epochs": each}))


def epochs(log: str) -> list[float]:
    """Seconds of each epoch of the first progress bar (DIET's), redrawn as it goes: `Epochs:  50%|█ | 1/2 [02:36<…`."""
    ends: dict[int, int] = {}
    for epoch, of, minutes, seconds in re.findall(r"Epochs:[^\r\n]* (\d+)/(\d+) \[(\d+):(\d+)<", log):
        ends.setdefault(int(epoch), int(minutes) * 60 + int(seconds))
        if epoch == of:
            break
    times = [ends[n] for n in sorted(ends) if n]
    return [float(end - before) for before, end in zip([0, *times], times, strict=False)]


def rasa(*arguments: str) -> list[str]:
    return [str(PYTHON), "-W", "ignore", "-m", "rasa", *arguments]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "2"}
    return kept | quiet | {"PYTHONPATH": str(ROOT)} | more
