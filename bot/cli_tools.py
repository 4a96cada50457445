"""What the verbs of `rumbo` share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer
from rich.console import Console

from bot import logs, memory
from bot.config import RumboError

P = ParamSpec("P")
out, err = Console(), Console(stderr=True, style="red")


def fail(sentence: str) -> None:
    """Say what is wrong and stop."""
    err.print(sentence)
    raise typer.Exit(1)


def ready() -> None:
    """What every process of ours begins with, before anything large is imported."""
    logs.to_stderr()
    memory.share_arenas()
    memory.collect_less_often()


def plainly(verb: Callable[P, None]) -> Callable[P, None]:
    """Turn the mistakes we know into one sentence."""

    @wraps(verb)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except RumboError as mistake:
            fail(str(mistake))

    return wrapped
