"""One invented conversation for the picture of the README, with what staff see beside each turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.guidance.tables import Answer, Run, RunStatus
from bot.messages.tables import Direction, Message, Status
from bot.people.privacy import Sealer
from bot.people.tables import Address, Learner

RULE, FORM = {"rules": ["an interview starts, or goes on"]}, {"form": "interview"}


@dataclass(frozen=True)
class Said:
    """`why`: what led to the action; `answered`: question and answer that this message left behind."""

    words: str
    intent: str
    sure: float
    why: dict[str, Any]
    reply: str
    choices: tuple[str, ...] = ()
    text: str = "tengo"
    answered: dict[str, Any] = field(default_factory=dict)
    others: tuple[tuple[str, float], ...] = ()


STORY = (
    Said(
        "quiero ver q se me da bien",
        "start_interview",
        0.93,
        RULE,
        "¿Qué has hecho, con pago o sin pago?",
        ("Cuidar la casa", "Criar o cuidar niños", "Vender o tener puesto"),
    ),
    Said(
        "Criar o cuidar niños",
        "inform",
        1.0,
        FORM,
        "De todo eso, ¿qué te sale mejor? Cuéntame un ejemplo.",
        answered={"ha_hecho": ["ninos"]},
    ),
    Said(
        "hago gelatinas con «nombre»",
        "inform",
        0.71,
        FORM,
        "¿Y la gente para qué te busca o te pide ayuda?",
        answered={"mejor_cosa": None},
        others=(("want_entrepreneurship", 0.18), ("affirm", 0.03)),
    ),
    Said(
        "y lo del gelish cuánto cuesta",
        "ask_costs",
        0.41,
        {"rules": ["what it costs"]},
        "Rumbo no te cobra nada.",
        ("Seguir", "Luego"),
        text="utter_ask_costs",
        others=(("want_entrepreneurship", 0.38), ("help_saving", 0.07)),
    ),
)


def tell(session: Session, sealer: Sealer, at: datetime) -> str:
    """The conversation, a minute a turn, ended just now; returns whose it is."""
    start = at - timedelta(minutes=2 + len(STORY))
    learner = Learner(id="a7c3f1" + "0" * 26, created_at=start, locale="es-MX", unsure=0, state="OAX", age_band="25-29")
    address = Address(learner=learner, channel="whatsapp", lookup="story", sealed=sealer.seal("0"), last_inbound_at=at)
    session.add(address)
    session.flush()
    run = Run(learner_id=learner.id, interview="tengo", status=RunStatus.ACTIVE, started_at=start, changed_at=at)
    session.add(run)
    session.flush()
    for n, said in enumerate(STORY):
        _turn(session, sealer, address, run, said, start + timedelta(minutes=n))
    return learner.id


def _turn(session: Session, sealer: Sealer, address: Address, run: Run, said: Said, at: datetime) -> None:
    ranking = [{"name": name, "confidence": sure} for name, sure in ((said.intent, said.sure), *said.others)]
    action = "interview" if said.why in (RULE, FORM) else said.text
    known = {"intent": said.intent, "confidence": said.sure, "ranking": ranking}
    known |= {"fired": [{"action": action, **said.why}]}
    same = {
        "learner_id": address.learner_id,
        "address_id": address.id,
        "channel": "whatsapp",
        "sealed": sealer.seal(""),
    }
    hers = Message(direction=Direction.IN, status=Status.DONE, masked=said.words, understanding=known, **same)
    hers.created_at = hers.not_before = at
    session.add(hers)
    session.flush()
    ours = Message(direction=Direction.OUT, status=Status.READ, masked=said.reply, content_id=said.text, **same)
    ours.created_at = ours.not_before = at + timedelta(seconds=2)
    ours.answers_id, ours.part, ours.content_version, ours.price, ours.price_unit = hers.id, 0, "7f2c91ab", 500, "USD"
    ours.choices = [{"title": title, "payload": "/x"} for title in said.choices] or None
    session.add(ours)
    for question, value in said.answered.items():
        given = Answer(run_id=run.id, question=question, learner_id=address.learner_id, value=value, message_id=hers.id)
        given.at = at
        session.add(given)
