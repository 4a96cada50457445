"""`rumbo mask`, `rumbo safety`, `rumbo understand`: what Rumbo makes of sentences, JSON lines in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.config import RumboError, settings
from bot.json_lines import each, understood


def mask(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """JSON lines {"text"} in, {"text", "masked", "spans"} out."""
    from bot.people.masking import mask as hide

    def hidden(text: str) -> dict[str, Any]:
        found = hide(text)
        return {"masked": found.text, "spans": [list(span) for span in found.spans]}

    each(file, hidden)


def safety(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """JSON lines {"text"} in, {"text", "risk"} out."""
    from bot.care.safety import assess

    def risk(text: str) -> dict[str, Any]:
        found = assess(text)
        return {"risk": found.risk, "pattern": found.pattern} if found else {"risk": "none", "pattern": None}

    each(file, risk)


def understand(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """JSON lines {"text"} in, {"text", "intent", "confidence", "entities"} out. The engine must be running."""
    import httpx

    parse = f"{settings().rasa_url[0]}/model/parse"
    with httpx.Client(timeout=10) as http:
        try:
            each(file, lambda text: understood(http.post(parse, json={"text": text}).json()))
        except httpx.ConnectError:
            raise RumboError(
                f"The engine does not answer at {settings().rasa_url[0]}. Start Rumbo first: make run"
            ) from None
