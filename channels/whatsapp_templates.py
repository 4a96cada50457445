"""How a reply looks on WhatsApp: buttons, a list, or numbered text.

Buttons and lists need a Content template. One is made per *shape* (how many choices, how many lines), with variables
for every word, so that a handful serves all conversations. Within 24 hours of the person's message they need no
approval. https://www.twilio.com/docs/content/twilio-quick-reply, .../twiliolist-picker (read 2026-11-22)
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from time import monotonic
from typing import Any

from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from channels.base import Outage, Reply, SendError, Throttled
from channels.whatsapp_api import TwilioApi

BODY, TEMPLATE_BODY = 1600, 1024
BUTTONS, BUTTON_TITLE = 3, 20  # ten buttons exist, but only three without approval
ITEMS, ITEM_TITLE = 10, 24
VARIABLES = 100
LIST_BUTTON = "Ver opciones"
REST = 60.0
"""Seconds of numbered text after the Content API failed."""


@dataclass(frozen=True)
class Shape:
    """A template to be: `kind` is quick_reply or list, `breaks` the newlines between lines ("12": one, then two)."""

    kind: str
    choices: int
    breaks: str = ""

    @property
    def name(self) -> str:
        """The template's friendly name at Twilio. Templates cannot change: a new layout needs a new prefix."""
        return "_".join(filter(None, ("rumbo", self.kind, str(self.choices), self.breaks)))

    def types(self) -> dict[str, Any]:
        """The template itself, every word of it a variable."""
        lines = len(self.breaks) + 1
        body = "{{1}}" + "".join("\n" * int(b) + f"{{{{{n}}}}}" for n, b in enumerate(self.breaks, 2))
        slots = [(f"{{{{{n}}}}}", f"{{{{{n + 1}}}}}") for n in range(lines + 1, lines + 1 + 2 * self.choices, 2)]
        if self.kind == "list":
            items = [{"item": title, "id": id_} for title, id_ in slots]
            return {"twilio/list-picker": {"body": body, "button": LIST_BUTTON, "items": items}}
        actions = [{"type": "QUICK_REPLY", "title": title, "id": id_} for title, id_ in slots]
        return {"twilio/quick-reply": {"body": body, "actions": actions}}

    def samples(self) -> dict[str, str]:
        """A default for each variable, which Twilio wants to see."""
        return {str(n): f"texto {n}" for n in range(1, len(self.breaks) + 2 + 2 * self.choices)}


def shape_of(reply: Reply) -> Shape | None:
    """The shape that can carry this reply, None when only text can."""
    titles = [choice.title for choice in reply.choices]
    longest = max(map(units, titles), default=0)
    if not titles or not all(map(str.strip, titles)) or len(set(titles)) < len(titles):
        return None
    if not reply.text.strip() or units(reply.text) > TEMPLATE_BODY:
        return None
    lines, breaks = _lines(reply.text)
    if len(lines) + 2 * len(titles) > VARIABLES:
        return None
    if len(titles) <= BUTTONS and longest <= BUTTON_TITLE:
        return Shape("quick_reply", len(titles), breaks)
    return Shape("list", len(titles), breaks) if len(titles) <= ITEMS and longest <= ITEM_TITLE else None


def variables(reply: Reply) -> str:
    """The words for the shape of this reply, as Twilio takes them: JSON, keys "1", "2" ...

    One variable a line: a newline, a tab or more than four spaces in a variable of the body is a cause of error 21656
    (https://www.twilio.com/docs/api/errors/21656, read 2026-11-22; 92007 says so for approved templates only, and
    whether it holds within 24 hours was not tried on a real account).
    """
    lines, _ = _lines(reply.text)
    words = [*lines, *(word for choice in reply.choices for word in (" ".join(choice.title.split()), choice.id))]
    return json.dumps({str(n): word for n, word in enumerate(words, 1)}, ensure_ascii=False)


def as_text(reply: Reply) -> list[str]:
    """The reply as plain bodies, its choices numbered. Two bodies only where one would be over Twilio's 1600."""
    if not reply.choices:
        return [reply.text]
    options = "\n".join(f"{n}) {choice.title}" for n, choice in enumerate(reply.choices, 1))
    whole = f"{reply.text}\n\n{options}" if reply.text else options
    return [whole] if units(whole) <= BODY else [reply.text, options]


def units(text: str) -> int:
    """Length as the stricter counters have it: an emoji outside the basic plane is two (UTF-16)."""
    return len(text.encode("utf-16-le")) // 2


def _lines(text: str) -> tuple[list[str], str]:
    parts = re.split(r"(\s*\n\s*)", text.strip())
    breaks = "".join("2" if gap.count("\n") > 1 else "1" for gap in parts[1::2])
    return [" ".join(line.split()) for line in parts[0::2]], breaks


class Templates:
    """The sids of our templates: looked up by name once, made when missing, kept in memory."""

    def __init__(self, api: TwilioApi) -> None:
        self._api = api
        self._sids: dict[str, str] | None = None
        self._resting_until = 0.0
        self._lock = asyncio.Lock()

    async def sid(self, shape: Shape) -> str:
        """The sid of a shape's template, "" when given up. Raises `SendError` when Twilio gives none."""
        async with self._lock:
            if monotonic() < self._resting_until:
                raise Outage("Content API failed a moment ago")
            try:
                return await self._known_or_made(shape)
            except Throttled:
                raise
            except SendError:
                # Replies wait for this lock: one slow failure is enough for all of them.
                self._resting_until = monotonic() + REST
                raise

    def give_up(self, shape: Shape) -> None:
        """Twilio refuses messages of this shape: not again before the next start, nor a new template for each."""
        if self._sids is not None:
            self._sids[shape.name] = ""

    async def _known_or_made(self, shape: Shape) -> str:
        if self._sids is None:
            self._sids = await self._api.call(_find)
        if shape.name not in self._sids:
            self._sids[shape.name] = await self._api.call(lambda client: _create(client, shape))
        return self._sids[shape.name]


def _find(client: Client) -> dict[str, str]:
    templates = client.content.v1.contents.list(page_size=500)
    return {str(t.friendly_name): str(t.sid) for t in templates if str(t.friendly_name).startswith("rumbo_")}


def _create(client: Client, shape: Shape) -> str:
    request = {"friendly_name": shape.name, "language": "es_MX", "variables": shape.samples(), "types": shape.types()}
    return str(client.content.v1.contents.create(ContentList.ContentCreateRequest(request)).sid)
