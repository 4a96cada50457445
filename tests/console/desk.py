"""A browser of somebody of the team, over the real console and a real database."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from bot.db import now
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Address, Learner
from bot.runtime import Runtime
from bot.staff import accounts
from bot.staff.roles import Role
from bot.staff.tables import AuditLine, Staff
from console import entering
from console.app import create_app
from console.door import COOKIE
from tests.builders import learner_id, write
from tests.fakes import FakeRasa
from tests.messages.working import everything, said, worker_of

PASSWORD = "cuatro gatos en el tejado"


class Browser:
    """Keeps its cookie, and sends forms with the token of the page they stand on."""

    def __init__(self, house: Runtime) -> None:
        self.house = house
        self.http = TestClient(create_app(house), base_url="http://testserver", follow_redirects=False)

    def get(self, path: str) -> Any:
        return self.http.get(path)

    def post(self, path: str, on: str = "/entrar", **fields: str) -> Any:
        """Fill in a form that stands on the page `on`."""
        return self.http.post(path, data=fields | {"csrf": token_of(self.http.get(on).text)})


def token_of(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found, page[:500]
    return found[1]


def hire(house: Runtime, name: str = "Ana", role: Role = Role.COORDINATOR, cohort: str | None = None) -> Staff:
    with house.db.write() as session:
        return accounts.add(session, name, role, cohort, now())


def sit(house: Runtime, name: str = "Ana", role: Role = Role.COORDINATOR, cohort: str | None = None) -> Browser:
    """Somebody who is signed in."""
    staff, browser = hire(house, name, role, cohort), Browser(house)
    with house.db.write() as session:
        browser.http.cookies.set(COOKIE, entering.start(session, staff, now(), proven=True))
    return browser


NUMBER = "5215550001111"


async def talk(house, *texts: str, sender: str = NUMBER, channel: str = "web") -> str:
    """Somebody writes and is answered; returns her id."""
    for words in texts:
        write(house, words, sender=sender, channel=channel)
    await everything(worker_of(house, FakeRasa()))
    return learner_id(house, sender, channel)


def acts(house) -> list[tuple[str, str | None]]:
    with house.db.read() as session:
        lines = session.execute(select(AuditLine.act, AuditLine.subject).order_by(AuditLine.id))
        return [(act, subject) for act, subject in lines if not act.startswith("staff_")]


def bots(house) -> list[str]:
    return [text for text in said(house) if text.startswith("oí")]


def people(house, many: int) -> None:
    """Learners with one address and one message each, all of the same moment."""
    at = now()
    with house.db.write() as session:
        for n in range(many):
            learner = Learner(id=f"l{n:05}", created_at=at, locale="es-MX", unsure=0)
            address = Address(learner=learner, channel="web", lookup=f"{n}", sealed=b"", last_inbound_at=at)
            session.add(address)
            session.flush()
            same = {"channel": "web", "direction": Direction.IN, "created_at": at, "not_before": at, "sealed": b""}
            session.add(
                Message(learner_id=learner.id, address_id=address.id, masked="hola", status=Status.DONE, **same)
            )
