"""A need said in the middle of anything: real services at once, no questions first."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import message_id, person, place, say
from bot.guidance.pages.registry import show

NEED_OF = {
    "need_childcare": "childcare",
    "need_psychology": "mental_health",
    "need_legal": "legal",
    "need_health": "health",
    "need_housing": "housing",
    "need_documents": "id_documents",
    "search_jobs": "employment",
    "ask_training": "education",
    "ask_scholarship": "scholarship",
    "ask_labor_rights": "legal",
    "fund_business": "business",
    "formalize_business": "business",
    "help_debt": "money",
    "open_account": "money",
}
"""Which need an intent speaks of."""


class Service(Action):
    def name(self) -> str:
        return "action_service"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        intent = (tracker.latest_message.get("intent") or {}).get("name") or ""
        with person(tracker.sender_id) as someone:
            where = f":{state}" if (state := place(tracker)) else ""  # the place she asks about, else where she lives
            say(dispatcher, show(someone, "services", NEED_OF[intent] + where, message_id(tracker)))
        return []
