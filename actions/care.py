"""What the classifier takes for a cry for help although the safety net was not sure: answered just the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import message_id, person, say
from bot.care import incidents
from bot.care.safety import Finding
from bot.messages.reading import REPORTS, spoken
from bot.runtime import runtime


class Care(Action):
    def name(self) -> str:
        return "action_care"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        """Where the net was in doubt and the classifier agrees, there is no doubt left."""
        intent = (tracker.latest_message.get("intent") or {}).get("name") or ""
        finding = Finding(REPORTS[f"/{intent}"], "high", f"intent:{intent}", doubtful=True)
        with person(tracker.sender_id) as someone:
            first = incidents.open_for(someone.session, tracker.sender_id, message_id(tracker), finding, someone.at)
            say(dispatcher, spoken(replace(finding, doubtful=first), someone.learner.state, runtime().care))
        return []
