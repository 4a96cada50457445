"""One learner and the interviewer, without Rasa: what she types or taps, and what is said."""

from __future__ import annotations

import json
from datetime import datetime

from bot.content.library import Bubble
from bot.db import now
from bot.guidance import conversation, course
from bot.guidance.conversation import Conversation, Outcome, Said
from bot.guidance.course import Course
from bot.guidance.facts import Person
from bot.guidance.pages.registry import show
from bot.messages import choices, replies
from bot.messages.tables import Direction, Message, Status
from bot.people import tracking
from bot.people.tables import Learner
from bot.runtime import Runtime

__all__ = ["Desk", "conversation", "course"]


class Desk:
    """Talks with the interviewer as Rasa's form would, one committed transaction a message."""

    def __init__(self, house: Runtime, channel: str = "web", at: datetime | None = None) -> None:
        self.house, self.channel, self.at = house, channel, at or now()
        with house.db.write() as session:
            address = tracking.meet(session, house.sealer, channel, "someone", None, "es-MX", self.at)
            self.learner, self.address = address.learner_id, address.id
        self.said: list[Bubble] = []
        self.count = 0

    def person(self, session) -> Person:
        learner = session.get_one(Learner, self.learner)
        content = self.house.library.current()
        return Person(session, self.house.sealer, content, learner, "https://rumbo.example.org", self.at)

    def hears(self, said: Said) -> str:
        with self.house.db.write() as session:
            number = self._inbound(session, said.text)
            outcome = Conversation(Course(self.person(session), number)).hear(said)
            self._outbound(session, number, outcome)
        self.count += 1
        self.said = outcome.replies
        return "\n".join(b.text for b in outcome.replies)

    def _inbound(self, session, text: str) -> int:
        message = Message(
            learner_id=self.learner,
            address_id=self.address,
            channel=self.channel,
            direction=Direction.IN,
            status=Status.DONE,
            created_at=self.at,
            not_before=self.at,
            sealed=self.house.sealer.seal(text),
        )
        session.add(message)
        session.flush()
        return message.id

    def _outbound(self, session, number: int, outcome: Outcome) -> None:
        message = session.get_one(Message, number)
        replies.queue_replies(session, self.house.sealer, message, outcome.replies, 1500, "v", self.at)

    def starts(self, block: str, **more: str) -> str:
        return self.hears(Said("/start", "start_interview", 1.0, {"interview": block, **more}, True, True))

    def opens(self, text: str, intent: str) -> str:
        """Words that a rule of Rasa answers by starting the form with them."""
        return self.hears(Said(text, intent, 0.95, {}, False, True))

    def types(self, text: str, intent: str = "nlu_fallback", sure: float = 0.3) -> str:
        with self.house.db.write() as session:
            picked = choices.typed(session, self.learner, text)
        return self._pays(picked.payload) if picked else self.hears(Said(text, intent, sure))

    def taps(self, title: str) -> str:
        payload = next((p for t, p in self.offered if t == title), None)
        assert payload, f"{title!r} was not offered, but {[t for t, _ in self.offered]}"
        return self._pays(payload)

    def _pays(self, payload: str) -> str:
        intent, brace, rest = payload.lstrip("/").partition("{")
        values = json.loads(brace + rest) if brace else {}
        return self.hears(Said(payload, intent, 1.0, values, True, intent == "start_interview"))

    @property
    def offered(self) -> list[tuple[str, str]]:
        return [button for bubble in self.said for button in bubble.buttons]


def page(desk: Desk, name: str, value: str = "", tap: bool = True) -> str:
    """What a page says: the one behind a button that was offered, or (`tap` off) the one of that name."""
    if tap:
        asked = json.loads(next(p for t, p in desk.offered if t == name).removeprefix("/see"))
        name, value = asked["page"], asked.get("v", "")
    desk.count += 1
    with desk.house.db.write() as session:
        desk.said = show(desk.person(session), name, value, 1_000_000 + desk.count)
    return "\n".join(bubble.text for bubble in desk.said)
