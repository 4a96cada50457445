"""Tells Telegram where to call."""

from __future__ import annotations

import asyncio

from bot.runtime import Runtime
from channels.base import SendError
from channels.telegram import Telegram


def connect_telegram(house: Runtime) -> str | None:
    """Set the webhook. Returns what went wrong in one sentence, or None."""
    channel = house.channels.get("telegram")
    if not isinstance(channel, Telegram):
        return "Telegram is off: set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET in .env."
    if not house.settings.public_url.startswith("https://"):
        return "Telegram only calls https addresses: set RUMBO_PUBLIC_URL in .env."
    try:
        asyncio.run(channel.set_webhook(house.settings.public_url))
    except SendError as trouble:
        return f"Telegram refused: {trouble.__doc__} {trouble.detail}"
    return None
