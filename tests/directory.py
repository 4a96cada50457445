"""The directory of services for tests: as it comes with the content, verified today whatever day it is."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.config import ROOT
from bot.content.library import load
from bot.db import Database, now
from bot.guidance.days import today
from bot.migrations import upgrade
from bot.referrals import importing


def freshen(file: Path) -> Path:
    """Every row of a file, verified today."""
    day = today(now()).isoformat()
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"verified": day} for row in rows)
    return file


def make_whole(url: str, file: Path) -> None:
    """Bring a database to its newest shape, with the services of a copy of the file."""
    upgrade(url)
    states = load(ROOT / "content", "es-MX").states
    database = Database(url)
    with database.write() as session:
        if importing.is_empty(session):
            importing.take_over(session, freshen(file), states, now())
    database.close()
