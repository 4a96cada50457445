"""The export of what was offered: referrals, tips and lessons with what became of them; nothing private by name."""

from __future__ import annotations

import csv

import pytest
from sqlalchemy import select

from bot.config import ROOT
from bot.export import export_to
from bot.export_offered import OFFERED
from bot.guidance import referring
from bot.guidance.tables import TipGiven
from bot.referrals.states import State
from tests.guidance.desk import Desk
from tests.guidance.test_business_pages import see
from tests.guidance.test_lessons import through
from tests.guidance.test_talks import answer, planned


def rows(folder, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_tips_lessons_and_referrals_leave_with_their_outcome(small_house, tmp_path):
    desk = Desk(small_house)
    answer(planned(desk), "Quiero ahorrar", "Sí, lo intento")
    with small_house.db.write() as session:
        her, name = desk.person(session), session.scalars(select(TipGiven.tip)).one()
        referring.answer(her, "education", "inea", State.ACCEPTED, 900)
        referring.answer(her, "violence", "linea_079", State.ACCEPTED, 901)
    see(desk, "tip_done", name)
    through(desk, "hacer_tiempo", 1)
    see(desk, "lesson", "sobres:1")
    see(desk, "lesson_skip", "poner_limites")
    export_to(tmp_path, small_house)

    (tip,) = rows(tmp_path, "tips")
    assert (tip["tip"], tip["answer"], tip["outcome"]) == (name, "lo_intento", "done") and tip["outcome_at"]
    taken = {row["lesson"]: row for row in rows(tmp_path, "lessons")}
    assert {k: (v["status"], v["step"]) for k, v in taken.items()} == {
        "hacer_tiempo": ("done", "2"),
        "sobres": ("open", "1"),
        "poner_limites": ("skipped", "0"),
    }
    assert taken["hacer_tiempo"]["answer"] == "cansancio" and taken["hacer_tiempo"]["done_at"]
    assert not taken["sobres"]["done_at"]
    named, private = sorted(rows(tmp_path, "referrals"), key=lambda row: row["private"])
    assert (named["service"], named["status"]) == ("inea", "accepted")
    assert (private["service"], private["need"], private["private"]) == ("", "", "True")
    assert len(rows(tmp_path, "referral_steps")) == 4


@pytest.mark.parametrize("name", OFFERED)
def test_every_column_is_explained(name):
    told = (ROOT / "docs" / "data.md").read_text(encoding="utf-8").split(f"**{name}.csv**")[1].split("\n**")[0]
    assert [column for column in OFFERED[name][0] if f"`{column}`" not in told] == []
