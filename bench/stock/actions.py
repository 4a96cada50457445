"""The stock bot's actions: each says a fixed text and looks nothing up. Runs in the full engine's Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action

from bench.stock import TEXT


async def run(self: Action, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
    """What Rumbo's do here (database, interviews, services) is left out, to stock's advantage."""
    dispatcher.utter_message(text=TEXT)
    return []


def says(name: str) -> type[Action]:
    return type(name, (Action,), {"name": lambda self: name, "run": run, "__module__": __name__})


SAID = [says(name) for name in yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))["actions"]]
"""rasa-sdk finds them as subclasses of Action, as long as somebody holds them."""
