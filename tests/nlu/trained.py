"""The intent model that `make test` trains, asked as the engine asks it; it is numbers and words and needs no Rasa."""

from __future__ import annotations

import sys
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.config import ROOT
from bot.training import MODEL

UNSURE = "nlu_fallback"


def unpacked(folder: Path) -> Any:
    """The model, laid out in a folder."""
    sys.path.insert(0, str(ROOT / "engine"))
    from rumbo_engine.model import IntentModel

    with tarfile.open(MODEL) as packed:
        packed.extractall(folder, filter="data")
    return IntentModel.load(next(folder.rglob("names.json")).parent)


@cache
def sureness() -> tuple[float, float]:
    """Under which chance, and how close to the next, an intent is none (config.yml)."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    classifier = next(part for part in pipeline if "ambiguity" in part)
    return classifier["threshold"], classifier["ambiguity"]


def intent_of(model: Any, text: str) -> tuple[str, float]:
    """The intent and its chance, 0 to 1; what the engine is not sure of is `UNSURE`."""
    threshold, ambiguity = sureness()
    ranked = [*model.rank(text, 2), ("", 0.0), ("", 0.0)]
    (intent, first), (_, second) = ranked[:2]
    unsure = first < threshold or first - second < ambiguity
    return (UNSURE, threshold) if unsure else (intent, first)
