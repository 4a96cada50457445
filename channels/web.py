"""The chat page. It fetches what was said by itself, so sending is only a matter of having been queued."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from datetime import date
from http.cookies import CookieError, SimpleCookie

from channels.base import Gone, Hook, Inbound, Kind, Limits, Opening, Price, Receipt, Reply, Unreadable

COOKIE = "rumbo"


class Web:
    """Whoever holds the signed cookie is the person; there is nothing else to know of her."""

    name = "web"
    limits = Limits(text=2000)
    accepted = (b"{}", "application/json")

    def __init__(self, *cookie_keys: bytes) -> None:
        """The first key signs; a cookie signed with any of them is good."""
        self._keys = cookie_keys

    def new_visitor(self) -> str:
        """A cookie value for someone who comes for the first time."""
        visitor = secrets.token_urlsafe(18)
        return self.cookie_of(visitor)

    def cookie_of(self, visitor: str) -> str:
        """Her cookie, signed with the first key."""
        return f"{visitor}.{_sign(self._keys[0], visitor)}"

    def is_current(self, cookies: str) -> bool:
        """Whether it is signed with the first key. One of another key is given anew before that key goes."""
        visitor = self.visitor(cookies)
        return visitor is None or SimpleCookie(cookies)[COOKIE].value == self.cookie_of(visitor)

    def visitor(self, cookies: str) -> str | None:
        """Who the cookie header says it is; None when it is missing or not signed by us."""
        try:
            value = SimpleCookie(cookies)[COOKIE].value
        except (CookieError, KeyError):
            return None
        visitor, _, signature = value.partition(".")
        given, known = signature.encode(), [_sign(key, visitor).encode() for key in self._keys]
        return visitor if any(hmac.compare_digest(given, one) for one in known) else None

    def verify(self, hook: Hook) -> bool:
        return self.visitor(hook.headers.get("cookie", "")) is not None

    def parse(self, hook: Hook) -> list[Inbound | Receipt | Gone]:
        """One message as `{"id", "text", "choice"}`. Raises `Unreadable`."""
        visitor = self.visitor(hook.headers.get("cookie", ""))
        try:
            body = json.loads(hook.body)
            number, text, choice = body["id"], body.get("text") or "", body.get("choice")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise Unreadable("not a message of the chat page") from None
        if not visitor or not all(isinstance(part, str) for part in (number, text, choice or "")):
            raise Unreadable("not a message of the chat page")
        if not re.fullmatch(r"[\w-]{8,64}", number, re.ASCII) or not (text.strip() or choice):
            raise Unreadable("a message without an id or without words")
        kind = Kind.CHOICE if choice else Kind.TEXT
        return [Inbound(f"{visitor[:12]}:{number}", visitor, text, kind, choice=choice)]

    async def openings(self) -> list[Opening]:
        """There is no window here, so nothing needs to be approved."""
        return []

    async def prices(self, day: date) -> list[Price]:
        """Nobody asks for money here."""
        return []

    async def acknowledge(self, inbound: Inbound) -> None:
        """The page shows by itself that a message arrived."""

    async def send(self, to: str, reply: Reply) -> str:
        return f"web-{secrets.token_hex(8)}"

    async def close(self) -> None:
        """There is no connection."""


def _sign(key: bytes, visitor: str) -> str:
    return hmac.new(key, visitor.encode(), hashlib.sha256).hexdigest()[:32]
