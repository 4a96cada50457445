"""The chat page's conversation in a terminal: the same address, the same thread."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx
from rich.console import Console

PATIENCE = 60.0


def talk(url: str, out: Console) -> str | None:
    """Until Ctrl-D or Ctrl-C. Returns what went wrong in one sentence, or None."""
    with httpx.Client(base_url=url, timeout=10) as http:
        try:
            http.get("/chat/messages")  # makes the cookie
            out.print("Escribe «hola». Ctrl-D termina.", style="dim")
            _converse(http, out)
        except httpx.HTTPError:
            return f"Rumbo does not answer at {url}. Start it first: make run"
        except (EOFError, KeyboardInterrupt):
            out.print()
    return None


def _converse(http: httpx.Client, out: Console) -> None:
    seen = 0
    while True:
        text = out.input("[bold]> [/bold]").strip()
        if text:
            http.post("/chat/messages", json={"id": str(uuid.uuid4()), "text": text}).raise_for_status()
            seen = _listen(http, out, seen)


def _listen(http: httpx.Client, out: Console, seen: int) -> int:
    """Print what comes until nothing more is on its way. Returns the last id shown."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        heard = http.get("/chat/messages", params={"after": seen}).json()
        for message in heard["messages"]:
            seen = max(seen, message["id"])
            if message["from"] == "rumbo":
                show(message, out)
        if not heard["working"]:
            break
        time.sleep(0.2)
    return seen


def show(message: dict[str, Any], out: Console) -> None:
    out.print(message["text"], markup=False, highlight=False)
    for number, choice in enumerate(message["choices"], 1):
        out.print(f"  {number}  {choice['title']}", style="cyan", markup=False)
    out.print()
