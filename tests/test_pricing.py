"""What messages cost: asked once a night, kept beside the message, shown beside the bubble."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from bot import pricing
from bot.messages.tables import Direction, Message
from channels.base import Outage, Price
from tests.console.desk import sit, talk
from tests.fakes import FakeChannel

NIGHT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""Half past three in the centre of Mexico."""
TODAY = date(2026, 11, 23)


@pytest.fixture
async def sent(house):
    """A conversation whose bubbles have numbers of a service that takes money."""
    who = await talk(house, "hola", "menú")
    channel = house.channels["web"] = FakeChannel()
    channel.name = "web"
    with house.db.write() as session:
        session.execute(update(Message).where(Message.direction == Direction.OUT).values(provider_id=None))
        for number, row in enumerate(session.scalars(select(Message).where(Message.direction == Direction.OUT))):
            row.provider_id = f"SM{number}"
    return who, channel


def kept(house) -> list[tuple[int | None, str | None]]:
    with house.db.read() as session:
        ours = select(Message.price, Message.price_unit).where(Message.direction == Direction.OUT).order_by(Message.id)
        return [(price, unit) for price, unit in session.execute(ours)]


async def test_prices_stand_beside_their_messages(house, sent):
    who, channel = sent
    channel.priced = {
        TODAY: [Price("SM0", Decimal("0.00500"), "USD"), Price("SM99", Decimal(1), "USD")],
        TODAY - timedelta(days=2): [Price("SM1", Decimal("0.0133"), "USD")],
        TODAY - timedelta(days=3): [Price("SM0", Decimal(9), "USD")],
    }
    assert await pricing.ask(house, NIGHT) == 3
    assert kept(house)[:2] == [(500, "USD"), (1330, "USD")]
    assert "costó 0.0050 USD" in sit(house).get(f"/conversaciones/{who}").text


async def test_a_service_that_cannot_say_leaves_what_is_known(house, sent):
    who, channel = sent
    channel.priced = {TODAY: [Price("SM0", Decimal("0.005"), "USD")]}
    await pricing.ask(house, NIGHT)

    async def away(day: date) -> list[Price]:
        raise Outage

    channel.prices = away
    assert (await pricing.ask(house, NIGHT), kept(house)[0]) == (0, (500, "USD"))
    assert "costó 0.0050" in sit(house).get(f"/conversaciones/{who}").text


async def test_it_is_asked_once_a_night_and_never_by_day(house, sent, monkeypatch):
    asked: list[date] = []

    async def prices(day: date) -> list[Price]:
        asked.append(day)
        return []

    sent[1].prices = prices
    nightly = pricing.Nightly(house)
    for moment in (NIGHT, NIGHT + timedelta(minutes=10), NIGHT + timedelta(hours=9), NIGHT + timedelta(days=1)):
        monkeypatch.setattr(pricing, "now", lambda moment=moment: moment)
        assert not await nightly.ask()
    assert asked == [TODAY - timedelta(days=n) for n in (0, 1, 2)] + [TODAY - timedelta(days=n) for n in (-1, 0, 1)]
