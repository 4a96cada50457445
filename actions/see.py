"""Pages: what is computed for her and looked at, by a tap or by asking for it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import entities, message_id, person, say, values
from bot.guidance.pages.registry import asked, show


class See(Action):
    def name(self) -> str:
        return "action_see"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        tapped, intent = values(tracker), (tracker.latest_message.get("intent") or {}).get("name") or ""
        page, value = asked(intent, entities(tracker))
        if tapped.get("page"):
            page, value = str(tapped["page"]), str(tapped.get("v") or "")
        with person(tracker.sender_id) as someone:
            say(dispatcher, show(someone, page, value, message_id(tracker)))
        return []
