"""Telegram, by python-telegram-bot's client alone: webhooks, order and retries are Rumbo's own."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
from collections.abc import Awaitable
from datetime import date
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from channels.base import (
    Choice,
    Gone,
    Hook,
    Inbound,
    Limits,
    Media,
    MediaKind,
    Opening,
    Price,
    Receipt,
    Reply,
    Unreadable,
)
from channels.readable import readable
from channels.telegram_errors import from_telegram
from channels.telegram_updates import MAKES_NO_SENSE, read_update

log = logging.getLogger(__name__)
T = TypeVar("T")

API = "https://api.telegram.org"
SECONDS = 10.0
UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
CALLBACK_DATA = 64
"""Bytes of UTF-8 a button can carry; Telegram refuses the whole message for one more (BUTTON_DATA_INVALID)."""
CAPTION = 1024
"""Characters under a picture or a file."""
SHORT_TITLE = 14
"""Characters a title may have to share a row of a small phone with another."""


class Telegram:
    """One bot. https://core.telegram.org/bots/api (Bot API 10.0, read 2026-11-22)"""

    name = "telegram"
    limits = Limits(text=4000)  # 4096 after entities
    accepted = (b"{}", "application/json")  # a JSON answer with "method" in it would be executed

    def __init__(self, token: str, webhook_secret: str | tuple[str, ...], api_base_url: str | None = None) -> None:
        """Of several secrets the first is given to Telegram; a call with any of them is good."""
        self._secrets = (webhook_secret,) if isinstance(webhook_secret, str) else webhook_secret
        if not self._secrets or not all(SECRET.fullmatch(secret) for secret in self._secrets):
            raise ValueError("Telegram's webhook secret must be 1 to 256 of A-Z a-z 0-9 _ -")
        self._request = HTTPXRequest(connect_timeout=5, read_timeout=SECONDS, write_timeout=SECONDS, pool_timeout=5)
        base_url = f"{(api_base_url or API).rstrip('/')}/bot"
        # Never initialised: that only asks getMe, and a start must not depend on Telegram being up.
        self._bot = ExtBot(token, base_url, request=self._request, get_updates_request=self._request)
        _keep_secrets_out_of_logs()

    def verify(self, hook: Hook) -> bool:
        """Whether a secret given to setWebhook came back: the present one, or an earlier one still on the list."""
        given = hook.headers.get("x-telegram-bot-api-secret-token", "").encode()
        return any(hmac.compare_digest(given, secret.encode()) for secret in self._secrets)

    def parse(self, hook: Hook) -> list[Inbound | Receipt | Gone]:
        """One update a call. Telegram tells nothing of delivery, so there are no receipts."""
        try:
            return readable([*read_update(json.loads(hook.body))])
        except MAKES_NO_SENSE as error:
            raise Unreadable(type(error).__name__) from None  # its text may quote the message

    async def openings(self) -> list[Opening]:
        """There is no window here, so nothing needs to be approved."""
        return []

    async def prices(self, day: date) -> list[Price]:
        """Nobody asks for money here."""
        return []

    async def acknowledge(self, inbound: Inbound) -> None:
        """Stop the spinner and take the tapped keyboard away (a second tap does nothing), or show "typing"."""
        if inbound.handle is None:
            await _quietly(self._bot.send_chat_action(inbound.sender, ChatAction.TYPING))
            return
        tapped = json.loads(inbound.handle)
        await _quietly(self._bot.answer_callback_query(tapped["tap"]))
        if tapped["message"]:
            await _quietly(self._bot.edit_message_reply_markup(tapped["chat"], tapped["message"]))

    async def send(self, to: str, reply: Reply) -> str:
        """Plain text, no parse mode: what people wrote may be quoted in it. Raises `SendError`."""
        keyboard = keyboard_of(reply.choices)
        if reply.media and len(reply.text) <= CAPTION:
            return await self._send_media(to, reply.media, reply.text, keyboard)
        if reply.media:
            await self._send_media(to, reply.media, "", None)
        message = await _or_send_error(self._bot.send_message(to, reply.text, reply_markup=keyboard))
        return str(message.message_id)

    async def _send_media(self, to: str, media: Media, caption: str, keyboard: InlineKeyboardMarkup | None) -> str:
        """The bytes themselves: Telegram needs no address of ours."""
        file = InputFile(await asyncio.to_thread(media.make), media.name)
        words, bot = caption or None, self._bot
        if media.kind is MediaKind.IMAGE:
            message = await _or_send_error(bot.send_photo(to, file, caption=words, reply_markup=keyboard))
        else:
            message = await _or_send_error(bot.send_document(to, file, caption=words, reply_markup=keyboard))
        return str(message.message_id)

    async def set_webhook(self, public_url: str) -> None:
        """Tell Telegram where to call; once a start. Raises `SendError`."""
        url = public_url.rstrip("/") + "/webhooks/telegram"
        await _or_send_error(
            # allowed_updates always: left out, the previous setting stays.
            self._bot.set_webhook(
                url, secret_token=self._secrets[0], allowed_updates=UPDATES, drop_pending_updates=False
            )
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()


def keyboard_of(choices: tuple[Choice, ...]) -> InlineKeyboardMarkup | None:
    """Two buttons a row while all titles are short, else one."""
    if not choices:
        return None
    if any(len(choice.id.encode()) > CALLBACK_DATA for choice in choices):
        raise ValueError("a choice's id is over 64 bytes")  # the double takes it, Telegram does not
    buttons = [InlineKeyboardButton(choice.title, callback_data=choice.id) for choice in choices]
    width = 1 if any(len(choice.title) > SHORT_TITLE for choice in choices) else 2
    return InlineKeyboardMarkup([buttons[i : i + width] for i in range(0, len(buttons), width)])


async def _or_send_error(call: Awaitable[T]) -> T:
    try:
        return await call
    except TelegramError as error:
        raise from_telegram(error) from None  # its text may hold the address with the token


async def _quietly(call: Awaitable[object]) -> None:
    try:
        await call
    except Exception as error:  # "message is not modified", "query is too old", or no line: the turn goes on
        log.debug("not acknowledged: %s", type(error).__name__)


def _keep_secrets_out_of_logs() -> None:
    # httpx logs each address at INFO, and the address holds the token; the library logs the words sent at DEBUG, and
    # an answer it cannot read, words and all, at ERROR (22.8).
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
