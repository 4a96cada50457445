"""In and out of the console: invitation, password, code, waiting after failures, and what ends a session."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from bot.db import now
from bot.staff import accounts
from bot.staff.roles import Role
from bot.staff.tables import Staff, StaffInvite, StaffSession
from console import entering, passwords
from console.door import COOKIE
from tests.console.desk import PASSWORD, Browser, hire, sit


def invitation(house, name: str = "Ana") -> str:
    with house.db.write() as session:
        known = accounts.find(session, name)
        assert known is not None
        return f"/invitacion/{accounts.invite(session, known, now())}"


def secret_of(house, name: str = "Ana") -> str:
    with house.db.read() as session:
        known = accounts.find(session, name)
        assert known is not None and known.totp is not None
        return house.sealer.unseal(known.totp)


def code(house, later: int = 0) -> str:
    return pyotp.TOTP(secret_of(house)).generate_otp(int(now().timestamp()) // passwords.STEP + later)


def enrolled(house) -> Browser:
    """Ana has taken her invitation and proven her telephone."""
    hire(house)
    browser, link = Browser(house), invitation(house)
    browser.post(link, on=link, password=PASSWORD, again=PASSWORD)
    assert browser.post("/entrar/codigo", on="/entrar/codigo", code=code(house)).status_code == 303
    return browser


def test_an_invitation_leads_to_a_password_a_code_and_the_first_page(house):
    hire(house)
    browser, link = Browser(house), invitation(house)
    assert "«Ana»" in browser.get(link).text
    assert browser.post(link, on=link, password=PASSWORD, again=PASSWORD).headers["location"] == "/entrar/codigo"
    page = browser.get("/entrar/codigo").text
    assert "<svg" in page and secret_of(house) in page
    assert browser.get("/numeros").headers["location"] == "/entrar?a=/numeros"  # half is not in
    done = browser.post("/entrar/codigo", on="/entrar/codigo", code=code(house))
    assert done.status_code == 303 and browser.get("/numeros").status_code == 200


def test_the_overview_is_read_when_somebody_has_come_in(small_house):
    assert Browser(small_house).http.app.state.keeper.is_stale(now())
    assert not enrolled(small_house).http.app.state.keeper.is_stale(now())


def test_an_invitation_works_once_and_a_new_one_ends_the_old(small_house):
    hire(small_house)
    browser, first = Browser(small_house), invitation(small_house)
    second = invitation(small_house)
    assert (browser.get(first).status_code, browser.get(second).status_code) == (410, 200)
    browser.post(second, on=second, password=PASSWORD, again=PASSWORD)
    assert browser.get(second).status_code == 410


def test_an_invitation_runs_out(small_house):
    hire(small_house)
    link = invitation(small_house)
    with small_house.db.write() as session:
        session.execute(update(StaffInvite).values(expires_at=now() - timedelta(seconds=1)))
    assert Browser(small_house).get(link).status_code == 410


@pytest.mark.parametrize(
    "password, again, problem",
    [
        ("corta", "corta", "Muy corta"),
        (PASSWORD, PASSWORD + "!", "no son iguales"),
        ("soyana y soyana", "soyana y soyana", "Muy fácil"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "Muy fácil"),
        ("x" * 201, "x" * 201, "Demasiado larga"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(small_house, password, again, problem):
    hire(small_house)
    browser, link = Browser(small_house), invitation(small_house)
    answer = browser.post(link, on=link, password=password, again=again)
    assert (answer.status_code, problem in answer.text) == (422, True)
    assert browser.get(link).status_code == 200


def test_password_then_code_opens_and_signing_out_closes(small_house):
    enrolled(small_house)
    browser = Browser(small_house)
    assert browser.post("/entrar", name="ana ", password=PASSWORD).headers["location"] == "/entrar/codigo"
    assert "<svg" not in browser.get("/entrar/codigo").text  # the secret is shown once
    assert browser.post("/entrar/codigo", on="/entrar/codigo", code=code(small_house, 1)).status_code == 303
    assert browser.get("/numeros").status_code == 200
    held = browser.http.cookies[COOKIE]
    browser.post("/salir", on="/numeros")
    browser.http.cookies.set(COOKIE, held)
    assert browser.get("/numeros").status_code == 303


def test_a_code_works_once(small_house):
    enrolled(small_house)
    browser = Browser(small_house)
    browser.post("/entrar", name="Ana", password=PASSWORD)
    with small_house.db.read() as session:
        used = session.scalars(select(Staff.totp_step)).one()
    again = pyotp.TOTP(secret_of(small_house)).generate_otp(used)
    assert browser.post("/entrar/codigo", on="/entrar/codigo", code=again).status_code == 401


def test_signing_in_changes_the_cookie_so_that_one_set_by_another_is_worth_nothing(small_house):
    enrolled(small_house)
    browser = Browser(small_house)
    browser.get("/entrar")
    seen = [browser.http.cookies[COOKIE]]
    browser.post("/entrar", name="Ana", password=PASSWORD)
    seen.append(browser.http.cookies[COOKIE])
    browser.post("/entrar/codigo", on="/entrar/codigo", code=code(small_house, 1))
    seen.append(browser.http.cookies[COOKIE])
    assert len(set(seen)) == 3
    with small_house.db.read() as session:
        kept = set(session.scalars(select(StaffSession.key)))
    assert kept.isdisjoint(seen)


def test_wrong_name_and_wrong_password_look_the_same(small_house):
    enrolled(small_house)
    browser = Browser(small_house)
    answers = [browser.post("/entrar", name=name, password="nada de nada aquí") for name in ("Ana", "Nadie")]
    texts = [re.sub(r"value=.\w+.", "", a.text) for a in answers]
    assert [a.status_code for a in answers] == [401, 401] and texts[0] == texts[1]


def test_after_five_failures_even_the_right_password_waits(small_house):
    enrolled(small_house)
    browser = Browser(small_house)
    for _ in range(entering.FREE):
        browser.post("/entrar", name="Ana", password="nada de nada aquí")
    assert browser.post("/entrar", name="Ana", password=PASSWORD).status_code == 401
    with small_house.db.write() as session:
        session.execute(update(Staff).values(locked_until=now() - timedelta(seconds=1)))
    assert browser.post("/entrar", name="Ana", password=PASSWORD).status_code == 303


def test_codes_are_counted_too_and_a_password_does_not_buy_new_tries(small_house):
    enrolled(small_house)
    browser = Browser(small_house)
    browser.post("/entrar", name="Ana", password=PASSWORD)
    for _ in range(entering.FREE):
        browser.post("/entrar/codigo", on="/entrar/codigo", code="000000")
    right = code(small_house, 1)
    assert browser.post("/entrar/codigo", on="/entrar/codigo", code=right).status_code == 401
    with small_house.db.read() as session:
        assert session.scalars(select(Staff.failures)).one() == entering.FREE


def test_waiting_doubles_up_to_an_hour():
    at = now()
    waits = [entering.wait_until(n, at) for n in (4, 5, 6, 7, 30)]
    minutes = [w and (w - at).total_seconds() / 60 for w in waits]
    assert minutes == [None, 1, 2, 4, 60]


@pytest.mark.parametrize("field, age", [("seen_at", entering.IDLE), ("made_at", entering.LONGEST)])
def test_a_session_ends_unused_and_at_the_end_of_the_day(small_house, field, age):
    browser = sit(small_house)
    assert browser.get("/numeros").status_code == 200
    with small_house.db.write() as session:
        session.execute(update(StaffSession).values({field: now() - age - timedelta(seconds=1)}))
    assert browser.get("/numeros").status_code == 303


def test_who_has_left_is_out_at_once(small_house):
    browser = sit(small_house)
    with small_house.db.write() as session:
        session.execute(update(Staff).values(left_at=now()))
    assert browser.get("/numeros").status_code == 303


def test_the_first_link_is_there_until_somebody_has_a_password(small_house):
    with small_house.db.write() as session:
        assert accounts.first_invite(session, now()) != accounts.first_invite(session, now())
        assert [(s.name, s.role) for s in session.scalars(select(Staff))] == [("admin", Role.ADMINISTRATOR)]
        session.execute(update(Staff).values(password=passwords.hashed(PASSWORD)))
        assert accounts.first_invite(session, now()) is None


def test_after_signing_in_one_never_leaves_the_console(small_house):
    for wanted in ("https://evil.example", "//evil.example", "/\\evil.example"):
        page = Browser(small_house).get(f"/entrar?a={wanted}")
        assert "evil" not in page.text
