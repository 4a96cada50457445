"""Puts the house together: the one place where settings become a database, channels, content and an engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property

import bot.review.tables
import bot.staff.case_tables
import bot.staff.tables  # noqa: F401 -- every process must know all tables: erasure goes by them
from bot.care.answers import Care
from bot.care.answers import load as load_care
from bot.config import Settings, settings
from bot.content.library import Library
from bot.db import Database
from bot.guidance.interviews import Interviewer
from bot.guidance.journey import gate, is_asking
from bot.guidance.printing import Papers
from bot.messages.media import Desk
from bot.messages.outbox import Outbox
from bot.messages.rasa import Rasa
from bot.messages.worker import Worker
from bot.people.privacy import Sealer
from channels import load_channels
from channels.base import Channel


@dataclass(frozen=True)
class Runtime:
    """What a process of Rumbo works with, each part made when it is first needed."""

    settings: Settings

    @cached_property
    def db(self) -> Database:
        return Database(self.settings.database)

    @cached_property
    def sealer(self) -> Sealer:
        return Sealer(*self.settings.secret_keys)

    @cached_property
    def library(self) -> Library:
        return Library(self.settings.rumbo_content, self.settings.rumbo_locale)

    @cached_property
    def care(self) -> Care:
        return load_care(self.settings.rumbo_content / self.settings.rumbo_locale / "care.yml")

    @cached_property
    def channels(self) -> dict[str, Channel]:
        return load_channels(self.settings, self.settings.public_url, self.sealer.cookie_keys)

    @cached_property
    def rasa(self) -> Rasa:
        return Rasa(self.settings.rasa_url, self.settings.inner_urls, self.settings.engine_store)

    @cached_property
    def interviewer(self) -> Interviewer:
        return Interviewer(self.db, self.sealer, self.library, self.settings.public_url)

    @cached_property
    def worker(self) -> Worker:
        return Worker(
            db=self.db,
            sealer=self.sealer,
            library=self.library,
            care=self.care,
            rasa=self.rasa,
            gate=gate,
            asking=is_asking,
            limit_of=lambda channel: self.channels[channel].limits.text if channel in self.channels else 1500,
            lease=timedelta(seconds=self.settings.rumbo_lease_seconds),
            slow=timedelta(seconds=self.settings.rumbo_slow_seconds),
        )

    @cached_property
    def outbox(self) -> Outbox:
        lease = timedelta(seconds=self.settings.rumbo_lease_seconds)
        return Outbox(self.db, self.sealer, self.channels, lease, self.desk)

    @cached_property
    def desk(self) -> Desk:
        """Makes the pictures and papers: what each is made of, by the names of `bot/documents/papers.py`."""
        papers = Papers(self.sealer, self.library, self.settings.public_url)
        return Desk(self.sealer, self.settings.public_url, papers.gathers())

    async def close(self) -> None:
        """Hang up: to the engine, to every channel."""
        await self.rasa.close()
        for channel in self.channels.values():
            await channel.close()


@cache
def runtime() -> Runtime:
    """The house of this process."""
    return Runtime(settings())
