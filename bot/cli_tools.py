"""What the verbs of `rumbo` share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import typer
from rich.console import Console

from bot import logs
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


def serve(target: str, host: str, port: int, **more: Any) -> None:
    import uvicorn

    logs.to_stderr()  # and uvicorn's lines by the same way; whom to believe about addresses is one setting, RUMBO_PROXY
    more |= {"factory": True, "proxy_headers": False, "log_level": "warning", "access_log": False, "log_config": None}
    uvicorn.run(target, host=host, port=port, **more)
