"""What is hers to decide: messages or none, a person, seeing and erasing what is kept, a second channel."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, Restarted
from rasa_sdk.executor import CollectingDispatcher

from actions.common import message_id, person, say, values
from bot.care import incidents
from bot.care.tables import IncidentKind
from bot.guidance.held import held_data
from bot.guidance.pages import calling
from bot.messages import linking
from bot.people import tracking
from bot.people.privacy import receipt_for
from bot.runtime import runtime


class OptOut(Action):
    """No more messages. Said once; whoever writes again is told how to return."""

    def name(self) -> str:
        return "action_opt_out"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        with person(tracker.sender_id) as someone:
            tracking.opt_out(someone.session, someone.learner, "chat", someone.at)
            say(dispatcher, someone.say("already_out" if values(tracker).get("again") else "opted_out"))
        return []


class OptIn(Action):
    def name(self) -> str:
        return "action_opt_in"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        with person(tracker.sender_id) as someone:
            tracking.opt_in(someone.session, someone.learner, "chat", someone.at)
            say(dispatcher, someone.say("opted_in"))
        return []


class CallPerson(Action):
    """Tells the team that she wants a person."""

    def name(self) -> str:
        return "action_talk_to_human"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        with person(tracker.sender_id) as someone:
            which = message_id(tracker)
            incidents.open_incident(someone.session, tracker.sender_id, which, IncidentKind.PERSON, someone.at)
            say(dispatcher, calling.announced(someone))
        return []


class ShowData(Action):
    def name(self) -> str:
        return "action_ask_my_data"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        with person(tracker.sender_id) as someone:
            data = held_data(someone)
            say(dispatcher, someone.say("my_data", data=data) if data else someone.say("nothing_kept"))
        return []


class DeleteData(Action):
    """Asks once whether she is sure; then everything goes, as soon as the good-bye has left."""

    def name(self) -> str:
        return "action_delete_my_data"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        with person(tracker.sender_id) as someone:
            if not values(tracker).get("sure"):
                say(dispatcher, someone.say("delete_sure"))
                return []
            someone.learner.erase_at = someone.at
            say(dispatcher, someone.say("deleting", receipt=receipt_for(tracker.sender_id)))
        return [Restarted()]


class LinkChannel(Action):
    """Gives a code, or takes one written on another channel."""

    def name(self) -> str:
        return "action_link_channel"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        written = values(tracker).get("code")
        if written is None:
            with person(tracker.sender_id) as someone:
                code = linking.make_code(someone.session, someone.sealer, tracker.sender_id, someone.at)
                say(dispatcher, someone.say("link_code", code=code))
            return []
        with person(tracker.sender_id) as someone:
            joined = linking.redeem(someone.session, someone.sealer, str(written), tracker.sender_id, someone.at)
            if joined is None:
                say(dispatcher, someone.say("link_wrong"))
                return []
        if joined != tracker.sender_id:
            runtime().rasa.forget(tracker.sender_id)  # who she was before; the engine does not write it again
        with person(joined) as someone:
            say(dispatcher, someone.say("linked"))
        return []
