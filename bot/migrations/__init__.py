"""Brings a tracking database to the newest shape, and makes one where there is none."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

HERE = Path(__file__).parent


def config(url: str) -> Config:
    found = Config()
    found.set_main_option("script_location", str(HERE))
    found.attributes["url"] = url
    return found


def upgrade(url: str) -> None:
    """Apply what is missing. The folder of a SQLite file is made."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(config(url), "head")
