"""Who may import whom: the floors of the house, kept by a test (docs/architecture.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GROUND = {"bot.config", "bot.office", "bot.language", "bot.db", "bot.scrubbing", "bot.content", "bot.documents"}
FLOORS = [GROUND, {"bot.people"}, {"bot.care"}, {"bot.messages"}, {"bot.referrals"}, {"bot.guidance", "bot.staff"}]
"""Of `bot`, from the ground up; what is not named here (web, cli, runtime…) is the roof and may use them all."""


def place_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def floor_of(module: str) -> int:
    found = [n for n, floor in enumerate(FLOORS) if place_of(module) in floor]
    return found[0] if found else len(FLOORS)


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def modules(room: str) -> list[tuple[str, Path]]:
    files = sorted((ROOT / room).rglob("*.py"))
    return [(".".join(f.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), f) for f in files]


ALLOWED = {
    "channels": {"channels"},
    "bot": {"bot", "channels"},
    "actions": {"actions", "bot"},
    "console": {"console", "bot"},
}


@pytest.mark.parametrize("room", ALLOWED)
def test_rooms_import_only_what_they_may(room: str):
    ours = set(ALLOWED) | {"engine", "rasa"}
    wrong = [(m, i) for m, f in modules(room) for i in imports(f) if i.split(".")[0] in ours - ALLOWED[room]]
    assert wrong == []


def test_each_floor_of_bot_imports_only_floors_under_it():
    wrong = [
        (module, imported)
        for module, file in modules("bot")
        if not module.startswith("bot.migrations")
        for imported in imports(file)
        if imported.startswith("bot.") and floor_of(imported) > floor_of(module)
    ]
    assert wrong == []


def test_only_the_engine_imports_rasa():
    files = [found for room in ALLOWED for found in modules(room)]
    wrong = [m for m, f in files if any(i == "rasa" or i.startswith("rasa.") for i in imports(f))]
    assert wrong == []


def test_only_messages_and_above_know_the_channels():
    low = {n for floor in FLOORS[:3] for n in floor}
    wrong = [m for m, f in modules("bot") if place_of(m) in low and any(i.startswith("channels") for i in imports(f))]
    assert wrong == []
