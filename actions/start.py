"""Hello, the menu, and coming back."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import person, say
from bot.content.library import Bubble
from bot.guidance import journey, review
from bot.guidance.facts import Person


def unfinished(someone: Person) -> str | None:
    """The title of the block she can go on with: one she left, or the next on her way."""
    run = journey.open_run(someone.session, someone.learner.id)
    upcoming = journey.upcoming(someone.session, someone.content, someone.learner.id)
    block = run.interview if run else next(iter(upcoming), None)
    return someone.content.interviews[block].title if block in someone.content.interviews else None


class Greet(Action):
    """Welcomes her back and offers to go on. Who is new never gets here: the gate leads her to the first block."""

    def name(self) -> str:
        return "action_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        with person(tracker.sender_id) as someone:
            title = unfinished(someone)
            say(dispatcher, someone.say("greet_resume", title=title) if title else someone.say("greet_back"))
        return []


class Menu(Action):
    def name(self) -> str:
        return "action_menu"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        with person(tracker.sender_id) as someone:
            menu = someone.say("menu")[-1]
            go_on = ((someone.content.words("button_resume"), "/resume"),) if unfinished(someone) else ()
            say(dispatcher, [Bubble(menu.text, (*go_on, *menu.buttons)[:10], menu.content_id)])
        return []


class MyPlan(Action):
    def name(self) -> str:
        return "action_my_plan"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        with person(tracker.sender_id) as someone:
            say(dispatcher, review.plan(someone))
        return []


class NothingOpen(Action):
    """Pause, skip and the like, outside any block."""

    def name(self) -> str:
        return "action_nothing_open"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        with person(tracker.sender_id) as someone:
            say(dispatcher, someone.say("nothing_open"))
        return []
