"""Hello, the menu, and coming back."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import person, say
from bot.content.library import Bubble
from bot.guidance import journey, lessons, review
from bot.guidance.facts import Person
from bot.guidance.pages.base import go, with_taps
from bot.guidance.pages.learning import half_way


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
            say(dispatcher, hello_again(someone))
        return []


def hello_again(someone: Person) -> list[Bubble]:
    """What she left half-way comes first: a block of questions, then a lesson."""
    title, lesson = unfinished(someone), lessons.begun(someone)
    if not title and lesson:
        said = someone.say("greet_lesson", title=lesson.title)
    else:
        said = someone.say("greet_resume", title=title) if title else someone.say("greet_back")
    resume = (someone.content.words("button_lesson_resume"), go("lesson", lesson.id)) if lesson else None
    return with_taps(said, *((resume,) if resume else ()))


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
    """Pause, skip and the like, outside any block. Who is in the middle of a lesson is told that it is kept."""

    def name(self) -> str:
        return "action_nothing_open"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        with person(tracker.sender_id) as someone:
            say(dispatcher, half_way(someone) or someone.say("nothing_open"))
        return []
