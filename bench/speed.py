"""What the benches of speed write: the machine they ran on, and tables."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import sys
import time
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
RESULTS = Path(__file__).parent / "results"


def run(work: Coroutine[Any, Any, T]) -> T:
    """To its end, or until SIGTERM: then too every process that was started is stopped."""

    async def kept() -> T:
        task = asyncio.ensure_future(work)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    try:
        return asyncio.run(kept())
    except asyncio.CancelledError:
        sys.exit("Stopped before the end.")


def head(title: str) -> str:
    """The title, and what the figures depend on: date, cores and their name, Python."""
    return f"# {title}\n\n{time.strftime('%Y-%m-%d')}. {machine()}.\n\n"


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores ({name}), Linux, Python {platform.python_version()}"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Markdown, the first column to the left and figures to the right."""
    line = ["---", *["--:"] * (len(columns) - 1)]
    return [f"| {' | '.join(row)} |" for row in (columns, line, *rows)]


def write(name: str, text: str, keep: bool) -> None:
    """Show it, and keep it among the results unless it was only a quick look."""
    print(f"\n{text}\n")
    if keep:
        (RESULTS / name).write_text(f"{text}\n", encoding="utf-8")
