"""The picture or paper that goes with a message: kept as what to make and for whom, made when somebody needs it.

A message carries `{"paper": "card", …}`; whatever else stands there is for the one who gathers what is on the paper. An
address of one is sealed: it tells nothing, is good for a day, and leads to the message and never to another one's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from bot.documents.papers import PAPERS
from bot.messages.openings import KEY
from bot.messages.tables import Direction, Message
from bot.people.privacy import Sealer, SealError
from channels.base import Media, MediaKind

log = logging.getLogger(__name__)

GOOD_FOR = timedelta(hours=24)
PURPOSE = "media"
"""So that nothing else that was ever sealed can pass for an address."""

Gather = Callable[[Session, str, Mapping[str, Any]], object]
"""Learner id and the message's `media` in, the dataclass of that paper out. Raises `LookupError` when it is gone."""


@dataclass(frozen=True)
class Desk:
    """Makes what messages ask for. `gathers`: for each name of `PAPERS`, what it is made of."""

    sealer: Sealer
    public_url: str
    gathers: Mapping[str, Gather]

    def media(self, session: Session, message: Message, at: datetime) -> Media | None:
        """What goes with a message, ready to be made without the database; None when nothing does or it is gone."""
        order = message.media
        if not order or KEY in order or message.direction is not Direction.OUT:
            return None
        paper, gather = PAPERS.get(order.get("paper", "")), self.gathers.get(order.get("paper", ""))
        if paper is None or gather is None:
            log.error("message %s asks for a paper that nobody makes", message.id)
            return None
        try:
            content = gather(session, message.learner_id, order)
        except LookupError as gone:
            log.warning("the paper of message %s cannot be made any more: %s", message.id, type(gone).__name__)
            return None
        kind = MediaKind.IMAGE if paper.content_type.startswith("image/") else MediaKind.DOCUMENT
        return Media(kind, paper.content_type, paper.name, partial(paper.draw, content), self.url(message.id, at))

    def shown(self, message: Message, at: datetime) -> dict[str, str] | None:
        """What the chat page needs to show it, nothing of its content."""
        paper = PAPERS.get((message.media or {}).get("paper", ""))
        if paper is None or message.direction is not Direction.OUT:
            return None
        # Its own server: an address without a host works wherever the page is open.
        return {"type": paper.content_type, "name": paper.name, "url": f"/media/{self._token(message.id, at)}"}

    def url(self, message_id: int, at: datetime) -> str:
        """Where a service may fetch it until `GOOD_FOR` has passed."""
        return f"{self.public_url}/media/{self._token(message_id, at)}"

    def read(self, token: str, at: datetime) -> int | None:
        """The message an address leads to; None when it is not ours or too old."""
        try:
            purpose, number, until = self.sealer.unseal(_padded(token)).split(" ")
        except (SealError, ValueError):
            return None
        return int(number) if purpose == PURPOSE and at.timestamp() < int(until) else None

    def _token(self, message_id: int, at: datetime) -> str:
        until = int((at + GOOD_FOR).timestamp())
        # Without the "=" at its end: telephones leave it out of what can be tapped.
        return self.sealer.seal(f"{PURPOSE} {message_id} {until}").decode().rstrip("=")


def _padded(token: str) -> bytes:
    return token.encode() + b"=" * (-len(token) % 4)
