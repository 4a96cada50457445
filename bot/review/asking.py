"""Asks the running engine what it makes of a sentence, and which model it runs."""

from __future__ import annotations

import httpx

from bot.config import RumboError

NAME = 12
"""Characters of a model's id that are kept."""


class EngineAway(RumboError):
    """The engine does not answer."""


class Model:
    """The model of one engine; close it after use."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=10)

    def __enter__(self) -> Model:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def name(self) -> str:
        """Raises `EngineAway`."""
        return str(self._json("GET", "/status").get("model_id") or "?")[:NAME]

    def intent(self, text: str) -> str | None:
        """What a sentence is taken for. Raises `EngineAway`."""
        found = self._json("POST", "/model/parse", {"text": text}).get("intent")
        return str(found["name"]) if isinstance(found, dict) and found.get("name") else None

    def _json(self, method: str, path: str, body: dict[str, str] | None = None) -> dict[str, object]:
        try:
            answer = self.http.request(method, path, json=body)
            answer.raise_for_status()
            read: dict[str, object] = answer.json()
        except (httpx.HTTPError, ValueError) as trouble:
            raise EngineAway(type(trouble).__name__) from None
        return read
