"""What Twilio took for messages, as the real SDK reads its list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from channels.base import Price, SendError
from channels.telegram import Telegram
from channels.web import Web
from channels.whatsapp import WhatsApp

MESSAGES, DAY = "/Messages.json", date(2026, 11, 23)


@pytest.fixture
async def whatsapp(vendor):
    channel = WhatsApp("AC" + "0" * 32, ["secret"], "+14155238886", "https://rumbo.example.mx", vendor.url)
    yield channel
    await channel.close()


def message(number: int, price: str | None) -> dict:
    return {"sid": f"SM{number:032x}", "price": price, "price_unit": "USD", "status": "delivered"}


async def test_the_prices_of_a_day_that_are_known(vendor, whatsapp):
    found = [message(1, "-0.00500"), message(2, None), message(3, "0")]
    vendor.usually("GET", MESSAGES, {"messages": found, "next_page_uri": None})
    known = [Price(found[0]["sid"], Decimal("0.005"), "USD"), Price(found[2]["sid"], Decimal(0), "USD")]
    assert await whatsapp.prices(DAY) == known
    asked = parse_qs(vendor.calls[-1].query)
    assert asked == {
        "From": ["whatsapp:+14155238886"],
        "DateSent>": ["2026-11-23T00:00:00Z"],
        "DateSent<": ["2026-11-24T00:00:00Z"],
        "PageSize": ["1000"],
    }


async def test_a_fault_of_the_service_is_a_send_error(vendor, whatsapp, answer):
    vendor.next("GET", MESSAGES, answer(500, {"message": "down"}))
    with pytest.raises(SendError):
        await whatsapp.prices(DAY)


async def test_nobody_else_takes_money(vendor):
    telegram = Telegram("123456:TEST", "s3cret", vendor.url)
    assert (await telegram.prices(DAY), await Web(b"k" * 32).prices(DAY)) == ([], [])
    await telegram.close()
