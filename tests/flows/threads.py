"""What stands in the thread of one learner: what she wrote, what she heard, and whether it is all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import timedelta

from sqlalchemy import select

from bot.db import now
from bot.messages import schedule
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.people.tables import Learner
from tests.flows.running import Running, Talk
from tests.flows.talking import until

STILL_HERE = (
    "Sigo aquí. Me está tomando más tiempo de lo normal, pero ya recibí tu mensaje y te contesto en cuanto pueda."
)
MENU = "¿Qué quieres hacer?"
HELP = "Contigo armo un plan"
CRY, LINE = "ya no quiero vivir, me quiero matar", "800 911 2000"
WAYS = ["web", "whatsapp", "telegram"]


def heard(talk: Talk) -> list[str]:
    return [sent.text for sent in talk.fetch()[0]]


def all_heard(talk: Talk) -> list[str]:
    """Everything said to her, once nothing is left to answer or to send."""
    until(lambda: not talk.busy())
    return heard(talk)


def agreed(rumbo: Running, way: str) -> Talk:
    return getattr(rumbo, way)().agree()


def answered(talk: Talk) -> list[int]:
    """Which of her messages our bubbles answer, in the order in which they were said."""
    with talk.running.house.db.read() as session:
        ours = select(Message.answers_id).where(Message.learner_id == talk.learner, Message.direction == Direction.OUT)
        return list(session.scalars(ours.order_by(Message.id)))


def wrote(talk: Talk) -> list[tuple[int, str, str]]:
    """Her messages as they arrived: number, words, status."""
    house = talk.running.house
    with house.db.read() as session:
        hers = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        return [(m.id, house.sealer.unseal(m.sealed), m.status) for m in session.scalars(hers.order_by(Message.id))]


def warm(rumbo: Running) -> None:
    """The first message of a worker takes seconds more: it loads what it needs. Nobody's lease should run out by it."""
    for way in WAYS:
        talk = agreed(rumbo, way)
        talk.send(CRY)
        all_heard(talk)


def comes_due(talk: Talk, name: str) -> str:
    """A planned question, found by how its content id begins, leaves as if its days had passed; what she then reads."""
    before = len(talk.fetch()[0])
    with talk.running.house.db.write() as session:
        hers = (Message.learner_id == talk.learner, Message.kind == SCHEDULED, Message.status == Status.TODO)
        asked = select(Message).where(*hers, Message.content_id.startswith(name)).order_by(Message.not_before)
        planned = session.scalars(asked).first()
        assert planned is not None and planned.not_before - now() > timedelta(days=1)
        schedule.settle(session, planned, session.get_one(Learner, talk.learner), now().replace(hour=18))
        session.flush()
        leaving = (Message.learner_id == talk.learner, Message.kind == "first", Message.status == Status.TODO)
        ready = session.scalars(select(Message).where(*leaving)).one()
        ready.not_before = ready.created_at = now()
    until(lambda: len(talk.fetch()[0]) > before)
    talk.read = talk.fetch()[0]
    return talk.read[-1].text


def at_once(acts: Iterable[Callable[[], object]]) -> None:
    """All of it at the same moment, each in its own thread."""
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
