"""What is known about a message before Rasa is asked: steps 3 to 5 of its way through the house."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.care import incidents, safety
from bot.care.answers import Care, answer
from bot.content.library import Bubble, Content
from bot.messages import choices
from bot.messages.linking import find_code
from bot.messages.tables import Message
from bot.people import groups, tracking, whereabouts
from bot.people.tables import Learner
from channels.base import Kind

Gate = Callable[[Session, Learner, str], str | None]
"""Where a message goes instead of to its topic, as a payload: to the welcome, say. None when it may pass."""
Asking = Callable[[Session, str], bool]
"""Whether a question of ours waits for a learner's answer."""

ODD = {
    Kind.VOICE: "got_voice",
    Kind.MEDIA: "got_media",
    Kind.STICKER: "got_sticker",
    Kind.LOCATION: "got_location",
    Kind.CONTACT: "got_contact",
    Kind.EDITED: "got_edited",
    Kind.OTHER: "got_other",
}


@dataclass(frozen=True)
class Answered:
    """Rasa is not needed: this is the answer, which may be silence."""

    bubbles: list[Bubble] = field(default_factory=list)
    understanding: dict[str, str] = field(default_factory=dict)
    finding: safety.Finding | None = None


@dataclass(frozen=True)
class Question:
    """To be asked of Rasa. `exact`: a payload of ours; `doubt`: what it may be besides, to be asked gently first."""

    said: str
    exact: bool
    doubt: safety.Finding | None = None


@dataclass(frozen=True)
class Reader:
    """Reads one message with what is known of its learner. No model, no network."""

    content: Content
    care: Care
    gate: Gate
    asking: Asking

    def read(
        self, session: Session, message: Message, learner: Learner, text: str, now: datetime
    ) -> Answered | Question:
        tapped = message.picked and choices.tapped(session, message.learner_id, message.picked)
        finding = None if tapped else safety.assess(text)  # what was tapped are our own words
        if finding and not finding.doubtful:
            return self._care(finding, learner)
        if learner.held_at:
            return Answered(understanding={"intent": "held"})
        if choices.tapped_twice(session, message, now):
            return Answered(understanding={"intent": "double_tap"})
        if text.strip().casefold() == "salir" and incidents.is_recent(session, learner.id, now):
            return Answered([Bubble(self.care.closed, content_id="care/closed")], {"intent": "care_closed"})
        if message.kind == Kind.LOCATION and (there := whereabouts.read(text)):
            return Answered(self._ask_where(there), {"intent": "got_location"})
        if odd := ODD.get(Kind(message.kind)):
            return Answered(self.content.say(odd), {"intent": odd})
        asked = self._question(session, message, learner, text, now)
        if asked.exact and (risk := asks_for_help(asked.said)):
            return self._care(safety.Finding(risk, "high", f"{risk}: asked for help"), learner)
        return replace(asked, doubt=finding)

    def _ask_where(self, there: whereabouts.Near) -> list[Bubble]:
        """The nearest place is asked before it is used."""
        state = self.content.states.get(there.state)
        if state is None:
            return self.content.say("got_location")
        place = there.name if there.name == state.name else f"{there.name}, {state.name}"
        yes = f"/see{json.dumps({'page': 'here', 'v': str(there)})}"
        words = self.content.words
        taps = ((words("button_here_yes"), yes), (words("button_here_no"), '/see{"page": "here_not"}'))
        return [Bubble(words("here_ask", place=place), taps, "here_ask")]

    def _care(self, finding: safety.Finding, learner: Learner) -> Answered:
        known = {"intent": f"safety:{finding.risk}", "pattern": finding.pattern}
        return Answered(spoken(finding, learner.state, self.care), known, finding)

    def _question(self, session: Session, message: Message, learner: Learner, text: str, now: datetime) -> Question:
        payload = resolve(session, message, text) or self._at_leisure(session, learner, text)
        if payload == "/opt_out":  # holds from this moment on, also while Rasa is away
            tracking.opt_out(session, learner, "word", now)
        if payload is None and (code := groups.brought(text)):
            learner.group_code, text = code, groups.HELLO  # the one thing kept before consent
        elsewhere = self.gate(session, learner, payload or "")
        if elsewhere:
            return Question(elsewhere, exact=True)
        return Question(payload or text, exact=payload is not None)

    def _at_leisure(self, session: Session, learner: Learner, text: str) -> str | None:
        """Words that lead somewhere only while nothing is asked."""
        payload = choices.AT_LEISURE.get(choices.plain(text))
        return payload if payload and not self.asking(session, learner.id) else None


def spoken(finding: safety.Finding, state: str | None, care: Care) -> list[Bubble]:
    """The care for a finding; in doubt one question, with a button for who wants help."""
    said = answer(finding, state, care)
    if not finding.doubtful:
        return [Bubble(text, content_id=f"care/{finding.risk}") for text in said]
    return [Bubble(said[0], ((care.want_help, HELP_ME + finding.risk),), f"care/{finding.risk}_doubt")]


HELP_ME = "/help_me_with_"
"""The payload of the button under a gentle question; the class follows. It never reaches the engine."""
REPORTS = {
    "/report_self_harm": safety.Risk.SELF_HARM,
    "/report_violence": safety.Risk.VIOLENCE,
    "/report_emergency": safety.Risk.MEDICAL,
}
"""What is chosen where Rumbo asked "did you mean"."""


def asks_for_help(payload: str) -> safety.Risk | None:
    """The class behind a choice that asks for care."""
    return safety.Risk(payload.removeprefix(HELP_ME)) if payload.startswith(HELP_ME) else REPORTS.get(payload)


def resolve(session: Session, message: Message, text: str) -> str | None:
    """The payload this message stands for, when there is no doubt about it."""
    if message.picked and (picked := choices.tapped(session, message.learner_id, message.picked)):
        return picked.payload
    if picked := choices.typed(session, message.learner_id, text):
        message.picked = picked.ref
        return picked.payload
    if code := find_code(text):
        return f'/link_channel{{"code": "{code}"}}'
    return choices.ALWAYS.get(choices.plain(text))
