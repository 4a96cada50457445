"""JSON lines in, JSON lines out: how `rumbo understand`, `safety` and `mask` read and write."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.config import RumboError


class LineError(RumboError):
    """A line that cannot be read."""


def each(file: Path | None, work: Callable[[str], dict[str, Any]]) -> None:
    """Answer every `{"text"}` of a file (or of standard input) in order. Raises `LineError` naming the line."""
    with file.open(encoding="utf-8") if file else sys.stdin as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                print(json.dumps(_answer(line, number, work), ensure_ascii=False))  # noqa: T201 -- the output


def understood(heard: dict[str, Any]) -> dict[str, Any]:
    """What the engine's `/model/parse` said, without what only the engine needs."""
    named = [{key: e[key] for key in ("entity", "value", "start", "end")} for e in heard["entities"]]
    return {"intent": heard["intent"]["name"], "confidence": heard["intent"]["confidence"], "entities": named}


def _answer(line: str, number: int, work: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    try:
        text = str(json.loads(line)["text"])
    except (ValueError, KeyError, TypeError):
        raise LineError(f'Line {number} is not JSON with a "text".') from None
    return {"text": text} | work(text)
