"""What Twilio took for messages. It knows a while after they are sent, and its callbacks do not say it.

`price` is negative, and null until it is known (Twilio's OpenAPI description of 2026-04-14, `Message`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from twilio.rest import Client

from channels.base import Price

PAGE = 1000
"""Messages a call; Twilio gives no more at once."""


def prices(client: Client, sender: str, day: date) -> list[Price]:
    start = datetime.combine(day, time.min, UTC)
    during = {"date_sent_after": start, "date_sent_before": start + timedelta(days=1)}
    sent = client.messages.stream(from_=sender, page_size=PAGE, **during)
    known = ((one.sid, one.price, one.price_unit) for one in sent)
    return [Price(str(sid), abs(Decimal(price)), str(unit).upper()) for sid, price, unit in known if price is not None]
