"""Where a service or the chat page fetches a picture or paper. The address is the key to it: sealed, good for a day."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI, Request
from fastapi.responses import Response

from bot.db import now
from bot.limits import Guard, Refusal, in_time, refuse
from bot.messages.tables import Message
from bot.runtime import Runtime
from channels.base import Media

AT_ONCE = 2
"""How many are drawn at the same time: drawing takes a core, and messages must still come in."""
LONGEST = 400
"""Characters of a token; ours have about 180."""


def add(app: FastAPI, rumbo: Runtime, guard: Guard) -> None:
    """The route. What is refused says nothing about why: too old, forged and erased look the same."""
    places = asyncio.Semaphore(AT_ONCE)

    @app.api_route("/media/{token}", methods=["GET", "HEAD"])
    async def fetch(request: Request, token: str) -> Response:
        address = guard.address(request)
        refuse(guard.callers.wait(address))
        number = rumbo.desk.read(token, now()) if len(token) <= LONGEST else None
        if number is None:
            guard.callers.take(address)
            raise Refusal(404)
        refuse(guard.senders.take(f"media {number}"))
        media = await in_time(_find, rumbo, number)
        if media is None:
            raise Refusal(404)
        async with places:
            made = await in_time(media.make)
        return Response(made, media_type=media.content_type, headers=_headers(media))


def _find(rumbo: Runtime, number: int) -> Media | None:
    with rumbo.db.read() as session:
        message = session.get(Message, number)
        return rumbo.desk.media(session, message, now()) if message else None


def _headers(media: Media) -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{media.name}"',
        "X-Robots-Tag": "noindex",
    }
