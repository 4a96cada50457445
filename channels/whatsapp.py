"""WhatsApp through Twilio. What it must know is in the vendor's pages named beside each rule (read 2026-11-22)."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlparse

from twilio.request_validator import (
    RequestValidator,
    add_port,
    get_signature_algorithm,
    remove_port,
)

from channels.base import (
    Gone,
    Hook,
    Inbound,
    Limits,
    Media,
    MediaKind,
    Opening,
    Price,
    Receipt,
    Refused,
    Reply,
    SendError,
    Throttled,
)
from channels.readable import readable
from channels.whatsapp_api import TwilioApi
from channels.whatsapp_forms import Form, read_event, read_form
from channels.whatsapp_openings import approved
from channels.whatsapp_prices import prices
from channels.whatsapp_templates import BODY, Shape, Templates, as_text, shape_of, units, variables

log = logging.getLogger(__name__)

# https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages (read 2026-11-22): images to 5 MB, files to 16.
TAKES = ("image/png", "image/jpeg", "application/pdf")
CAPTION = 1024
"""Characters under a picture; a file has neither a name nor words of its own with Twilio."""


class WhatsApp:
    """One WhatsApp number at Twilio.

    `auth_tokens` are the current and the previous one: the first signs in, each is accepted in a signature. With a
    SharedKey (HMAC_SHA256) its secret belongs in the list too. `public_url` is where Twilio reaches us, `sender`
    our number. The base URLs are for tests and for the doubles.
    """

    name = "whatsapp"
    # Twilio takes 1600 characters a body; 24 hours less a margin, because a message may wait in its queue.
    limits = Limits(text=1500, window=timedelta(hours=23, minutes=50))
    accepted = (b'<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml")

    def __init__(
        self,
        account_sid: str,
        auth_tokens: Sequence[str],
        sender: str,
        public_url: str,
        api_base_url: str | None = None,
        content_base_url: str | None = None,
    ) -> None:
        self._validators = [RequestValidator(token) for token in auth_tokens if token]
        if not account_sid or not self._validators:
            raise ValueError("WhatsApp needs an account sid and at least one auth token")
        self._sender = _address(sender)
        self._status_callback = public_url.rstrip("/") + "/webhooks/whatsapp/status"
        self._api = TwilioApi(account_sid, self._validators[0].token.decode(), api_base_url, content_base_url)
        self._templates = Templates(self._api)

    def verify(self, hook: Hook) -> bool:
        """https://www.twilio.com/docs/usage/webhooks/webhooks-security. Signed are the address as configured at
        Twilio and the fields as posted, so nothing is trimmed, dropped or rebuilt."""
        given = hook.headers.get("x-twilio-signature", "").encode()
        algorithm = get_signature_algorithm(hook.headers.get("x-twilio-webhooks-signature-settings"))
        form = read_form(hook.body)
        return any(hmac.compare_digest(given, good) for good in self._signatures(hook.url, form, algorithm))

    def parse(self, hook: Hook) -> list[Inbound | Receipt | Gone]:
        """Messages and status callbacks alike; fields we do not know are ignored (Twilio adds some unannounced)."""
        event = read_event(read_form(hook.body))
        return [] if event is None else readable([event])

    async def acknowledge(self, inbound: Inbound) -> None:
        """Blue ticks and "typing" until the answer or 25 s. https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource"""
        try:
            await self._api.call(
                lambda client: client.messaging.v2.typing_indicator.create(
                    channel="whatsapp", message_id=inbound.handle
                )
            )
        except Exception as error:  # decoration in public beta: nothing of it may reach the conversation
            log.debug("no typing indicator: %s", type(error).__name__)

    async def send(self, to: str, reply: Reply) -> str:
        """Media first, then what is said. Raises `SendError`; then what went before it may have arrived."""
        if reply.opening:
            words = json.dumps({str(n): word for n, word in enumerate(reply.opening.words, 1)}, ensure_ascii=False)
            return await self._post(to, content_sid=reply.opening.id, content_variables=words)
        if reply.media is None:
            return await self._send_words(to, reply)
        return await self._send_media(to, reply, reply.media)

    async def _send_media(self, to: str, reply: Reply, media: Media) -> str:
        """Twilio fetches it from its address, which is shown to her instead where WhatsApp does not take the type."""
        if media.content_type not in TAKES:
            return await self._send_link(to, reply, media.url)
        under = media.kind is MediaKind.IMAGE and not reply.choices and 0 < units(reply.text) <= CAPTION
        words = {"body": reply.text} if under else {}
        sid = await self._post(to, media_url=[media.url], **words)
        said = not under and (reply.text.strip() or reply.choices)
        return await self._send_words(to, reply) if said else sid

    async def _send_link(self, to: str, reply: Reply, url: str) -> str:
        joined = f"{reply.text}\n\n{url}".strip()
        if units(joined) <= BODY:
            return await self._send_words(to, Reply(joined, reply.choices))
        await self._post(to, body=url)
        return await self._send_words(to, reply)

    async def _send_words(self, to: str, reply: Reply) -> str:
        """Buttons or a list where they fit, else text with numbered choices."""
        shape = shape_of(reply)
        template = await self._template(shape) if shape else ""
        if not shape or not template:
            return await self._send_text(to, reply)
        try:
            return await self._post(to, content_sid=template, content_variables=variables(reply))
        except Refused as error:
            # Raises Refused again when it is the person or the words; else it was the template.
            sid = await self._send_text(to, reply)
            log.warning("template %s refused (%s), sent as text", shape.name, error)
            self._templates.give_up(shape)
            return sid

    async def openings(self) -> list[Opening]:
        """The templates that WhatsApp has approved, as Twilio knows them now. Raises `SendError`."""
        return await self._api.call(approved)

    async def prices(self, day: date) -> list[Price]:
        """What Twilio says it took. Raises `SendError`."""
        return await self._api.call(lambda client: prices(client, self._sender, day))

    async def close(self) -> None:
        """Stop the threads that talk to Twilio."""
        self._api.close()

    def _signatures(self, url: str, form: Form, algorithm: str) -> list[bytes]:
        parsed = urlparse(url)
        # Twilio signs sometimes with and sometimes without the port; so the SDK's own `validate` tries both.
        urls = {remove_port(parsed), add_port(parsed)}
        try:
            return [v.compute_signature(u, form, algorithm).encode() for v in self._validators for u in urls]
        except ValueError:  # an algorithm this SDK does not know
            return []

    async def _template(self, shape: Shape) -> str:
        try:
            return await self._templates.sid(shape)
        except Throttled:
            raise
        except SendError as error:
            log.warning("no template %s (%s: %s), sent as text", shape.name, type(error).__name__, error)
            return ""

    async def _send_text(self, to: str, reply: Reply) -> str:
        sids = [await self._post(to, body=body) for body in as_text(reply)]
        return sids[-1]

    async def _post(self, to: str, **content: str | list[str]) -> str:
        ours = {"to": _address(to), "from_": self._sender, "status_callback": self._status_callback}
        message: dict[str, Any] = ours | content
        return await self._api.call(lambda client: str(client.messages.create(**message).sid))


def _address(person: str) -> str:
    return person if person.startswith("whatsapp:") else f"whatsapp:{person}"
