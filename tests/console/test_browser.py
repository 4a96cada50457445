"""The console in a real Chromium: what somebody of the team does in a day, by clicking and typing.

Skipped where there is no Chromium: install Debian's package `chromium`, or say in $CHROMIUM where it is.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import which

import pyotp
import pytest
import uvicorn
from sqlalchemy import select, update

from bot.care import incidents
from bot.care.tables import Incident, IncidentKind, Outcome
from bot.db import now
from bot.messages.tables import Direction, Message
from bot.migrations import upgrade
from bot.people.tables import Address
from bot.review.sentences import known
from bot.runtime import Runtime
from bot.staff import accounts
from bot.staff.roles import Role
from bot.staff.tables import Staff
from console.app import create_app
from tests.builders import learner_id
from tests.conftest import make_settings
from tests.console.browsing import House, acts
from tests.console.desk import PASSWORD
from tests.flows.vendors import Vendor
from tests.review.conftest import places as places
from tests.web.calls import ON

CHROMIUM = os.environ.get("CHROMIUM") or which("chromium") or ""
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (make test installs it)")
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).is_file(), reason="there is no Chromium (apt install chromium)")

PHONE, CHAT = "+5215550001111", "987654"
SAID = "ando viendo lo del gelish pa mi negosio"


@pytest.fixture
def house(tmp_path, places) -> Iterator[House]:
    with Vendor() as vendor:
        at = dict.fromkeys(("twilio_api_base_url", "twilio_content_base_url", "telegram_api_base_url"), vendor.url)
        rumbo = Runtime(make_settings(tmp_path, **(ON | at)))
        upgrade(rumbo.settings.database)
        app = create_app(rumbo)
        app.state.places = places
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False))
        serving = threading.Thread(target=server.run)
        serving.start()
        while not server.started:
            assert serving.is_alive()
        port = server.servers[0].sockets[0].getsockname()[1]
        yield House(rumbo, vendor, f"http://127.0.0.1:{port}")
        server.should_exit = True
        serving.join()
        rumbo.db.close()


@pytest.fixture
def page(house) -> Iterator:
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = browser.new_page(base_url=house.url, viewport={"width": 390, "height": 840})
        found.set_default_timeout(10_000)
        problems: list[str] = []
        found.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        yield found
        browser.close()
        assert [p for p in problems if "Content Security Policy" in p or "Uncaught" in p] == []


def sign_in(house: House, page, name: str = "Ana", role: Role = Role.ADMINISTRATOR) -> None:
    """By the link of the invitation, a password and a code."""
    with house.rumbo.db.write() as session:
        token = accounts.invite(session, accounts.add(session, name, role, None, now()), now())
    page.goto(f"/invitacion/{token}")
    for box in ("password", "again"):
        page.fill(f"[name={box}]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/entrar/codigo")
    staff = house.one(select(Staff).where(Staff.name == name))
    page.fill("[name=code]", pyotp.TOTP(house.rumbo.sealer.unseal(staff.totp)).now())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/entrar" not in url)


@pytest.mark.parametrize("channel, sender", [("whatsapp", PHONE), ("telegram", CHAT)])
def test_a_conversation_is_found_read_taken_over_and_handed_back(house, page, channel, sender):
    house.learn((channel, sender, "me llamo Guadalupe y vendo gelatinas"), ("web", "otra", "quiero trabajo"))
    understood = {"intent": "want_entrepreneurship", "confidence": 0.87, "ranking": []}
    with house.rumbo.db.write() as session:
        session.execute(update(Message).where(Message.direction == Direction.IN).values(understanding=understood))
        session.execute(update(Address).values(last_inbound_at=now()))
    sign_in(house, page)
    page.goto("/conversaciones")
    page.fill("[name=q]", "gelatinas")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=gelatinas**")
    assert page.locator(".rows a").count() == 1
    page.click(".rows a")
    who = learner_id(house.rumbo, sender, channel)
    page.wait_for_url(f"**/conversaciones/{who}")
    cause = page.locator(".turn.in .cause").first.inner_text()
    assert "want_entrepreneurship" in cause and "0.87" in cause and "Guadalupe" not in page.content()

    page.click("text=Tomar la conversación")
    page.fill("#escribir textarea[name=text]", "Hola, soy Ana. ¿Te llamo mañana?")
    page.click("#escribir >> text=Enviar")
    page.wait_for_selector("text=Escrito por Ana")
    house.send()
    to = f"whatsapp:{sender}" if channel == "whatsapp" else sender
    heard = [one.text for one in house.vendor.sent[to] or house.vendor.sent[sender]]
    assert heard[-1] == "Hola, soy Ana. ¿Te llamo mañana?" and any("soy Ana, del equipo" in text for text in heard)

    page.click("summary:has-text('Devolver a Rumbo')")
    page.click("#escribir button:has-text('Devolver a Rumbo')")
    page.wait_for_selector("text=Tomar la conversación")
    assert acts(house)[-3:] == ["taken_over", "wrote", "handed_back"]


def test_a_held_conversation_counts_the_window_down_and_shows_what_she_writes(house, page):
    house.learn(("whatsapp", PHONE, "hola"))
    wrote_before(house, timedelta(hours=23, minutes=30))
    sign_in(house, page)
    page.goto(f"/conversaciones/{learner_id(house.rumbo, PHONE, 'whatsapp')}")
    page.click("text=Tomar la conversación")
    left = page.locator("#ventana strong")
    left.wait_for()
    first = left.inner_text()
    assert re.fullmatch(r"00:\d\d:\d\d", first.strip())
    page.wait_for_function("first => document.querySelector('#ventana strong').textContent.trim() < first", arg=first)
    house.learn(("whatsapp", PHONE, "sigo aquí esperando"))  # and the page is not touched
    page.wait_for_selector("#turnos >> text=sigo aquí esperando")
    page.wait_for_function("document.querySelector('#ventana strong').textContent.startsWith('23:')")

    wrote_before(house, timedelta(hours=25))
    page.reload()
    page.click("text=Escribirle con una plantilla aprobada")
    page.wait_for_selector("text=Todavía no hay textos aprobados")


def wrote_before(house: House, span: timedelta) -> None:
    with house.rumbo.db.write() as session:
        session.execute(update(Address).values(last_inbound_at=now() - span))


def test_an_original_is_revealed_for_a_reason(house, page):
    house.learn(("web", "ella", "me llamo Guadalupe y vendo gelatinas"))
    sign_in(house, page)
    page.goto(f"/conversaciones/{learner_id(house.rumbo, 'ella', 'web')}")
    page.click(".turn.in summary")
    page.fill(".turn.in [name=reason]", "la llamo hoy por su cita")
    page.click(".turn.in button:has-text('Mostrar')")
    page.wait_for_selector(".original")
    assert "Guadalupe" in page.locator(".original").inner_text()
    assert acts(house)[-1] == "revealed"


def test_an_incident_is_closed_with_what_came_of_it(house, page):
    house.learn(("web", "ella", "hola"))
    who = learner_id(house.rumbo, "ella", "web")
    with house.rumbo.db.write() as session:
        incidents.open_incident(session, who, session.scalars(select(Message.id)).first(), IncidentKind.PERSON, now())
    sign_in(house, page)
    page.goto("/ahora")
    page.click("summary:has-text('Cerrar')")
    page.select_option("[name=outcome]", Outcome.ACCOMPANIED.value)
    page.click("button[value=close]")
    page.wait_for_selector("text=Nadie espera")
    assert house.one(select(Incident)).outcome is Outcome.ACCOMPANIED


def test_what_was_wrong_becomes_an_accepted_example(house, page, places):
    house.learn(("web", "ella", SAID))
    with house.rumbo.db.write() as session:
        session.execute(update(Message).where(Message.direction == Direction.IN).values(confidence=0.2))
    sign_in(house, page)
    page.goto("/revision")
    assert not page.locator("[name=should]").is_visible()
    page.check("[name=right][value=no]")
    page.select_option("[name=should]", "want_entrepreneurship")
    page.click("button[value=propose]")
    page.wait_for_selector("text=No queda nada por revisar")
    page.click("text=Ejemplos")
    page.click("button[value=accept]")
    page.wait_for_selector(".lines .tag")
    assert [name for _, name, said in known(places) if SAID in said] == ["want_entrepreneurship"]


def test_the_overview_opens_a_meaning_and_fits_a_phone(house, page):
    house.learn(*(("web", f"p{n}", "hola") for n in range(8)))
    sign_in(house, page)
    page.goto("/panorama?by=channel")
    meaning = page.locator("details.means p").first
    assert not meaning.is_visible()
    page.locator("details.means summary").first.focus()
    page.keyboard.press("Enter")
    assert meaning.is_visible() and re.search(r"\b8\b", page.locator(".big").first.inner_text())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
