"""Keeps the facts for a while: nobody waits for them twice, and the page says of when they are."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from bot.db import Database, now
from bot.indicators.facts import Facts
from bot.indicators.reading import read

FRESH = timedelta(minutes=10)


class Keeper:
    """The facts of one database. Older ones are shown while new ones are read behind."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._facts: Facts | None = None
        self._reading = threading.Lock()

    def facts(self, at: datetime) -> Facts:
        """The first who asks waits; later nobody does."""
        if self._facts is None:
            with self._reading:
                if self._facts is None:
                    self.renew()
        assert self._facts is not None
        return self._facts

    def is_stale(self, at: datetime) -> bool:
        """Old, or not read at all."""
        return self._facts is None or at - self._facts.at > FRESH

    def renew(self) -> None:
        with self.db.read() as session:
            self._facts = read(session, now())

    def renew_once(self) -> None:
        """Unless somebody is at it."""
        if self._reading.acquire(blocking=False):
            try:
                self.renew()
            finally:
                self._reading.release()
