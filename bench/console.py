"""How long the console's pages take with a million messages of 100,000 learners.

.venv/bin/python -m bench.console                    (ten minutes; quick look: --quick; one database: --only sqlite)
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastapi
import sqlalchemy
from sqlalchemy import Connection, create_engine, select, text

from bench.grounds import KINDS, ground
from bench.measures import test_set
from bench.speed import head, table, write
from bot.indicators.reading import YES
from bot.messages.tables import Direction, Message
from bot.messages.words import words
from bot.people.tables import Learner
from bot.runtime import Runtime
from bot.staff.roles import Role
from tests.conftest import make_settings
from tests.console.desk import Browser, sit

LEARNERS, MESSAGES, ROUNDS = 100_000, 1_000_000, 60
LIMIT_MS = 300
BLOCKS = ("bienvenida", "proyecto", "linea_base", "camino", "compromisos")
STATES, PATHWAYS = ("OAX", "CMX", "JAL", "CHP", "YUC"), ("employment", "business", "study")


def live(url: str) -> None:
    """What `bench.fill` leaves out: understanding to look for, words, answers, and what became of the learners."""
    engine = create_engine(url)
    with engine.begin() as connection:
        _understand(connection)
        _learners(connection)
        _runs(connection)
        _words(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _understand(connection: Connection) -> None:
    """Three in a hundred were hardly understood, one in a hundred not at all."""
    known = "CASE WHEN id % 300 < 3 THEN 'nlu_fallback' ELSE 'want_education' END"
    sure = "CASE WHEN id % 100 < 3 THEN 0.41 ELSE 0.93 END"
    connection.execute(text(f"UPDATE message SET intent = {known}, confidence = {sure} WHERE direction = 'in'"))


def _learners(connection: Connection) -> None:
    draw = random.Random(5)
    who = connection.scalars(select(Learner.id)).all()
    rows = [
        {"id": one, "s": draw.choice(STATES), "p": draw.choice((*PATHWAYS, None)), "g": f"G{draw.randrange(20)}-25"}
        for one in who
    ]
    connection.execute(text("UPDATE learner SET state = :s, pathway = :p, group_code = :g WHERE id = :id"), rows)
    latest = "SELECT max(created_at) FROM message m WHERE m.address_id = address.id AND m.direction = 'in'"
    connection.execute(text(f"UPDATE address SET last_inbound_at = ({latest})"))


def _runs(connection: Connection) -> None:
    """Five blocks each, one in eight left open, and the questions of the start answered."""
    for number, block in enumerate(BLOCKS):
        is_open = f"(a.id % 8 = {number})"
        connection.execute(
            text(
                "INSERT INTO run (learner_id, interview, status, asked, tries, picks, wave, mending, helped, "
                "started_at, changed_at) "
                f"SELECT l.id, '{block}', CASE WHEN {is_open} THEN 'paused' ELSE 'done' END, "
                f"CASE WHEN {is_open} THEN 'estado' END, 0, '[]', 'start', false, '[]', l.created_at, l.created_at "
                "FROM learner l JOIN address a ON a.learner_id = l.id"
            )
        )
    said = "CASE WHEN id % 3 = 0 THEN '\"si\"' ELSE '\"no\"' END"
    value = said if connection.dialect.name == "sqlite" else f"CAST({said} AS json)"
    for question, _ in YES.values():
        connection.execute(
            text(
                "INSERT INTO answer (run_id, question, learner_id, wave, value, message_id, at) "
                f"SELECT id, '{question}', learner_id, 'start', {value}, "
                "1, changed_at FROM run WHERE interview = 'linea_base' AND status = 'done'"
            )
        )


def _words(connection: Connection) -> None:
    told = connection.execute(select(Message.learner_id, Message.masked).where(Message.direction == Direction.IN))
    found = {(word, learner) for learner, said in told for word in words(said or "")}
    add = text("INSERT INTO said_word (word, learner_id) VALUES (:word, :learner)")
    connection.execute(add, [{"word": word, "learner": learner} for word, learner in sorted(found)])


def visits(browser: Browser, who: list[str], draw: random.Random) -> dict[str, Callable[[], str]]:
    """Addresses of each page, another at every call."""
    said = sorted({word for _, sentence in test_set()[:300] for word in words(sentence)})
    last = browser.get("/conversaciones").text.split("before=")[1].split('"')[0]
    return {
        "now": lambda: "/ahora",
        "list": lambda: draw.choice(("/conversaciones", f"/conversaciones?before={last}")),
        "list, filtered": lambda: f"/conversaciones?state={draw.choice(STATES)}&pathway={draw.choice(PATHWAYS)}",
        "list, one intent": lambda: "/conversaciones?intent=nlu_fallback",
        "list, hardly understood": lambda: "/conversaciones?unsure=1",
        "search, one word": lambda: f"/conversaciones?q={draw.choice(said)}",
        "search, two words": lambda: f"/conversaciones?q={draw.choice(said)}+{draw.choice(said)}",
        "conversation": lambda: f"/conversaciones/{draw.choice(who)}",
        "review": lambda: "/revision",
        "not understood": lambda: "/no-entendido",
        "overview": lambda: f"/panorama?state={draw.choice(STATES)}&by={draw.choice(('pathway', 'cohort', ''))}",
    }


def timed(browser: Browser, path: str) -> float:
    """Milliseconds of one page, templates included, network not."""
    start = time.perf_counter()
    answer = browser.get(path)
    spent = (time.perf_counter() - start) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return spent


def measure(url: str, rounds: int) -> list[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        house = Runtime(make_settings(Path(folder), database_url=url))
        browser, draw = sit(house, role=Role.ADMINISTRATOR), random.Random(6)
        with house.db.read() as session:
            who = list(session.scalars(select(Learner.id).limit(5_000)))
        first = timed(browser, "/panorama")
        rows = [["overview, the first after a start (reads all learners)", "1", f"{first:.0f}", f"{first:.0f}"]]
        for name, path in visits(browser, who, draw).items():
            timed(browser, path())  # what is loaded once
            spent = sorted(timed(browser, path()) for _ in range(rounds))
            p95 = spent[max(round(0.95 * rounds) - 1, 0)]
            rows.append([name, str(rounds), f"{statistics.median(spent):.0f}", f"{p95:.0f}"])
            print(rows[-1], flush=True)
        house.db.close()
    return rows


def main(kinds: tuple[str, ...], learners: int, messages: int, rounds: int, keep: bool) -> None:
    parts = [head("The console at size"), INTRO.format(learners=learners, messages=messages, versions=_versions())]
    for kind in kinds:
        with ground(kind, learners, messages) as on:
            live(on.url)
            found: list[Any] = measure(on.url, rounds)
        parts += [f"\n## {kind}\n", *table(("page", "visits", "median ms", "p95 ms"), found)]
    write("console.md", "\n".join(parts), keep)


INTRO = f"""{{messages:,}} messages of {{learners:,}} learners; {{versions}}. Each page is asked for through the whole
application (sign-in, rights, database, template), one visit after the other, with other words, people and filters each
time. Wanted: 95 of 100 visits under {LIMIT_MS} ms. The overview's numbers are read at most every ten minutes, and after
the first time nobody waits for that: older ones are shown meanwhile."""


def _versions() -> str:
    return f"SQLAlchemy {sqlalchemy.__version__}, FastAPI {fastapi.__version__}"


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--quick", action="store_true")
    reader.add_argument("--only", choices=KINDS)
    asked = reader.parse_args()
    size = (2_000, 20_000, 10) if asked.quick else (LEARNERS, MESSAGES, ROUNDS)
    main((asked.only,) if asked.only else KINDS, *size, keep=not asked.quick)
