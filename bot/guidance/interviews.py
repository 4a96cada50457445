"""Questions are data; this asks them all. Knows nothing of Rasa, HTTP or channels.

Rasa's one form says only that an interview is running, and hands every message to `Interviewer.hear`. Where she is and
what she said is in the tracking database, so that a restart, a lost tracker or a message sent twice mend themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.content.library import Library
from bot.db import Database, now
from bot.guidance import journey
from bot.guidance.conversation import Conversation, Outcome, Said, Verdict
from bot.guidance.course import Course
from bot.guidance.facts import Person
from bot.guidance.tables import RunStatus
from bot.messages import replies
from bot.messages.tables import Turn
from bot.people.privacy import Sealer
from bot.people.tables import Learner


@dataclass
class Interviewer:
    """Hears messages and asks questions, one learner and one transaction at a time."""

    db: Database
    sealer: Sealer
    library: Library
    public_url: str

    def hear(self, learner_id: str, message_id: int, said: Said) -> Outcome:
        """What a message means to the interview that is going on. The same message again has the same outcome."""
        with self.db.write() as session:
            if turn := session.get(Turn, message_id):
                return Outcome(Verdict(turn.verdict), replies.remembered(self.sealer, turn).bubbles)
            outcome = self._course(session, learner_id, message_id).hear(said)
            session.add(replies.remember(self.sealer, message_id, learner_id, outcome.verdict, outcome.replies))
            return outcome

    def again(self, learner_id: str, message_id: int) -> Outcome:
        """The open question once more, after another topic was served."""
        with self.db.write() as session:
            return self._course(session, learner_id, message_id).again()

    def is_active(self, learner_id: str) -> bool:
        with self.db.read() as session:
            run = journey.open_run(session, learner_id)
            return bool(run and run.status is RunStatus.ACTIVE)

    def _course(self, session: Session, learner_id: str, message_id: int) -> Conversation:
        learner = session.get_one(Learner, learner_id)
        person = Person(session, self.sealer, self.library.current(), learner, self.public_url, now())
        return Conversation(Course(person, message_id))
