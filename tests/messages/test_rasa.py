"""What an engine's reply is taken for: an answer, a failure of its own, or an engine that is not there."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.messages.rasa import EngineDown, Heard, NoAnswer, Rasa

BUBBLE = {"text": "Hola", "buttons": [["Sí", "/yes"]], "content": "hello", "media": None, "hears": []}
SAID = {"custom": {"rumbo": {"bubbles": [BUBBLE], "version": "v1"}}}
UNDERSTOOD = {"custom": {"rumbo": {"understood": {"intent": "greet", "confidence": 0.9}}}}
FIRED = {"custom": {"rumbo": {"fired": [{"action": "action_greet", "rules": ["hello"]}]}}}


async def ask(reply: Any, status: int = 200) -> Heard:
    rasa = Rasa(("http://engine",), ("http://inner",), "sqlite://")
    rasa.http = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(status, json=reply)))
    try:
        return await rasa.ask("l1", 7, "hola", "web", exact=False)
    finally:
        await rasa.close()


async def test_an_answer_comes_with_what_was_understood_and_what_fired():
    heard = await ask([SAID, UNDERSTOOD, FIRED])
    assert ([b.text for b in heard.bubbles], heard.content_version) == (["Hola"], "v1")
    assert heard.understanding == {
        "intent": "greet",
        "confidence": 0.9,
        "fired": [{"action": "action_greet", "rules": ["hello"]}],
    }


@pytest.mark.parametrize("silent", [[], [UNDERSTOOD], [UNDERSTOOD, FIRED], [{"custom": {"rumbo": {"bubbles": []}}}]])
async def test_notes_without_a_bubble_are_a_failure_and_not_an_answer(silent):
    with pytest.raises(NoAnswer):
        await ask(silent)


@pytest.mark.parametrize("rubbish", [{"text": "Hola"}, "Hola", [1], None])
async def test_what_is_no_list_of_replies_is_an_engine_that_is_away(rubbish):
    with pytest.raises(EngineDown):
        await ask(rubbish)


async def test_an_engine_that_refuses_is_away():
    with pytest.raises(EngineDown):
        await ask([SAID], 500)
