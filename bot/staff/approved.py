"""What a service has approved for writing to somebody first, asked when a person of the team wants to know."""

from __future__ import annotations

import asyncio
import logging

from channels.base import Channel, Opening, SendError

Openings = list[Opening]
log = logging.getLogger(__name__)


def approved(channel: Channel) -> Openings | None:
    """None when it cannot be asked now. Takes as long as the service does: not for the loop of a server."""
    try:
        return asyncio.run(channel.openings())
    except SendError as trouble:
        log.warning("what %s has approved is not known: %s", channel.name, type(trouble).__name__)
        return None
