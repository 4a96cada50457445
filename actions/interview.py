"""Rasa's side of interviews: one form that is never filled, and a fallback that never loses an answer."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import message_id, person, say, values
from bot.content.library import Bubble
from bot.guidance import journey
from bot.guidance.conversation import Said, Verdict
from bot.guidance.facts import Person
from bot.guidance.pages.lesson import in_own_words
from bot.guidance.tables import RunStatus
from bot.messages.reading import REPORTS
from bot.people import tracking
from bot.runtime import runtime

FORM = "interview"


def since_message(tracker: Tracker) -> list[dict[str, Any]]:
    """Events after the learner's last message, the latest first."""
    events: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event["event"] == "user":
            break
        events.append(event)
    return events


def said(tracker: Tracker, opening: bool) -> Said:
    message = tracker.latest_message
    intent = message.get("intent") or {}
    return Said(
        text=message.get("text") or "",
        intent=intent.get("name") or "",
        confidence=intent.get("confidence") or 0.0,
        values=values(tracker),
        tapped=bool((message.get("metadata") or {}).get("choice")),
        opening=opening,
    )


def opened_by_rule(events: list[dict[str, Any]]) -> bool:
    """Whether a rule started the form with this very message; the fallback does not count, it only guesses."""
    started = any(e["event"] == "active_loop" and e["name"] == FORM for e in events)
    return started and not any(e["event"] == "action" and e["name"] == "action_default_fallback" for e in events)


class ValidateInterview(Action):
    """Hands every message of a running interview to the interviewer, and tells Rasa what came of it."""

    def name(self) -> str:
        return "validate_interview"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        new, interviewer = since_message(tracker), runtime().interviewer
        served = any(e["event"] == "action_execution_rejected" for e in new)
        if served:  # another topic was
            outcome = interviewer.again(tracker.sender_id, message_id(tracker))
        else:
            outcome = interviewer.hear(tracker.sender_id, message_id(tracker), said(tracker, opened_by_rule(new)))
        if outcome.verdict is Verdict.DONE:
            forget_if_refused(tracker.sender_id)
        if not (served and f"/{said(tracker, False).intent}" in REPORTS):  # after care, silence: the question can wait
            say(dispatcher, outcome.replies)
        return EVENTS[outcome.verdict]()


def forget_if_refused(learner_id: str) -> None:
    """Who does not consent is not remembered by the engine either."""
    with person(learner_id) as someone:
        agreed = tracking.has_consented(someone.session, learner_id)
    if not agreed:
        runtime().rasa.forget(learner_id)


EVENTS = {
    Verdict.ASK: lambda: [SlotSet("answer", None), SlotSet("requested_slot", "answer")],
    Verdict.DONE: lambda: [SlotSet("answer", None), SlotSet("requested_slot", None)],
    Verdict.PASS: lambda: [ActionExecutionRejected(FORM)],
    Verdict.LEAVE: lambda: [SlotSet("requested_slot", None), ActiveLoop(None), ActionExecutionRejected(FORM)],
}


LIKELIEST = 3


def maybe(someone: Person, tracker: Tracker) -> list[Bubble]:
    """The likeliest readings as choices, and "something else"; where none has a name, the plain admission."""
    names, content = someone.content.intents, someone.content
    ranked = [guess["name"] for guess in tracker.latest_message.get("intent_ranking") or []]
    offered = [(names[name], f"/{name}") for name in ranked if name in names][:LIKELIEST]
    if not offered:
        return someone.say("not_understood")
    other = (content.words("did_you_mean_other"), "/menu")
    return [Bubble(content.words("did_you_mean"), (*offered, other), "did_you_mean")]


class Fallback(Action):
    """Nothing was understood. If an interview is open that Rasa has lost (restart, erasure), it was an answer."""

    def name(self) -> str:
        return "action_default_fallback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        tapped = (tracker.latest_message.get("intent") or {}).get("name") == "answer"
        with person(tracker.sender_id) as someone:
            run = journey.open_run(someone.session, tracker.sender_id)
            if run and (tapped or run.status is RunStatus.ACTIVE) and not tracker.active_loop.get("name"):
                return [FollowupAction(FORM)]
            if tapped:
                say(dispatcher, someone.say("nothing_open"))
                return []
            if meant := in_own_words(someone):
                say(dispatcher, meant)
                return []
            say(dispatcher, someone.say("not_understood_again") if someone.learner.unsure else maybe(someone, tracker))
        return []
