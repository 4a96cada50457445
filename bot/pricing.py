"""What messages cost: asked of the services once a night, since no receipt says it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, update

from bot.db import now
from bot.erasing import NIGHT
from bot.guidance.days import HERE
from bot.messages.tables import Direction, Message
from bot.runtime import Runtime
from channels.base import Price, SendError

log = logging.getLogger(__name__)

FINE = 100_000
"""Parts of a currency's unit in which a price is kept: Twilio's is half a cent."""
DAYS = 3
"""How many days back a night asks: a price may be known late."""


@dataclass
class Nightly:
    """Asks once a night. Several workers ask alike and write the same."""

    house: Runtime
    asked_on: date | None = None

    async def ask(self) -> bool:
        """False, so that whoever calls it rests."""
        moment = now()
        here = moment.astimezone(HERE)
        if here.hour in NIGHT and here.date() != self.asked_on:
            self.asked_on = here.date()
            await ask(self.house, moment)
        return False


async def ask(house: Runtime, moment: datetime, days: int = DAYS) -> int:
    """How many prices of the last days were told. A channel that cannot say now is asked again the next night."""
    told = 0
    for channel in house.channels.values():
        try:
            for back in range(days):
                told += keep(house, channel.name, await channel.prices((moment - timedelta(days=back)).date()))
        except SendError as trouble:
            log.warning("what messages cost on %s is not known: %s", channel.name, type(trouble).__name__)
    return told


def keep(house: Runtime, channel: str, prices: list[Price]) -> int:
    """Beside the messages they are of; what is not ours any more is passed over."""
    if not prices:
        return 0
    ours = (Message.channel == channel, Message.direction == Direction.OUT, Message.provider_id == bindparam("sid"))
    found = update(Message).where(*ours).values(price=bindparam("fine"), price_unit=bindparam("of"))
    rows = [{"sid": p.provider_id, "fine": round(p.amount * FINE), "of": p.unit[:3]} for p in prices]
    with house.db.write() as session:
        session.connection().execute(found, rows)
    return len(rows)
