"""What lies in the spool of a house."""

from __future__ import annotations

from pathlib import Path

from bot import spool
from bot.runtime import Runtime


def kept(house: Runtime) -> list[Path]:
    """Calls that wait, the oldest first."""
    return sorted(spool.folder(house).glob("*.sealed"))


def broken(house: Runtime) -> list[Path]:
    """What was set aside because it can never be taken up."""
    return sorted((spool.folder(house) / "broken").glob("*"))


def take_all(house: Runtime) -> None:
    while spool.take_up(house):
        pass
