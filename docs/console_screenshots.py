"""Takes the pictures of the console with invented people: docs/img/console-*.png.

    python docs/console_screenshots.py [folder]

Nothing else needs to run: it makes a database of its own, fills it, serves the console and looks at it.
Chromium is taken from $CHROMIUM or /usr/bin/chromium.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import threading
from datetime import timedelta
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.care import incidents
from bot.care.tables import Incident, IncidentKind
from bot.content.library import Bubble
from bot.db import now
from bot.guidance.tables import Answer, Commitment, CommitmentStatus, PathwayChoice, Run, RunStatus
from bot.indicators.reading import YES
from bot.messages.tables import Direction, Message, Status
from bot.migrations import upgrade
from bot.people.tables import Consent, Learner
from bot.referrals.states import State
from bot.referrals.tables import Referral
from bot.review import repair
from bot.runtime import Runtime
from bot.staff import accounts
from bot.staff.roles import Role
from console import entering
from console.app import create_app
from console.door import COOKIE
from docs.console_story import tell
from tests.builders import write
from tests.conftest import make_settings
from tests.fakes import FakeRasa
from tests.messages.working import everything, worker_of

IMAGES = Path(__file__).parent / "img"
PORT = 8797
PEOPLE = 160
SAID = (
    "hola",
    "quiero terminar la prepa pero cuido a mi hermana",
    "¿cuánto se gana de cajera?",
    "mi esposo me pega",
    "no sé qué hacer con mi vida",
    "quiero hablar con una persona",
    "vendo gelatinas en mi casa y quiero crecer",
    "me llamo Lupita y mi cel es 55 1234 5678",
    "ando viendo lo del gelish pa mi negocio",
    "¿y lo del gelish cómo va?",
    "hay tandas por aquí",
    "cómo le entro a una tanda",
)
DOUBTFUL = ("gelish", "tanda", "vida")
ANSWER = Bubble(
    "Gracias por contarme. ¿Qué te gustaría hacer primero?",
    (("Trabajar", "/a"), ("Estudiar", "/b"), ("Mi negocio", "/c")),
    "choose_interview",
)
PAGES = {
    "now": "/ahora",
    "conversations": "/conversaciones",
    "conversation": "/conversaciones/{who}",
    "review": "/revision",
    "examples": "/revision/ejemplos",
    "unread": "/no-entendido",
    "overview": "/panorama?by=pathway",
}
KEPT = {("now", 1440), ("conversation", 1440), ("review", 390), ("overview", 1440), ("overview", 390)}
"""The pictures that the README shows; with a folder of one's own all are made."""


async def talk(house: Runtime) -> None:
    worker = worker_of(house, FakeRasa(answer=lambda _: [ANSWER]))
    for n in range(PEOPLE):
        for words in ("hola", SAID[n % len(SAID)], SAID[(n * 5 + 1) % len(SAID)])[: 3 if n < 40 else 1]:
            write(house, words, sender=f"p{n}", channel=("whatsapp", "telegram", "web")[n % 3])
    await everything(worker)


def understand(session: Session, chance: random.Random) -> None:
    """What an engine would have understood."""
    for message in session.scalars(select(Message).where(Message.direction == Direction.IN)):
        doubt = any(word in (message.masked or "") for word in DOUBTFUL)
        sure = 0.38 if doubt else 0.9 + chance.random() / 12
        ranking = [("choose_pathway", sure), ("help_saving" if "tanda" in (message.masked or "") else "greet", 0.2)]
        message.intent, message.confidence = ranking[0]
        listed = [{"name": name, "confidence": c} for name, c in ranking]
        message.understanding = {"intent": message.intent, "confidence": sure, "ranking": listed}
        message.created_at -= timedelta(days=chance.randrange(40) if doubt else 0)
    for message in session.scalars(select(Message).where(Message.direction == Direction.OUT)):
        message.status = chance.choice((Status.SENT, Status.DELIVERED, Status.READ))


def live(session: Session, chance: random.Random) -> None:
    """What became of them."""
    for n, learner in enumerate(session.scalars(select(Learner).order_by(Learner.id))):
        learner.state, learner.age_band = chance.choice(("OAX", "CMX", "JAL", "CHP")), chance.choice(("18-24", "25-29"))
        learner.gender, learner.group_code = chance.choice("fffm"), chance.choice(("OAX-25", "JAL-25"))
        who, at = {"learner_id": learner.id}, now() - timedelta(days=chance.randrange(1, 220))
        session.add(Consent(**who, purpose="guidance", given=n % 9 > 0, notice_version="1", channel="web", at=at))
        if n % 9 == 0:
            continue
        for block in ("bienvenida", "proyecto", "linea_base"):
            if chance.random() < 0.18:
                run(
                    session,
                    learner.id,
                    block,
                    at,
                    asked={"bienvenida": "edad", "proyecto": "horas"}.get(block, "bl_horas"),
                )
                break
            run(session, learner.id, block, at)
        else:
            go_on(session, learner, at, chance)


def run(session: Session, who: str, block: str, at, asked: str | None = None, wave: str = "start") -> Run:
    status = RunStatus.ACTIVE if asked else RunStatus.DONE
    times = {"started_at": at - timedelta(minutes=random.Random(who).randrange(3, 15)), "changed_at": at}
    made = Run(learner_id=who, interview=block, status=status, asked=asked, wave=wave, **times)
    session.add(made)
    session.flush()
    return made


def go_on(session: Session, learner: Learner, at, chance: random.Random) -> None:
    who, number = {"learner_id": learner.id}, chance.randrange(10**9)
    learner.pathway = chance.choice(("employment", "business", "study"))
    kept = {"scores": {}, "reasons": {}, "content_version": "1", "at": at, "message_id": number}
    session.add(PathwayChoice(**who, chosen=learner.pathway, **kept))
    status = chance.choice((CommitmentStatus.OPEN, CommitmentStatus.DONE))
    session.add(Commitment(**who, words=b"", status=status, at=at, message_id=number))
    state = chance.choice((State.OFFERED, State.ACCEPTED, State.ATTENDED, State.ATTENDED, State.FAILED))
    session.add(Referral(**who, service="s", need="x", status=state, at=at))
    age = (now() - at).days
    for days, wave in ((0, "start"), (30, "30"), (90, "90"), (180, "180")):
        if age < days or (days and chance.random() < 0.25):
            continue
        asked = run(session, learner.id, "linea_base", at + timedelta(days=days), wave=wave)
        for question, good in YES.values():
            value = next(iter(good)) if chance.random() < 0.25 + days / 500 else "no"
            given = {"question": question, "value": value, "wave": wave, "message_id": number, "at": asked.changed_at}
            session.add(Answer(run_id=asked.id, **who, **given))


def fill(house: Runtime) -> tuple[str, str]:
    """Invented people; returns the cookie of somebody who is signed in, and whose conversation to open."""
    asyncio.run(talk(house))
    chance = random.Random(7)
    with house.db.write() as session:
        understand(session, chance)
        live(session, chance)
        eva = accounts.add(session, "Eva", Role.REVIEWER, None, now())
        ana = accounts.add(session, "Ana", Role.ADMINISTRATOR, None, now())
        told = session.scalars(select(Message).where(Message.direction == Direction.IN).order_by(Message.id)).all()
        for n, message in enumerate(told[:60]):
            for reviewer in (ana.id, eva.id)[: 1 + n % 2]:
                repair.judge(session, message, reviewer, (n + reviewer) % 7 > 0, None, True, True, now())
        odd = [m for m in told if "gelish" in (m.masked or "")][:3]
        for message in odd:
            repair.propose(session, message, "want_entrepreneurship", eva.id, now())
        incidents.open_incident(session, told[1].learner_id, told[1].id, IncidentKind.PERSON, now())
        for n, one in enumerate(session.scalars(select(Incident))):
            one.due_at = now() + timedelta(minutes=(-50, 30, 400)[n % 3])
        return entering.start(session, ana, now(), proven=True), tell(session, house.sealer, now())


def shoot(
    browser: Browser, width: int, token: str, who: str, folder: Path, wanted: set[tuple[str, int]] | None
) -> None:
    at = f"http://127.0.0.1:{PORT}"
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="es-MX")
    context.add_cookies([{"name": COOKIE, "value": token, "url": at}])
    page = context.new_page()
    page.on("console", lambda said: print(width, said.type, said.text))
    for name, path in PAGES.items():
        if wanted is None or (name, width) in wanted:
            page.goto(at + path.format(who=who))
            wide = page.evaluate("document.documentElement.scrollWidth")
            page.screenshot(path=folder / f"console-{name}-{width}.png", full_page=wanted is None)
            print(folder / f"console-{name}-{width}.png", "" if wide <= width else f"TOO WIDE: {wide}")
    context.close()


def main(folder: Path, wanted: set[tuple[str, int]] | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        house = Runtime(make_settings(Path(place)))
        upgrade(house.settings.database)
        token, who = fill(house)
        server = uvicorn.Server(uvicorn.Config(create_app(house), port=PORT, log_level="warning", access_log=False))
        serving = threading.Thread(target=server.run)
        serving.start()
        with sync_playwright() as play:
            program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
            for width in (1440, 390):
                shoot(browser, width, token, who, folder, wanted)
            browser.close()
        server.should_exit = True
        serving.join()
        house.db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), None) if len(sys.argv) > 1 else main(IMAGES, KEPT)
