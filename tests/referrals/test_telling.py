"""A referral as she lives it: found, taken, asked about, both outcomes; and a link for the one who attended to her."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.guidance.pages.registry import show
from bot.messages.tables import SCHEDULED, Message, Status
from bot.referrals import ledger, links
from bot.referrals.tables import ConfirmLink, Referral
from bot.web import create_app
from tests.guidance.desk import Desk
from tests.guidance.test_talks import welcomed


@pytest.fixture
def desk(small_house) -> Desk:
    desk = Desk(small_house)
    welcomed(desk)
    with desk.house.db.write() as session:
        learner = desk.person(session).learner
        learner.state, learner.may_remind, learner.gender = "JAL", True, "f"
    return desk


class Looking:
    """She looks at pages: what is said, and what she taps."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.number, self.said = desk, 100, []

    def open(self, page: str, value: str = "") -> str:
        self.number += 1
        with self.desk.house.db.write() as session:
            self.said = show(self.desk.person(session), page, value, self.number)
        return "\n".join(b.text for b in self.said)

    def tap(self, title: str) -> str:
        payload = next(p for t, p in self.said[-1].buttons if t == title)
        told = json.loads(payload.removeprefix("/see"))
        return self.open(told["page"], told.get("v", ""))

    def referral(self) -> Referral:
        with self.desk.house.db.read() as session:
            return ledger.hers(session, self.desk.learner)[0]

    def planned(self) -> list[Message]:
        mine = (Message.learner_id == self.desk.learner, Message.kind == SCHEDULED, Message.status == Status.TODO)
        with self.desk.house.db.read() as session:
            return list(session.scalars(select(Message).where(*mine).order_by(Message.not_before)))


@pytest.fixture
def her(desk) -> Looking:
    return Looking(desk)


def test_a_need_shows_a_few_services_each_with_its_reason(her):
    said = her.open("services", "legal")
    assert "es gratis" in said and 1 < len([t for t, p in her.said[-1].buttons if "service" in p]) <= 3


def test_where_nothing_fits_there_is_a_line_and_a_person(her):
    said = her.open("services", "unheard")
    assert "079" in said and her.said[-1].buttons


def test_who_takes_a_service_is_asked_after_two_days_and_two_weeks(her):
    her.open("service", "legal:ifdp")
    her.tap("Sí, me sirve")
    assert her.referral().status == "accepted"
    days = [(m.not_before - her.desk.at) for m in her.planned()]
    assert len(days) == 2 and days[0] >= timedelta(hours=48) and days[1] >= timedelta(days=14)


def test_it_helped(her):
    her.open("service", "legal:ifdp")
    her.tap("Sí, me sirve")
    her.open("referral", str(her.referral().id))
    her.tap("Sí pude")
    assert her.referral().status == "attended" and her.planned() == []
    her.tap("Sí, me ayudó")
    assert her.referral().status == "resolved"


def test_it_failed_and_the_next_service_comes_at_once(her):
    her.open("service", "legal:ifdp")
    her.tap("Sí, me sirve")
    her.open("referral", str(her.referral().id))
    her.tap("No pude")
    said = her.tap("Me queda lejos")
    with her.desk.house.db.read() as session:
        failed = next(r for r in ledger.hers(session, her.desk.learner) if r.service == "ifdp")
    assert (failed.status, failed.reason) == ("failed", "far")
    assert "Lo siento" in said and "ifdp" not in str(her.said[-1].buttons) and len(her.said) > 1
    assert her.planned() == []


def test_the_same_tap_twice_is_one_step(her):
    her.open("service", "legal:ifdp")
    her.tap("Sí, me sirve")
    for _ in range(2):
        her.open("referral_went", str(her.referral().id))
    with her.desk.house.db.read() as session:
        assert len(ledger.hers(session, her.desk.learner)) == 1
    assert her.referral().status == "attended"


def test_a_step_that_is_not_hers_to_make_changes_nothing(her):
    her.open("service_next", "legal:ifdp")
    her.open("referral_helped", str(her.referral().id))
    assert her.referral().status == "declined"


def test_nobody_elses_referral_can_be_touched(her, desk):
    her.open("service_take", "legal:ifdp")
    number = str(her.referral().id)
    with desk.house.db.write() as session:
        session.get_one(Referral, int(number)).learner_id = other(desk, session)
    assert her.open("referral_went", number) == her.open("no such page")


def other(desk: Desk, session) -> str:
    from bot.people import tracking

    return tracking.meet(session, desk.house.sealer, "web", "somebody else", None, "es-MX", desk.at).learner_id


@pytest.mark.parametrize(
    ("need", "service"), [("violence", "jal_violeta"), ("mental_health", "linea_vida"), ("health", "imss_bienestar")]
)
def test_of_violence_and_health_no_pushed_message_says_anything(her, need, service):
    her.open("service", f"{need}:{service}")
    name = her.said[-1].text.split("\n")[0]
    her.tap("Sí, me sirve")
    pushed = [her.desk.house.sealer.unseal(m.sealed) for m in her.planned()]
    assert pushed and all(name not in text and "violencia" not in text for text in pushed)
    assert not her.referral().for_staff
    her.open("referral_staff", str(her.referral().id))
    assert her.referral().for_staff


def test_on_a_shared_telephone_the_question_names_nothing(her):
    with her.desk.house.db.write() as session:
        her.desk.person(session).learner.phone = "shared"
    her.open("service_take", "legal:ifdp")
    pushed = [her.desk.house.sealer.unseal(m.sealed) for m in her.planned()]
    assert pushed and all("Defensoría" not in text for text in pushed)


# The link


@pytest.fixture
def link(her) -> str:
    her.open("service_take", "legal:ifdp")
    said = her.open("referral_link", str(her.referral().id))
    return "/confirma/" + said.split("/confirma/")[1].split()[0]


@pytest.fixture
def page(desk) -> TestClient:
    return TestClient(create_app(desk.house))


def test_whoever_attended_her_confirms_once_and_sees_nothing_of_her(her, page, link):
    for _ in range(3):  # telephones fetch it to show a preview
        shown = page.get(link)
    assert shown.status_code == 200 and "Lupita" not in shown.text and her.desk.learner not in shown.text
    assert her.referral().status == "accepted"
    assert page.post(link).status_code == 200
    assert her.referral().status == "attended"
    assert page.post(link).status_code == 404


def test_a_link_that_is_old_replaced_or_made_up_does_nothing(her, page, link, desk):
    her.open("referral_link", str(her.referral().id))
    assert page.post(link).status_code == 404, "a newer one took its place"
    assert page.post("/confirma/nonsense").status_code == 404
    with desk.house.db.write() as session:
        token = links.make(session, session.get_one(Referral, her.referral().id), desk.at - timedelta(days=31))
    assert page.get(f"/confirma/{token}").status_code == 404
    assert her.referral().status == "accepted"


def test_only_the_hash_of_a_token_is_kept(her, link, desk):
    with desk.house.db.read() as session:
        assert all(kept.token not in link for kept in session.scalars(select(ConfirmLink)))
