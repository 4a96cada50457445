"""Trains the engine when what it learns from has changed, and knows where the engine lives."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tarfile
from pathlib import Path

from rich.console import Console

from bot.config import ROOT, Settings, settings

ENGINE = ROOT / "engine" / ".venv" / "bin" / "python"
MODEL = ROOT / "models" / "rumbo.tar.gz"
STAMP = ROOT / "models" / "rumbo.sources"
LEARNS_FROM = (
    "config.yml",
    "domain.yml",
    "nlu_data",
    "stories",
    "engine/rumbo_engine",
    "engine/requirements.txt",
    "bot/language.py",
)
MISSING = "The engine is not installed (engine/.venv). Run: make engine"


def sources() -> str:
    """A digest of everything a model depends on."""
    digest = hashlib.sha1(usedforsecurity=False)
    for name in LEARNS_FROM:
        place = ROOT / name
        files = sorted(f for f in place.rglob("*") if f.suffix in (".yml", ".py")) if place.is_dir() else [place]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def is_fresh() -> bool:
    """Whether there is a model of just these sources. One that is broken is none."""
    whole = MODEL.exists() and tarfile.is_tarfile(MODEL)
    return whole and STAMP.exists() and STAMP.read_text() == sources()


def engine_env(has: Settings, place: int = 0) -> dict[str, str]:
    """What an engine finds in its environment: nothing of ours but two addresses. No key and no token.

    `place` is where it stands in `RASA_URL`: each engine may have an inner port of its own.
    """
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return kept | {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "engine"), str(ROOT))),
        "RUMBO_ENGINE_STORE": has.engine_store,
        "RUMBO_INNER_URL": has.inner_urls[place % len(has.inner_urls)],
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
    }


def engine(*arguments: str) -> list[str]:
    """The command line of the engine, which is Rasa's own."""
    return [str(ENGINE), "-m", "rumbo_engine", *arguments]


def train(out: Console, force: bool = False) -> str | None:
    """Train if needed. Returns what went wrong in one sentence, or None."""
    if not ENGINE.exists():
        return MISSING
    if is_fresh() and not force:
        return None
    before, log = sources(), settings().rumbo_var / "logs" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    MODEL.parent.mkdir(exist_ok=True)
    arguments = ("--domain", "domain.yml", "--config", "config.yml", "--data", "nlu_data", "stories")
    command = engine("train", *arguments, "--out", "models", "--fixed-model-name", MODEL.name.split(".")[0])
    with out.status("Training the engine (about a minute)…"), log.open("w") as target:
        done = subprocess.run(command, cwd=ROOT, env=engine_env(settings()), stdout=target, stderr=subprocess.STDOUT)
    if done.returncode or not MODEL.exists():
        return f"Training failed. The last lines say why:\n{tail(log)}"
    STAMP.write_text(before)
    out.print("The engine is trained.")
    return None


def tail(log: Path, lines: int = 8) -> str:
    """The end of a log file, for an error message."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return "\n".join(text.strip().splitlines()[-lines:])
