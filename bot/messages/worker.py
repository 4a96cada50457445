"""Takes what arrived, finds the answer, queues it. A worker may be killed at any line: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.care import incidents
from bot.care.answers import Care
from bot.care.tables import IncidentKind
from bot.content.library import Bubble, Library
from bot.db import Database, now
from bot.messages import outbox, queue
from bot.messages.rasa import EngineDown, Heard, NoAnswer, Rasa
from bot.messages.reading import Answered, Gate, Question, Reader
from bot.messages.tables import Direction, Message, Status, Turn
from bot.people.masking import mask
from bot.people.privacy import Sealer
from bot.people.tables import Learner

log = logging.getLogger(__name__)

STRIKES = 3
"""How often a message may fail by itself, with everything up, before a person is told."""
PATIENCE = timedelta(hours=24)
"""How long a message waits for an engine that is away."""
PAUSES = (1, 2, 3, 4, 5)
"""Seconds until the next try; the last one goes on."""


@dataclass(frozen=True)
class Job:
    """A claimed message, out of its session."""

    message: Message
    text: str
    asked: Answered | Question
    known: Heard | None
    """The outcome of an earlier attempt that got as far as being recorded."""


@dataclass
class Worker:
    """Answers inbound messages, several learners at a time and each in order."""

    db: Database
    sealer: Sealer
    library: Library
    care: Care
    rasa: Rasa
    gate: Gate
    limit_of: Callable[[str], int]
    """Characters a bubble may have on a channel."""
    lease: timedelta
    slow: timedelta

    async def work_one(self) -> bool:
        """Answer the next message. False when there is none."""
        job = self.take()
        if job is None:
            return False
        try:
            await self.work(job)
        except Exception:
            log.exception("message %s could not be answered", job.message.id)
            self._put_back(job, "A fault of ours: see the log.", strike=True)
        return True

    def take(self) -> Job | None:
        """Steps 2 to 5: claim the next message and read it. Committed before any network call."""
        with self.db.write() as session:
            message = queue.claim(session, Direction.IN, now(), self.lease)
            if message is None:
                return None
            text = self.sealer.unseal(message.sealed)
            learner = session.get_one(Learner, message.learner_id)
            reader = Reader(self.library.current(), self.care, self.gate)
            return Job(
                message, text, reader.read(session, message, learner, text, now()), self._known(session, message)
            )

    def _known(self, session: Session, message: Message) -> Heard | None:
        turn = session.get(Turn, message.id)
        return outbox.remembered(self.sealer, turn) if turn and turn.verdict in ("ask", "done") else None

    async def work(self, job: Job) -> None:
        """Steps 6 and 8: ask Rasa unless the answer is known, and close the message together with its replies."""
        if isinstance(job.asked, Answered):
            return self._close(job, Heard(job.asked.bubbles, job.asked.understanding))
        try:
            self._close(job, job.known or await self._ask(job, job.asked))
        except EngineDown as trouble:
            self._put_back(job, f"The engine is away ({trouble}).", strike=False)
        except NoAnswer:
            self._put_back(job, "The engine had no answer.", strike=await self.rasa.is_inner_up())

    async def _ask(self, job: Job, question: Question) -> Heard:
        """Ask, and tell the learner once when it takes long."""
        message = job.message
        asking = asyncio.ensure_future(
            self.rasa.ask(message.learner_id, message.id, question.said, message.channel, question.exact)
        )
        left = (message.created_at + self.slow - now()).total_seconds()
        done, _ = await asyncio.wait({asking}, timeout=max(left, 0.05))
        if not done:
            self._say_wait(job)
        return await asking

    def _say_wait(self, job: Job) -> None:
        with self.db.write() as session:
            outbox.queue_notice(session, self.sealer, job.message, self._bubbles("waiting"), now())

    def _bubbles(self, content_id: str) -> list[Bubble]:
        return self.library.current().say(content_id)

    def _close(self, job: Job, heard: Heard) -> None:
        """The message is done and its replies are queued, in one transaction."""
        masked = mask(job.text).text
        with self.db.write() as session:
            message = session.get_one(Message, job.message.id)
            if message.status is not Status.DOING or message.attempts != job.message.attempts:
                return  # the lease ran out and another worker has it
            message.status, message.masked, message.reason = Status.DONE, masked, None
            message.understanding = heard.understanding or dict[str, Any]()
            learner = session.get_one(Learner, message.learner_id)
            learner.unsure = learner.unsure + 1 if message.understanding.get("intent") == "nlu_fallback" else 0
            if isinstance(job.asked, Answered) and job.asked.finding:
                incidents.open_for(session, message.learner_id, message.id, job.asked.finding, now())
            version = heard.content_version or self.library.current().version
            outbox.queue_replies(
                session, self.sealer, message, heard.bubbles, self.limit_of(message.channel), version, now()
            )
            queue.let_go(session, message)

    def _put_back(self, job: Job, reason: str, strike: bool) -> None:
        """It waits and is tried again, or is given up and shown to staff."""
        moment = now()
        with self.db.write() as session:
            message = session.get_one(Message, job.message.id)
            if message.status is not Status.DOING or message.attempts != job.message.attempts:
                return
            message.reason = reason
            message.strikes += strike
            if message.strikes >= STRIKES or moment - message.created_at > PATIENCE:
                return self._give_up(session, message, job.text, moment)
            if moment - message.created_at >= self.slow:
                outbox.queue_notice(session, self.sealer, message, self._bubbles("waiting"), moment)
            message.status = Status.TODO
            pause = PAUSES[min(message.attempts, len(PAUSES)) - 1]
            queue.let_go(session, message, moment + timedelta(seconds=pause))

    def _give_up(self, session: Session, message: Message, text: str, moment: datetime) -> None:
        message.status, message.masked = Status.FAILED, mask(text).text
        incidents.open_incident(session, message.learner_id, message.id, IncidentKind.UNANSWERED, moment)
        content = self.library.current()
        limit = self.limit_of(message.channel)
        outbox.queue_replies(session, self.sealer, message, content.say("failed"), limit, content.version, moment)
        queue.let_go(session, message)
        log.error("message %s was given up: %s", message.id, message.reason)
