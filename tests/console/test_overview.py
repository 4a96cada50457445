"""The overview's page: what a counsellor sees, that exports are noted, that old numbers are renewed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.db import now
from bot.indicators import keeping
from bot.people.tables import Learner
from bot.staff.roles import Role
from console.words import book
from tests.console.desk import acts, people, sit


def test_the_page_shows_numbers_and_their_meaning(small_house):
    people(small_house, 30)
    page = sit(small_house).get("/panorama").text
    assert '<p class="big">30</p>' in page and book("es")["means.works"].split("«")[0] in page


def test_a_counsellor_counts_her_own_cohort_only(small_house):
    people(small_house, 30)
    with small_house.db.write() as session:
        session.execute(update(Learner).where(Learner.id < "l00012").values(group_code="norte"))
        session.execute(update(Learner).where(Learner.id >= "l00012").values(group_code="secreto-9"))
    page = sit(small_house, "Eva", Role.COUNSELLOR, "norte").get("/panorama?cohort=secreto-9&by=cohort").text
    assert '<p class="big">12</p>' in page and "secreto-9" not in page


def test_exports_are_for_those_with_the_right_and_noted(small_house):
    people(small_house, 30)
    browser = sit(small_house)
    assert browser.get("/panorama.csv?by=state").content.startswith(b"\xef\xbb\xbfsection,")
    assert browser.get("/panorama.xlsx").content[:2] == b"PK"
    assert acts(small_house) == [("exported", None)] * 2
    assert sit(small_house, "Eva", Role.EDITOR).get("/panorama.csv").status_code == 403


def test_old_numbers_are_shown_once_more_and_renewed_behind(small_house, monkeypatch):
    browser = sit(small_house)
    assert '<p class="big">0</p>' in browser.get("/panorama").text
    people(small_house, 30)
    assert '<p class="big">0</p>' in browser.get("/panorama").text
    monkeypatch.setattr(keeping, "FRESH", timedelta(0))
    assert '<p class="big">0</p>' in browser.get("/panorama").text
    assert '<p class="big">30</p>' in browser.get("/panorama").text
    assert browser.http.app.state.keeper.facts(now()).size == 30


def test_a_group_named_as_a_script_stays_text(small_house):
    people(small_house, 30)
    with small_house.db.write() as session:
        session.execute(update(Learner).values(group_code="<script>4</script>"))
    assert "<script>4" not in sit(small_house).get("/panorama?by=cohort").text
