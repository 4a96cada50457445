"""Reads Telegram's updates. https://core.telegram.org/bots/api#update (Bot API 10.0, read 2026-11-22)"""

from __future__ import annotations

import json
import re
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.ext import filters

from channels.base import Gone, Inbound, Kind

KINDS = {
    "voice": Kind.VOICE,
    "audio": Kind.VOICE,
    "video_note": Kind.VOICE,
    "sticker": Kind.STICKER,
    "location": Kind.LOCATION,
    "contact": Kind.CONTACT,
    "photo": Kind.MEDIA,
    "video": Kind.MEDIA,
    "animation": Kind.MEDIA,
    "document": Kind.MEDIA,
}
"""Field of a message -> kind, the telling one first (a GIF is also a document). The rest is Kind.OTHER."""

BASICS = ("message_id", "from", "chat", "date", "edit_date", "text", "caption")
MAKES_NO_SENSE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What the library raises on a shape it does not know; it has no error of its own for that."""

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
HELLO = "hola"


def read_update(data: dict[str, Any]) -> list[Inbound | Gone]:
    """What one update says; [] for groups, channels, other bots and everything we did not ask for.

    Raises one of `MAKES_NO_SENSE` when it is not an update at all.
    """
    try:
        return _read(Update.de_json(data))
    except MAKES_NO_SENSE:
        # The library insists on fields of its own Bot API version (22.8: a poll without `members_only`). A person
        # who sends such a thing gets an answer all the same.
        return _read(Update.de_json(_only_basics(data)))


def _only_basics(data: dict[str, Any]) -> dict[str, Any]:
    messages = {name: data[name] for name in ("message", "edited_message") if name in data}
    bare = {name: {f: message[f] for f in BASICS if f in message} for name, message in messages.items()}
    return {**data, **bare}


def _read(update: Update) -> list[Inbound | Gone]:
    number, chat = str(_whole(update.update_id)), update.effective_chat
    if chat is not None:
        _whole(chat.id)
    if update.callback_query:
        return _tap(number, update.callback_query)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or not _from_a_person(message.chat, message.from_user):
        return []
    # The app's own notices (pinned, timer changed ...) are not said by anyone.
    if filters.StatusUpdate.ALL.check_update(update):
        return []
    return _edited(number, message) if update.edited_message else [_said(number, message)]


def _whole(value: object) -> int:
    """An id as documented. The library hands on what stood in the JSON, and "None" would be one for everybody."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("an id that is no number")
    return value


def _said(number: str, message: Message) -> Inbound:
    kind = Kind.TEXT if message.text else next((KINDS[field] for field in KINDS if getattr(message, field)), Kind.OTHER)
    place = message.location if kind is Kind.LOCATION else None
    return Inbound(
        provider_id=number,
        sender=str(message.chat.id),
        text=_plain(message.text) if message.text else message.caption or "",
        kind=kind,
        place=(place.latitude, place.longitude) if place else None,
    )


def _edited(number: str, message: Message) -> list[Inbound | Gone]:
    if message.location:  # a live location "edits" itself every few seconds
        return []
    return [Inbound(number, str(message.chat.id), message.text or message.caption or "", Kind.EDITED)]


def _tap(number: str, query: CallbackQuery) -> list[Inbound | Gone]:
    # The message may be missing, or "inaccessible" (only its chat and id known) when it is old.
    chat = query.message.chat if query.message else None
    if not query.data or query.from_user.is_bot or (chat and chat.type != Chat.PRIVATE):
        return []
    person = _whole(query.from_user.id)
    handle = {"tap": query.id, "chat": person, "message": query.message.message_id if query.message else None}
    return [Inbound(number, str(person), "", Kind.CHOICE, query.data, handle=json.dumps(handle))]


def _membership(change: ChatMemberUpdated) -> list[Inbound | Gone]:
    gone = change.new_chat_member.status == ChatMember.BANNED  # "kicked": what a private chat calls blocking the bot
    return [Gone(str(_whole(change.from_user.id)))] if gone and change.chat.type == Chat.PRIVATE else []


def _from_a_person(chat: Chat, user: User | None) -> bool:
    return chat.type == Chat.PRIVATE and user is not None and not user.is_bot


def _plain(text: str) -> str:
    """A command as the words it stands for: "/menu" is "menu", a bare "/start" is "hola"; a link's stays as it is."""
    command = COMMAND.fullmatch(text)
    if command is None:
        return text
    word, rest = command[1], (command[2] or "").strip()
    if word.lower() == "start":
        return f"/start {rest}" if rest else HELLO
    return f"{word} {rest}".strip()
