"""What she did, read back and changed: "mis respuestas" and "mi proyecto"."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import person, say, values
from bot.guidance import printing, review


class MyAnswers(Action):
    def name(self) -> str:
        return "action_my_answers"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        asked = values(tracker)
        start = str(asked.get("v") or "0")
        with person(tracker.sender_id) as someone:
            say(dispatcher, review.answers(someone, asked.get("interview"), int(start) if start.isdecimal() else 0))
        return []


class MyProject(Action):
    def name(self) -> str:
        return "action_my_project"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        with person(tracker.sender_id) as someone:
            say(dispatcher, review.parts(someone))
        return []


class MyPaper(Action):
    """Her card, her page or her calendar."""

    def name(self) -> str:
        return "action_my_paper"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        with person(tracker.sender_id) as someone:
            say(dispatcher, printing.offer(someone, str(values(tracker).get("v") or "card")))
        return []
