"""Rasa's own REST channel, which adds to the replies what happened in the turn (`turns.py`)."""

from __future__ import annotations

from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint

from rumbo_engine import turns


class TellingRest(RestInput):
    """credentials.yml: `rumbo_engine.channel.TellingRest:`; the address stays Rasa's, `/webhooks/rest/webhook`."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        async def and_why(message: UserMessage) -> None:
            """What the store saved at the end is still in the context of this message."""
            await on_new_message(message)
            said = message.output_channel.messages
            if said:  # no reply at all means that something failed, and stays so
                fired = turns.fired(turns.SAVED.get())
                said.append({"recipient_id": message.sender_id, "custom": {"rumbo": {"fired": fired}}})

        return super().blueprint(and_why)
