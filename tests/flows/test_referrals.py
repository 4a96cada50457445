"""A referral from a need to its end, over WhatsApp's signed webhooks: it helped, or it failed and the next one came."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.people.tables import Learner
from bot.referrals import ledger
from bot.referrals.tables import Referral
from tests.flows.running import Running, Talk
from tests.flows.threads import agreed, comes_due

NEED = "necesito un abogado pero no tengo dinero"
ASKED = r"El otro día te hablé de .+\. ¿Pudiste ir o llamar\?"


@pytest.fixture
def her(rumbo: Running) -> Talk:
    """Somebody in Jalisco who may be written to."""
    talk = agreed(rumbo, "whatsapp")
    with rumbo.house.db.write() as session:
        learner = session.get_one(Learner, talk.learner)
        learner.state, learner.may_remind = "JAL", True
    return talk


def referrals(talk: Talk) -> list[tuple[str, str | None]]:
    """Where each stands, and why it failed; the first first."""
    with talk.running.house.db.read() as session:
        mine = session.scalars(select(Referral).where(Referral.learner_id == talk.learner).order_by(Referral.id))
        return [(str(one.status), one.reason) for one in mine]


def service(talk: Talk) -> str:
    """The service of her last referral."""
    with talk.running.house.db.read() as session:
        last = max(ledger.hers(session, talk.learner), key=lambda one: one.id)
        return ledger.what(talk.running.house.sealer, last)[1]


def test_she_went_and_it_helped(her: Talk):
    heard = her.says(NEED)
    assert "Te lo propongo porque" in heard or "Encontré esto para ti" in heard
    if "Encontré esto" in heard:
        her.taps(her.offered[0])
    assert "En dos días te pregunto" in her.taps("Sí, me sirve")
    assert referrals(her) == [("accepted", None)]

    assert re.fullmatch(ASKED, comes_due(her, "referral/"))
    assert "¿Te ayudó?" in her.taps("Sí pude")
    assert referrals(her) == [("attended", None)]
    assert "Lo anoté como resuelto" in her.taps("Sí, me ayudó")
    assert referrals(her) == [("resolved", None)]


def test_it_failed_and_the_next_one_comes_at_once(her: Talk):
    her.says(NEED)
    her.taps(her.offered[0])
    her.taps("Sí, me sirve")
    comes_due(her, "referral/")
    assert "¿Qué pasó?" in her.taps("No pude")
    heard = her.taps("Me trataron mal")
    assert "No es tu culpa" in heard and "Te lo propongo porque" in heard + her.taps(her.offered[0])
    first = service(her)
    her.taps("Sí, me sirve")
    assert referrals(her) == [("failed", "treated_badly"), ("accepted", None)]
    assert service(her) != first


def test_the_service_confirms_by_a_link_that_works_once(rumbo: Running, her: Talk):
    her.says(NEED)
    her.taps(her.offered[0])
    her.taps("Sí, me sirve")
    address = re.search(r"/confirma/\S+", her.taps("Liga para confirmar"))[0]
    assert her.number not in rumbo.http.get(address).text
    assert rumbo.http.post(address).status_code == 200
    assert referrals(her) == [("attended", None)]
    assert rumbo.http.post(address).status_code == 404
