"""What the public port puts up with, so that one caller cannot take it from everyone else.

Limited, in the memory of the web process (a restart forgives):

- **One sender** (by keyed hash, never the number): 30 messages a minute, 60 at once. The chat page answers 429 with
  `Retry-After` and sends it again by itself. What WhatsApp and Telegram bring is saved all the same, because the
  service would not bring it twice and nothing a person wrote may be lost; only "typing…" is left away.
- **One address, calls that prove nothing** (forged webhooks, `/health`): 20 a second, 300 at once, then 429 before any
  work. A webhook with a good signature costs nothing: the services call for everybody from a few addresses.
- **One address on the chat page**: 5 new visitors or messages a second, 50 at once. A visitor we know reads at the
  larger rate and by herself: half a town may share the address of a telephone company or a school.
- **One call**: its body in bytes (413, at once when it says its length, else while it comes), the seconds it may take
  to come (408), and the seconds the database may take (503, or the spool).

Not limited: static files and the notice, which cost no more than a refusal; and callers from this machine itself, which
are a proxy that does not say for whom it calls (`RUMBO_PROXY`): one limit for all of them would shut everyone out.
"""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from bot.config import Settings

P = ParamSpec("P")
T = TypeVar("T")

MANY = 20_000
"""Callers remembered at once. Beyond, the one not heard of for longest is forgotten."""
BODY_WITHIN = 10.0
"""Seconds a body of a few thousand bytes may take to come."""
SAVED_WITHIN = 7.0
"""Seconds the database may take: longer than SQLite waits for a writer, shorter than a service waits for us."""
ROUNDING = 1e-9


class Refusal(Exception):
    """A call that gets nothing but a status."""

    def __init__(self, status: int, wait: float = 0.0) -> None:
        super().__init__(status)
        self.status = status
        self.headers = {"Retry-After": str(math.ceil(wait))} if wait else {}
        if status in (408, 413):
            self.headers["Connection"] = "close"  # the rest of the body is not waited for


class Buckets:
    """A token bucket for each caller. One number a caller: the moment at which hers will be full again."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._each, self._depth, self._clock = 1 / rate, burst / rate, clock
        self._full: dict[str, float] = {}

    def wait(self, key: str | None) -> float:
        """Seconds until there is a token; 0.0 when there is one, and for who cannot be told apart (None)."""
        moment = self._clock()
        full = self._full.get(key, moment) if key else moment
        wait = max(full, moment) + self._each - self._depth - moment
        return wait if key and wait > ROUNDING else 0.0

    def take(self, key: str | None) -> float:
        """Take a token if there is one. Returns what `wait` said before."""
        wait = self.wait(key)
        if key:
            full = max(self._full.pop(key, 0.0), self._clock())
            self._full[key] = full if wait else full + self._each
            if len(self._full) > MANY:
                del self._full[next(iter(self._full))]
        return wait


class Guard:
    """The limits of one process, and who a caller is."""

    def __init__(self, has: Settings) -> None:
        self._proxy = has.rumbo_proxy
        self.senders = Buckets(has.rumbo_sender_per_minute / 60, has.rumbo_sender_burst)
        self.callers = Buckets(has.rumbo_address_per_second, has.rumbo_address_burst)
        self.visitors = Buckets(has.rumbo_chat_per_second, has.rumbo_chat_burst)

    def address(self, request: Request) -> str | None:
        """The network address of who calls; None when everybody behind it looks the same."""
        host = request.client.host if request.client else ""
        if host and host == self._proxy:
            host = ",".join(request.headers.getlist("x-forwarded-for")).rsplit(",", 1)[-1].strip() or host
        return _network(host)


def _network(host: str) -> str | None:
    """One household: an IPv4 address, or the half of an IPv6 address that its owner cannot change at will."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host[:64] or None
    if ip.is_loopback:
        return None
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))


def refuse(wait: float) -> None:
    """429 unless there is nothing to wait for. Raises `Refusal`."""
    if wait:
        raise Refusal(429, wait)


async def read_body(request: Request, most: int) -> bytes:
    """The body, when it is short enough and comes in time. Raises `Refusal`."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and (len(said) > 12 or int(said) > most):
        raise Refusal(413)
    try:
        async with asyncio.timeout(BODY_WITHIN):
            return await _stream(request, most)
    except TimeoutError:
        raise Refusal(408) from None
    except ClientDisconnect:
        raise Refusal(400) from None


async def _stream(request: Request, most: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refusal(413)
    return body


async def in_time(work: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
    """Work with the database, in a thread. A thread cannot be stopped: it goes on, but nobody waits for it any longer.

    Raises `TimeoutError`.
    """
    task = asyncio.ensure_future(run_in_threadpool(work, *args, **more))
    done, _ = await asyncio.wait({task}, timeout=SAVED_WITHIN)
    if not done:
        task.add_done_callback(lambda late: late.cancelled() or late.exception())  # heard, so that asyncio is quiet
        raise TimeoutError
    return task.result()


def add(app: FastAPI) -> None:
    """Turn refusals into answers."""

    @app.exception_handler(Refusal)
    async def refused(_request: Request, refusal: Refusal) -> Response:
        return Response(status_code=refusal.status, headers=refusal.headers)

    @app.exception_handler(TimeoutError)
    async def late(_request: Request, _late: TimeoutError) -> Response:
        return Response(status_code=503)
