"""Puts people and messages into a database, with nothing in them a test does not ask for."""

from __future__ import annotations

import itertools
from datetime import datetime

from bot.db import now
from bot.messages import inbox
from bot.people import tracking
from bot.runtime import Runtime
from channels.base import Inbound, Kind
from tests.hygiene import say

_numbers = itertools.count(1)


def write(
    house: Runtime,
    text: str,
    sender: str = "someone",
    channel: str = "fake",
    provider_id: str | None = None,
    kind: Kind = Kind.TEXT,
    choice: str | None = None,
    at: datetime | None = None,
) -> bool:
    """Somebody writes. False when the same message was saved before."""
    item = Inbound(provider_id or f"p{next(_numbers)}", sender, say(text), kind, choice=choice)
    with house.db.write() as session:
        return bool(inbox.save(session, house.sealer, channel, [item], "es-MX", at or now()))


def learner_id(house: Runtime, sender: str = "someone", channel: str = "fake") -> str:
    with house.db.read() as session:
        address = tracking.find(session, house.sealer, channel, sender)
        assert address is not None
        return address.learner_id


def consent(house: Runtime, sender: str = "someone", channel: str = "fake") -> str:
    """Somebody has agreed before; returns her id."""
    write(house, "hola", sender, channel, provider_id=f"consent-{channel}-{sender}")
    who = learner_id(house, sender, channel)
    with house.db.write() as session:
        tracking.record_consent(session, who, True, "test", channel, next(_numbers) + 1_000_000, now())
    return who
