"""A body that is too long or does not come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient, Response

from bot import chat, limits, web
from bot.runtime import Runtime
from tests.web.calls import MESSAGES


async def post(rumbo: Runtime, path: str, body: AsyncIterator[bytes], length: int | None = None) -> Response:
    inside = ASGITransport(web.create_app(rumbo))
    headers = {} if length is None else {"content-length": str(length)}
    async with AsyncClient(transport=inside, base_url="http://rumbo") as client:
        return await client.post(path, content=body, headers=headers)


@pytest.mark.parametrize("path, most", [("/webhooks/telegram", web.MAX_BODY), (MESSAGES, 4 * chat.MAX_WORDS)])
async def test_a_body_that_says_it_is_too_long_is_not_read_at_all(make_house, path, most):
    read: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        read.append(1)
        yield b"x"

    assert (await post(make_house(), path, body(), most + 1)).status_code == 413
    assert (await post(make_house(), path, body(), 10**30)).status_code == 413
    assert read == []
    assert (await post(make_house(), path, body(), most)).status_code == 403


@pytest.mark.parametrize("path", ["/webhooks/whatsapp", "/webhooks/telegram", MESSAGES])
async def test_a_body_that_does_not_come_is_not_waited_for(make_house, path, monkeypatch):
    monkeypatch.setattr(limits, "BODY_WITHIN", 0.1)

    async def drip() -> AsyncIterator[bytes]:
        """Without an end: who waits for all of it never answers."""
        while True:
            yield b"x"
            await asyncio.sleep(0.02)

    answer = await post(make_house(), path, drip())
    assert (answer.status_code, answer.headers["connection"]) == (408, "close")
