"""What both sides need on disk and to learn: megabytes of their environments, seconds of Rumbo's training, versions."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measures import ROOT
from bench.stock.project import KEPT, PYTHON
from bot.config import settings
from bot.training import engine, engine_env, sources

OURS, LEAN, FULL = ROOT / ".venv", ROOT / "engine" / ".venv", ROOT / "engine" / ".venv-full"


def disk() -> dict[str, float]:
    """MB. What only the tests need is taken off Rumbo's side."""
    return {"Rumbo": size(OURS) + size(LEAN) - _only_for_tests(), "stock": size(FULL)}


def size(folder: Path) -> float:
    files = (Path(place) / name for place, _, names in os.walk(folder) for name in names)
    return sum(file.lstat().st_blocks for file in files) * 512 / 1e6


def _only_for_tests() -> float:
    extra = _named("requirements-dev.txt") - _named("requirements.txt")
    here = distributions(path=[str(p) for p in OURS.glob("lib/*/site-packages")])
    files = [d.locate_file(f) for d in here if _plain(d.metadata["Name"]) in extra for f in d.files or []]
    return sum(Path(str(f)).lstat().st_blocks for f in files if Path(str(f)).exists()) * 512 / 1e6


def _named(requirements: str) -> set[str]:
    lines = (ROOT / requirements).read_text(encoding="utf-8").splitlines()
    return {_plain(line.split("==")[0]) for line in lines if "==" in line and not line.startswith((" ", "#"))}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def learned(again: bool = False, quick: bool = False) -> list[float]:
    """Seconds that Rumbo's training takes, in a folder of its own; kept until its sources change.

    Args:
        again: measure even so.
        quick: do not measure; nothing when it never was.
    """
    kept = KEPT / f"rumbo-{sources()[:12]}.json"
    if again or not (quick or kept.exists()):
        KEPT.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([_learn()]))
    return list(json.loads(kept.read_text())) if kept.exists() else []


def _learn() -> float:
    places = [str(ROOT / name) for name in ("domain.yml", "config.yml", "nlu_data", "stories")]
    domain, config, *data = places
    with TemporaryDirectory() as folder:
        command = engine("train", "--domain", domain, "--config", config, "--data", *data, "--out", folder)
        start = time.perf_counter()
        done = subprocess.run(command, cwd=folder, env=engine_env(settings()), capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"Rumbo could not be trained:\n{done.stderr[-1500:]}")
        return time.perf_counter() - start


def versions() -> str:
    """Of stock's parts, as its own Python says."""
    names = ("rasa", "rasa-sdk", "tensorflow", "jsonschema", "twilio", "sanic")
    code = "import importlib.metadata as m, platform; print('Python', platform.python_version(), *("
    code += f"f'{{n}} {{m.version(n)}}' for n in {names}), sep=', ')"
    done = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip().replace("Python, ", "Python ", 1)
