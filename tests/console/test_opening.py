"""Writing after WhatsApp's 24 hours: with approved words only, once until she writes, and not to who said no."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.db import now
from bot.messages.outbox import Outbox
from bot.messages.tables import PERSON, Message
from bot.people.tables import Address, Learner
from channels.base import Filled, Opening, Outage
from tests.console.desk import acts, sit, talk
from tests.fakes import FakeChannel

HELLO = Opening("HX" + "1" * 32, "Hola {{1}}, soy {{2}} de Rumbo. ¿Seguimos?")
WORDS = {"opening": HELLO.id, "blank1": "Guadalupe", "blank2": "Ana"}


class Office:
    """A conversation on a channel with a window that is shut, and somebody of the team who holds it."""

    def __init__(self, house, who: str) -> None:
        self.house, self.who = house, who
        self.channel = FakeChannel(window=timedelta(hours=24))
        self.channel.approved = [HELLO]
        house.channels["web"] = self.channel
        self.outbox = Outbox(house.db, house.sealer, house.channels, timedelta(seconds=30), house.desk)
        self.desk = sit(house)
        self.path = f"/conversaciones/{who}"
        self.desk.post(f"{self.path}/tomar", on=self.path)
        with house.db.write() as session:
            session.execute(update(Address).values(last_inbound_at=now() - timedelta(hours=25)))

    def post(self, **fields: str):
        return self.desk.post(f"{self.path}/plantillas", on=f"{self.path}/plantillas", **fields)

    def mine(self) -> list[Message]:
        with self.house.db.read() as session:
            return list(session.scalars(select(Message).where(Message.kind == PERSON)))


@pytest.fixture
async def office(house):
    return Office(house, await talk(house, "hola"))


async def test_approved_words_reach_her_after_the_window(office):
    page = office.desk.get(office.path).text
    assert f'href="{office.path}/plantillas"' in page and '<textarea name="text" maxlength' in page
    assert "Hola {{1}}, soy {{2}} de Rumbo" in office.desk.get(f"{office.path}/plantillas").text
    assert office.post(**WORDS).status_code == 303
    while await office.outbox.send_one():
        pass
    ours = [reply for _, reply in office.channel.sent if reply.opening]
    assert [(reply.text, reply.opening) for reply in ours] == [
        ("Hola Guadalupe, soy Ana de Rumbo. ¿Seguimos?", Filled(HELLO.id, ("Guadalupe", "Ana")))
    ]
    assert "Guadalupe" not in (office.mine()[0].masked or "") and acts(office.house)[-1][0] == "wrote"


async def test_one_until_she_writes(office):
    assert office.post(**WORDS).status_code == 303
    again = office.post(**WORDS)
    assert (again.status_code, "todavía no contesta" in again.text, len(office.mine())) == (409, True, 1)
    with office.house.db.write() as session:
        session.execute(update(Address).values(last_inbound_at=now()))
    assert office.post(**WORDS).status_code == 303


async def test_nobody_who_wants_no_messages_gets_one(office):
    with office.house.db.write() as session:
        session.execute(update(Learner).values(opted_out_at=now()))
    refused = office.post(**WORDS)
    assert (refused.status_code, "No quiere mensajes" in refused.text, office.mine()) == (409, True, [])


@pytest.mark.parametrize("wrong", [{"opening": "HX9"}, {"blank1": " "}, {"opening": ""}])
async def test_what_is_not_approved_or_not_filled_in_is_not_sent(office, wrong):
    assert (office.post(**WORDS | wrong).status_code, office.mine()) == (409, [])


async def test_only_who_holds_the_conversation_writes(office):
    other = sit(office.house, "Berta")
    page = f"{office.path}/plantillas"
    assert other.post(page, on=page, **WORDS).status_code == 409
    assert office.mine() == []


async def test_a_service_that_does_not_answer_is_said_so(office):
    async def away() -> list[Opening]:
        raise Outage

    office.channel.openings = away
    page = office.desk.get(f"{office.path}/plantillas").text
    assert "no se pudo preguntar" in page
    office.channel.openings = FakeChannel().openings
    assert "Todavía no hay textos aprobados" in office.desk.get(f"{office.path}/plantillas").text
