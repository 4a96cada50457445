"""What every action needs: the learner in one transaction, the message it answers, and how to say something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.content.library import Bubble
from bot.db import now
from bot.guidance.facts import Person
from bot.people.tables import Learner
from bot.runtime import runtime

NOTE = "rumbo"
"""The key under which our own replies travel through Rasa, whole: it would cut a text at every empty line."""


@contextmanager
def person(learner_id: str) -> Iterator[Person]:
    """The learner Rasa is talking with; what is changed inside is committed at the end."""
    house = runtime()
    with house.db.write() as session:
        learner = session.get_one(Learner, learner_id)
        yield Person(session, house.sealer, house.library.current(), learner, house.settings.public_url, now())


def message_id(tracker: Tracker) -> int:
    """Our number of the message this turn answers; everything an action writes is keyed by it."""
    return int((tracker.latest_message.get("metadata") or {})["message_id"])


def values(tracker: Tracker) -> dict[str, Any]:
    """What the payload of a choice carries; nothing of what was typed."""
    return _carried(tracker) if _is_payload(tracker) else {}


def entities(tracker: Tracker) -> dict[str, str]:
    """What was found in free words, {kind: value}; of two of a kind the first. Nothing of a payload."""
    return {} if _is_payload(tracker) else _carried(tracker)


def place(tracker: Tracker) -> str | None:
    """The state the message speaks of, by its name or by a municipality of it."""
    named = entities(tracker)
    return named.get("state") or named.get("municipality")


def _is_payload(tracker: Tracker) -> bool:
    return (tracker.latest_message.get("text") or "").startswith("/")


def _carried(tracker: Tracker) -> dict[str, Any]:
    found = tracker.latest_message.get("entities") or []
    return {entity["entity"]: entity["value"] for entity in reversed(found)}


def note(bubbles: Iterable[Bubble], version: str) -> dict[str, Any]:
    """Replies as they travel; `bot/messages/rasa.py` reads them."""
    said = [
        {"text": b.text, "buttons": list(b.buttons), "content": b.content_id, "media": b.media, "hears": list(b.hears)}
        for b in bubbles
    ]
    return {NOTE: {"bubbles": said, "version": version}}


def say(dispatcher: CollectingDispatcher, bubbles: Iterable[Bubble]) -> None:
    dispatcher.utter_message(json_message=note(bubbles, runtime().library.current().version))
