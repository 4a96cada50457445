"""Her card, her page and her calendar: made of what she said, without what is nobody else's business."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.documents.papers import PAPERS
from bot.guidance import printing
from tests.guidance.desk import Desk
from tests.guidance.test_talks import planned, welcomed

MONDAY = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture
def desk(small_house):
    return Desk(small_house, at=MONDAY)


def offered(desk: Desk, paper: str):
    with desk.house.db.write() as session:
        return printing.offer(desk.person(session), paper)[-1]


def made(desk: Desk, paper: str):
    """What the house gathers for it, as the outbox does."""
    with desk.house.db.write() as session:
        return desk.house.desk.gathers[paper](session, desk.learner, {"paper": paper})


@pytest.mark.parametrize("paper", ["card", "project", "agenda", "nonsense"])
def test_with_nothing_said_there_is_no_paper_but_a_way_to_begin(desk, paper):
    welcomed(desk)
    said = offered(desk, paper)
    assert said.media is None and said.buttons[0][0] in ("Empezar", "Agregar un paso")


@pytest.mark.parametrize("paper", ["card", "project", "agenda"])
def test_after_a_plan_each_paper_goes_with_its_words_and_can_be_drawn(desk, paper):
    planned(desk)
    assert offered(desk, paper).media == {"paper": paper}
    drawn = PAPERS[paper].draw(made(desk, paper))
    assert drawn.startswith((b"\x89PNG", b"%PDF", b"BEGIN:VCALENDAR"))


def test_the_card_has_her_words_and_her_step(desk):
    planned(desk)
    card = made(desk, "card")
    assert card.name and card.pathway.lines and card.step.lines
    assert "noviembre" in card.step.lines[0] or "diciembre" in card.step.lines[0]


def test_debts_health_and_harm_stay_off(desk):
    planned(desk)
    shown = {line for part in (made(desk, "project").obstacles,) for line in part.lines}
    assert shown.isdisjoint({"El dinero", "Mi salud"})


def test_on_a_shared_telephone_the_calendar_tells_nothing(desk):
    planned(desk)
    with desk.house.db.write() as session:
        desk.person(session).learner.phone = "shared"
    [one] = made(desk, "agenda").appointments
    assert (one.what, one.place) == ("Un rato para mí", "")


def test_nobody_has_no_paper(desk):
    with desk.house.db.write() as session, pytest.raises(LookupError):
        desk.house.desk.gathers["card"](session, "nobody", {})
