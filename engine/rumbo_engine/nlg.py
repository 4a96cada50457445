"""Wording, asked of the inner app with the little it needs (0.5 KB instead of the whole conversation)."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

DEFAULT_TIMEOUT = 5.0  # seconds


class WordingFailed(RasaException):
    """The inner app gave no wording. Rasa then answers [], which the worker reads as a failure."""


class LeanNLG(NaturalLanguageGenerator):
    """endpoints.yml: `nlg: {type: rumbo_engine.nlg.LeanNLG, url: ..., timeout: 5}`; one connection is kept open."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        self._url = endpoint_config.url
        self._timeout = float(endpoint_config.kwargs.get("timeout", DEFAULT_TIMEOUT))
        self._session: aiohttp.ClientSession | None = None

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The message to send for `utter_action`, as `/nlg` gives it; `WordingFailed` for any other answer."""
        kwargs.pop("domain_responses", None)
        body = request_body(utter_action, tracker, output_channel, kwargs)
        try:
            async with self._connection().post(self._url, json=body) as reply:
                return await _read(reply, utter_action)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            raise WordingFailed(f"No wording for {utter_action}: {type(error).__name__}.") from error

    def _connection(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=self._timeout)
            connector = aiohttp.TCPConnector(keepalive_timeout=60)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=connector)
        return self._session


def request_body(
    response: str, tracker: DialogueStateTracker, channel: str, arguments: dict[str, Any]
) -> dict[str, Any]:
    """What `/nlg` is told: which response, with what, for whom, in answer to what."""
    message = tracker.latest_message
    latest = {
        "text": message.text if message else None,
        "intent": message.intent if message else {},
        "metadata": (message.metadata if message else None) or {},
    }
    return {
        "response": response,
        "arguments": arguments,
        "tracker": {
            "sender_id": tracker.sender_id,
            "slots": tracker.current_slot_values(),
            "latest_message": latest,
        },
        "channel": {"name": channel},
    }


async def _read(reply: aiohttp.ClientResponse, response: str) -> dict[str, Any] | None:
    if reply.status != 200:
        raise WordingFailed(f"No wording for {response}: the inner app answered {reply.status}.")
    wording = await reply.json()
    if wording is not None and not isinstance(wording, dict):
        raise WordingFailed(f"No wording for {response}: expected an object, got {type(wording).__name__}.")
    return wording
