"""What Twilio's error codes and broken lines mean to us."""

from __future__ import annotations

import requests
from twilio.base.exceptions import TwilioException
from urllib3.exceptions import NewConnectionError

from channels.base import (
    Blocked,
    Misconfigured,
    Outage,
    Refused,
    SendError,
    Throttled,
    Uncertain,
    Unreachable,
    WindowClosed,
)

# https://www.twilio.com/docs/api/errors/<code> and https://www.twilio.com/docs/whatsapp/api/error-code-mapping,
# compared with nyaruka/courier handlers/twiml/errors.json (read 2026-11-22). What is not here goes by its HTTP
# status, and in a receipt is Refused.
ERRORS: dict[int, type[SendError]] = {
    20003: Misconfigured,  # wrong AccountSid or token
    20404: Misconfigured,  # no such account
    20429: Throttled,  # too many requests at once; not processed, safe to send again
    21211: Unreachable,  # invalid To
    21610: Blocked,  # the person sent STOP
    21617: Refused,  # over 1600 characters
    21656: Refused,  # ContentVariables not accepted
    21658: Refused,  # a parameter over its length
    63003: Unreachable,  # To is not on WhatsApp
    63005: Refused,  # content not accepted by WhatsApp
    63007: Misconfigured,  # From is no channel of this account
    63010: Outage,  # Twilio's own fault, reported after the fact: nothing arrived
    63012: Outage,  # Meta's fault, likewise
    63013: Refused,  # against WhatsApp's policy
    63014: Blocked,  # blocked in the app, or opted out
    63015: WindowClosed,  # sandbox: must send "join <code>" first, so it too waits until they write
    63016: WindowClosed,  # outside 24 hours; the call itself had succeeded
    63017: Throttled,  # account's rate
    63018: Throttled,  # WhatsApp's rate (Meta 429, 471, 1015)
    63019: Outage,  # could not fetch the media from us: nothing arrived
    63021: Refused,  # invalid content
    63024: Unreachable,  # invalid recipient (Meta 1002, 1026)
    63030: Refused,  # unsupported parameter
    63032: Refused,  # Meta will not deliver this one to them (472); says nothing about the next
    63038: Throttled,  # account's daily messages, a rolling 24 hours
}
PAUSES = {63038: 3600.0}
"""Seconds to wait where Twilio names none and backing off from one second would be silly."""


def from_code(code: str) -> SendError:
    """The meaning of the `ErrorCode` of a receipt, "" included."""
    number = int(code) if code.isascii() and code.isdigit() and len(code) < 10 else 0
    return ERRORS.get(number, Refused)(f"twilio {number or 'failed'}", PAUSES.get(number))


def from_answer(status: int, code: int | None, retry_after: float | None = None) -> SendError:
    """The meaning of an answer that is not 2xx. Twilio's text is left out: it repeats the person's number."""
    kind = ERRORS.get(code or 0) or _by_status(status)
    return kind(f"twilio {code or '-'} (HTTP {status})", retry_after or PAUSES.get(code or 0))


def from_exception(error: Exception) -> SendError:
    """The meaning of whatever a call through the SDK raised."""
    if isinstance(error, SendError):
        return error
    if isinstance(error, TwilioException):
        return from_answer(getattr(error, "status", 0), getattr(error, "code", None))
    if isinstance(error, requests.RequestException):
        return _from_line(error)
    # A 2xx whose body makes no sense: Twilio probably has the message.
    return Uncertain(type(error).__name__)


def refuse_throttled(response: requests.Response, *_: object, **__: object) -> None:
    """A hook for the SDK's HTTP client, whose exceptions hide the headers: keeps `Retry-After` (seconds)."""
    if response.status_code != 429:
        return
    try:
        code = int(response.json()["code"])
    except (ValueError, KeyError, TypeError):
        code = 20429
    header = response.headers.get("Retry-After", "")
    raise from_answer(429, code, float(header) if header.isascii() and header.isdigit() else None)


def _by_status(status: int) -> type[SendError]:
    if status >= 500 or status == 408:
        # Messages.json knows no idempotency key: after a 5xx it may have been sent (channels.md A1, 2026-11-22).
        return Uncertain
    if status == 429:
        return Throttled
    return Misconfigured if status in (401, 403, 404) or status < 400 else Refused


def _from_line(error: requests.RequestException) -> SendError:
    detail = type(error).__name__
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.ProxyError, requests.exceptions.SSLError)):
        return Outage(detail)
    if isinstance(error, requests.ConnectionError) and isinstance(_reason(error), NewConnectionError):
        return Outage(detail)  # refused, or no such host
    if isinstance(error, ValueError):
        return Misconfigured(detail)  # requests: InvalidURL, MissingSchema, InvalidSchema ... never left this machine
    return Uncertain(detail)


def _reason(error: Exception) -> object:
    return getattr(error.args[0], "reason", None) if error.args else None
