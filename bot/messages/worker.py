"""Takes what arrived, finds the answer, queues it. A worker may be killed at any line: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.care import incidents
from bot.care.answers import Care
from bot.care.safety import Finding, assess
from bot.care.tables import IncidentKind
from bot.content.library import Library
from bot.db import Database, change, now
from bot.messages import queue, replies
from bot.messages.rasa import EngineDown, Heard, NoAnswer, Rasa
from bot.messages.reading import Answered, Asking, Gate, Question, Reader, spoken
from bot.messages.tables import Direction, Message, Status, Turn
from bot.messages.words import remember_words
from bot.people.masking import mask
from bot.people.privacy import Sealer
from bot.people.tables import Learner

log = logging.getLogger(__name__)

STRUCK = (2, 12)
"""Seconds between the tries of a message that fails by itself, with everything up; then a person is told."""
PATIENCE = timedelta(hours=24)
"""How long a message waits for an engine that is away."""
PAUSES = (1, 2, 3, 4, 5)
"""Seconds until the next try; the last one goes on."""
KNOWN = (
    select(Learner, Turn)
    .outerjoin(Turn, Turn.message_id == bindparam("message"))
    .where(Learner.id == bindparam("learner"))
)
"""Who wrote a message, and the outcome of an earlier attempt at it."""


@dataclass
class Worker:
    """Answers inbound messages, several learners at a time and each in order."""

    db: Database
    sealer: Sealer
    library: Library
    care: Care
    rasa: Rasa
    gate: Gate
    asking: Asking
    limit_of: Callable[[str], int]
    """Characters a bubble may have on a channel."""
    lease: timedelta
    slow: timedelta
    has_replied: Callable[[], None] = lambda: None
    """Told when replies lie in the outbox, so that they need not wait to be found."""
    in_hand: set[str] = field(default_factory=set)
    heard: int = 0
    """The last message looked at for a cry for help."""

    async def work_one(self) -> bool:
        """Answer the next message. False when there is none."""
        message = self.take()
        if message:
            await self.answer(message)
        return message is not None

    async def answer(self, message: Message) -> None:
        """See a claimed message to its end, or put it back."""
        self.in_hand.add(message.learner_id)
        try:
            await self.work(message)
        except EngineDown as trouble:
            self._put_back(message, f"The engine is away ({trouble}).", strike=False)
        except NoAnswer:
            self._put_back(message, "The engine had no answer.", strike=await self.rasa.is_inner_up())
        except DBAPIError:
            raise  # the database is away, which is not this message's fault
        except Exception:
            log.exception("message %s could not be answered", message.id)
            self._put_back(message, "A fault of ours: see the log.", strike=True)
        finally:
            self.in_hand.discard(message.learner_id)

    async def hear_cry(self) -> bool:
        """A cry for help does not wait behind an earlier message, nor for the engine. False when none was heard."""
        with self.db.read() as session:
            fresh = list(session.scalars(queue.to_hear(self.heard)))
        for message in fresh:
            self.heard = message.id
            finding = assess(self.sealer.unseal(message.sealed))
            if finding and not finding.doubtful and not message.picked:
                self._answer_cry(message)
        return bool(fresh)

    def _answer_cry(self, seen: Message) -> None:
        with self.db.write() as session:
            mine = update(Message).where(Message.id == seen.id, Message.status == Status.TODO)
            taken = session.execute(
                mine.values(status=Status.DOING, attempts=Message.attempts + 1).returning(Message.id)
            )
            message = session.get_one(Message, seen.id) if taken.first() else None
        if message:
            asked, _ = self._read(message)
            if isinstance(asked, Answered):
                self._close(message, Heard(asked.bubbles, asked.understanding), asked.finding)

    def take(self) -> Message | None:
        """Step 2: claim the next message, committed before anything is done with it."""
        with self.db.write() as session:
            return queue.claim(session, Direction.IN, now(), self.lease, self.in_hand)

    async def work(self, message: Message) -> None:
        """Steps 3 to 8: read it, ask Rasa unless the answer is known, and close it together with its replies."""
        asked, known = self._read(message)
        if isinstance(asked, Answered):
            return self._close(message, Heard(asked.bubbles, asked.understanding), asked.finding)
        self._close(message, known or await self._ask(message, asked))

    def _read(self, claimed: Message) -> tuple[Answered | Question, Heard | None]:
        """Steps 3 to 5, and the outcome of an earlier attempt that got as far as being recorded."""
        text = self.sealer.unseal(claimed.sealed)
        with self.db.write() as session:
            session.add(claimed)
            learner, turn = session.execute(KNOWN, {"learner": claimed.learner_id, "message": claimed.id}).one()
            reader = Reader(self.library.current(), self.care, self.gate, self.asking)
            recorded = turn is not None and turn.verdict in ("ask", "done")
            known = replies.remembered(self.sealer, turn) if turn and recorded else None
            asked = reader.read(session, claimed, learner, text, now())
            if isinstance(asked, Question) and asked.doubt:
                self._ask_gently(session, claimed, learner, asked.doubt)
            return asked, known

    def _ask_gently(self, session: Session, message: Message, learner: Learner, doubt: Finding) -> None:
        """One question and the line at once, whether or not the engine is there; the message goes its ordinary way."""
        incidents.open_for(session, learner.id, message.id, doubt, now())
        said = spoken(doubt, learner.state, self.care)
        replies.queue_notice(session, self.sealer, message, said, now(), replies.DOUBT)

    async def _ask(self, message: Message, question: Question) -> Heard:
        """Ask, and tell the learner once when it takes long."""
        asking = asyncio.ensure_future(
            self.rasa.ask(message.learner_id, message.id, question.said, message.channel, question.exact)
        )
        left = (message.created_at + self.slow - now()).total_seconds()
        done, _ = await asyncio.wait({asking}, timeout=max(left, 0.05))
        try:
            if not done:
                with self.db.write() as session:
                    self._say_wait(session, message, now())
            return await asking
        finally:
            asking.cancel()

    def _say_wait(self, session: Session, message: Message, moment: datetime) -> None:
        replies.queue_notice(session, self.sealer, message, self.library.current().say("waiting"), moment)

    def _close(self, claimed: Message, heard: Heard, finding: Finding | None = None) -> None:
        """The message is done and its replies are queued, in one transaction."""
        known = heard.understanding or dict[str, Any]()
        masked = mask(self.sealer.unseal(claimed.sealed)).text
        found = {"understanding": known, "intent": known.get("intent"), "confidence": known.get("confidence")}
        with self.db.write() as session:
            if not queue.finish(session, claimed, status=Status.DONE, masked=masked, reason=None, **found):
                return
            remember_words(session, claimed.id, masked)
            self._count_unsure(session, claimed.learner_id, known.get("intent") == "nlu_fallback")
            if finding:
                incidents.open_for(session, claimed.learner_id, claimed.id, finding, now())
            version = heard.content_version or self.library.current().version
            limit = self.limit_of(claimed.channel)
            replies.queue_replies(session, self.sealer, claimed, heard.bubbles, limit, version, now())
        self.has_replied()

    def _count_unsure(self, session: Session, learner_id: str, unsure: bool) -> None:
        """How often in a row she was not understood."""
        if unsure:
            session.execute(update(Learner).where(Learner.id == learner_id).values(unsure=Learner.unsure + 1))
        else:
            change(session, Learner, {"id": learner_id}, {"unsure": 0})

    def _put_back(self, claimed: Message, reason: str, strike: bool) -> None:
        """It waits and is tried again, or is given up and shown to staff."""
        moment = now()
        with self.db.write() as session:
            message = queue.still_ours(session, claimed)
            if message is None:
                return
            message.reason = reason
            message.strikes += strike
            if message.strikes > len(STRUCK) or moment - message.created_at > PATIENCE:
                return self._give_up(session, message, moment)
            if moment - message.created_at >= self.slow:
                self._say_wait(session, message, moment)
            message.status = Status.TODO
            pauses, tries = (STRUCK, message.strikes) if strike else (PAUSES, message.attempts)
            pause = pauses[min(tries, len(pauses)) - 1]
            queue.keep_busy(session, message, moment, timedelta(seconds=pause))

    def _give_up(self, session: Session, message: Message, moment: datetime) -> None:
        message.status = Status.FAILED
        incidents.open_incident(session, message.learner_id, message.id, IncidentKind.UNANSWERED, moment)
        content = self.library.current()
        limit = self.limit_of(message.channel)
        replies.queue_replies(session, self.sealer, message, content.say("failed"), limit, content.version, moment)
        queue.let_go(session, message)
        log.error("message %s was given up: %s", message.id, message.reason)
