"""What stands in the thread of one learner: what she wrote, what she heard, and whether it is all."""

from __future__ import annotations

from sqlalchemy import select

from bot.messages.tables import Direction, Message
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
