"""A vendor on loopback: records what the real SDKs send, and answers as told."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlparse

import pytest

PAYLOADS = Path(__file__).parents[1] / "payloads"


@dataclass(frozen=True)
class Answer:
    """What the vendor does with one call. `then` is "" to answer, "reset" to break the line after reading it."""

    status: int = 200
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    then: str = ""


@dataclass(frozen=True)
class Call:
    """One recorded call."""

    method: str
    path: str
    body: bytes
    query: str = ""

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Vendor:
    """Answers by the end of the path: first what a test queued, then the usual answer."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.usual: dict[tuple[str, str], object] = {}
        self.queued: dict[tuple[str, str], list[Answer]] = {}
        handler = type("Handler", (Handler,), {"vendor": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def usually(self, method: str, end: str, body: object) -> None:
        self.usual[method, end] = body

    def next(self, method: str, end: str, *answers: Answer) -> None:
        self.queued.setdefault((method, end), []).extend(answers)

    def to(self, method: str, end: str) -> list[Call]:
        return [call for call in self.calls if call.method == method and call.path.endswith(end)]

    def answer(self, call: Call) -> Answer:
        self.calls.append(call)
        for (method, end), answers in self.queued.items():
            if call.method == method and call.path.endswith(end) and answers:
                return answers.pop(0)
        for (method, end), body in self.usual.items():
            if call.method == method and call.path.endswith(end):
                return Answer(201 if method == "POST" else 200, body)
        return Answer(404, {"code": 20404, "message": "not found", "status": 404})


class Handler(BaseHTTPRequestHandler):
    """One connection; hands each call to its `vendor`."""

    vendor: Vendor
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = urlparse(self.path)
        answer = self.vendor.answer(Call(self.command, asked.path, body, asked.query))
        time.sleep(answer.delay)
        if answer.then == "reset":
            self._reset()
        else:
            self._reply(answer)

    do_GET = do_POST

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _reply(self, answer: Answer) -> None:
        body = (answer.body if isinstance(answer.body, str) else json.dumps(answer.body)).encode()
        self.send_response(answer.status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the client was faster to leave
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    served = Vendor()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def payload() -> Callable[[str], bytes]:
    return lambda name: (PAYLOADS / name).read_bytes().removesuffix(b"\n")


@pytest.fixture
def nobody_there() -> str:
    """An address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
