"""What Telegram's refusals and broken lines mean to us."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from channels.base import Blocked, Misconfigured, Outage, Refused, SendError, Throttled, Uncertain, Unreachable

# Descriptions of 400 answers that are about the person and not the message; there is no code to tell them apart.
# The first is the usual one. The others are known from use, not from a page: if one is never seen, it does no harm.
NO_SUCH_PERSON = ("chat not found", "user not found", "peer_id_invalid", "deactivated")

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


def from_telegram(error: TelegramError) -> SendError:
    """The meaning of a python-telegram-bot exception. The order matters: a BadRequest is a NetworkError too."""
    match error:
        case RetryAfter():
            return Throttled("telegram 429", _seconds(error.retry_after))
        case Forbidden():
            return _forbidden(error.message.lower())
        case InvalidToken() | Conflict():  # 401 and 404; 409: another process reads the same bot
            return Misconfigured(f"telegram {type(error).__name__}")
        case BadRequest():
            about_person = any(text in error.message.lower() for text in NO_SUCH_PERSON)
            return (Unreachable if about_person else Refused)(f"telegram 400: {error.message}")
        case ChatMigrated():
            return Unreachable("telegram: a group, not a person")
        case NetworkError():
            return _from_line(error)
    return Uncertain(f"telegram {type(error).__name__}")  # a 2xx whose body makes no sense


def _forbidden(description: str) -> SendError:
    # Others: "user is deactivated", "bot can't initiate conversation with a user".
    return (Blocked if "blocked by the user" in description else Unreachable)("telegram 403")


def _from_line(error: NetworkError) -> SendError:
    if error.__cause__ is None:
        # A 5xx in Telegram's own JSON says "ok": false, and that means not done: 500 "restart", 502 "Bad Gateway".
        # https://core.telegram.org/bots/api#making-requests (read 2026-11-22)
        return Outage("telegram 5xx")
    never_sent = isinstance(error.__cause__, NEVER_SENT)
    return (Outage if never_sent else Uncertain)(f"telegram {type(error.__cause__).__name__}")


def _seconds(retry_after: int | timedelta) -> float:
    return retry_after.total_seconds() if isinstance(retry_after, timedelta) else float(retry_after)
