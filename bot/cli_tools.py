"""What the verbs of `rumbo` share."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import typer
from rich.console import Console

from bot.config import RumboError

P = ParamSpec("P")
out, err = Console(), Console(stderr=True, style="red")


def fail(sentence: str) -> None:
    """Say what is wrong and stop."""
    err.print(sentence)
    raise typer.Exit(1)


def plainly(verb: Callable[P, None]) -> Callable[P, None]:
    """Turn the mistakes we know into one sentence."""

    @wraps(verb)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except RumboError as mistake:
            fail(str(mistake))

    return wrapped


def log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "httpcore", "twilio", "alembic", "rasa_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def serve(target: str, host: str, port: int, **more: Any) -> None:
    import uvicorn

    log_to_stderr()  # whom to believe about addresses is one setting, RUMBO_PROXY
    more |= {"factory": True, "proxy_headers": False, "log_level": "warning", "access_log": False}
    uvicorn.run(target, host=host, port=port, **more)
