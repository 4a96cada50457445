"""What the classifier takes for a cry for help although no pattern of the safety net fired: answered just the same."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import message_id, person, say
from bot.care import incidents
from bot.care.answers import answer
from bot.care.safety import Finding, Risk
from bot.content.library import Bubble
from bot.runtime import runtime

RISKS = {
    "report_violence": Risk.VIOLENCE,
    "report_self_harm": Risk.SELF_HARM,
    "report_emergency": Risk.MEDICAL,
}


class Care(Action):
    def name(self) -> str:
        return "action_care"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        intent = (tracker.latest_message.get("intent") or {}).get("name") or ""
        finding = Finding(RISKS[intent], "high", f"intent:{intent}", doubtful=True)
        with person(tracker.sender_id) as someone:
            incidents.open_for(someone.session, tracker.sender_id, message_id(tracker), finding, someone.at)
            texts = answer(finding, someone.learner.state, runtime().care)
            say(dispatcher, [Bubble(text, content_id=f"care/{finding.risk}") for text in texts])
        return []
