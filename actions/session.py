"""How a conversation begins for the engine: with the interview that is open, if it has lost it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, ActiveLoop, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.interview import FORM
from bot.guidance import journey
from bot.guidance.tables import RunStatus
from bot.runtime import runtime


class StartSession(Action):
    """Rasa asks for it where it remembers nothing of a learner: she is new, or its memory was lost.

    Which question is open stands in the tracking database, so a lost memory costs her nothing.
    """

    def name(self) -> str:
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        with runtime().db.read() as session:
            run = journey.open_run(session, tracker.sender_id)
        asked = run is not None and run.status is RunStatus.ACTIVE
        lost = [ActiveLoop(FORM), SlotSet("requested_slot", "answer")] if asked else []
        return [SessionStarted(), *lost, ActionExecuted("action_listen")]
