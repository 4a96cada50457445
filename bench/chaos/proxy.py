"""A small HTTP proxy between two of Rumbo's processes, which can answer rubbish, hang or refuse."""

from __future__ import annotations

import asyncio
import contextlib

HANG = b""
"""A mood: the request is taken and never answered."""


class Proxy:
    """Hands requests on to a port on loopback. `mood` is what is answered instead: raw bytes, or `HANG`."""

    def __init__(self, port: int, behind: int) -> None:
        self.port, self.behind = port, behind
        self.mood: bytes | None = None
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def shut(self) -> None:
        """Nobody listens any more: connections are refused."""
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while request := await message(reader):
                writer.write(await self._answer(request))
                await writer.drain()
            writer.close()
        except (asyncio.IncompleteReadError, OSError):
            writer.transport.abort()  # as the one behind does: the caller learns that the line broke
        finally:
            self._open.discard(writer)

    async def _answer(self, request: bytes) -> bytes:
        if self.mood is None:
            return await self._ask(request)
        while self.mood == HANG:
            await asyncio.sleep(0.1)
        if self.mood is None:
            raise ConnectionError  # it hung and was let go: nobody waits for this answer any more
        return self.mood

    async def _ask(self, request: bytes) -> bytes:
        """A line of its own for each request: one kept open may be closed at the other end at any moment."""
        there, behind = await asyncio.open_connection("127.0.0.1", self.behind)
        try:
            behind.write(request)
            return await message(there) or _broken()
        finally:
            behind.close()


def _broken() -> bytes:
    raise ConnectionError


async def message(reader: asyncio.StreamReader) -> bytes:
    """One request or answer, whole; empty at the end of the line."""
    head = b""
    with contextlib.suppress(asyncio.IncompleteReadError):
        head = await reader.readuntil(b"\r\n\r\n")
    return head + await reader.readexactly(length(head)) if head else b""


def length(head: bytes) -> int:
    """Bytes of the body that follows a head."""
    lines = head.decode("latin-1").lower().split("\r\n")
    return next((int(line[15:]) for line in lines if line.startswith("content-length:")), 0)


def answer(status: str, body: str) -> bytes:
    top = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (top + body).encode()


RUBBISH = answer("200 OK", '{"not": "a list", "of": [')
BROKEN = answer("500 Internal Server Error", "{}")
NOTHING = answer("200 OK", "[]")
