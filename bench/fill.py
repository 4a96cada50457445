"""Fills a database with learners and messages as a year of use would leave them, fast.

.venv/bin/python -m bench.fill sqlite:////tmp/full.db --learners 100000 --messages 10000000
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from rich.progress import track
from sqlalchemy import Connection, Table, create_engine, func, select

from bench.measures import test_set
from bot.db import Base, UtcDateTime
from bot.messages.tables import SCHEDULED, Message
from bot.migrations import upgrade
from bot.people.privacy import Sealer
from bot.people.tables import Address, Consent, Learner

Row = dict[str, Any]
YEAR = timedelta(days=365)
BATCH = 20_000
PLANNED = 4
REPLIES = ("Gracias por contarme. ¿Qué te gustaría hacer primero?", "Te leo. Puedes responder con un número.")


def fill(url: str, learners: int, messages: int, secret: str = secrets.token_hex(32)) -> None:
    """Adds learners with an address and a consent each, and their messages in the order of time, all of them closed.

    Where there are messages, one learner in `PLANNED` has one more that waits for a day to come. One transaction on
    SQLite, COPY on PostgreSQL; indexes stay in place. What is there already stays.
    """
    upgrade(url)
    engine = create_engine(url)
    draw, sealer, start = random.Random(4), Sealer(secret), datetime.now(UTC) - YEAR
    try:
        with engine.connect() as connection:
            write = _sqlite(connection) if url.startswith("sqlite") else _postgres(connection)
            who = [f"{draw.getrandbits(64):016x}" for _ in range(learners)]
            first = (connection.scalar(select(func.max(Address.id))) or 0) + 1
            write(Learner.__table__, _learners(who, start), learners)  # type: ignore[arg-type]
            write(Address.__table__, _addresses(who, first, sealer, draw), learners)  # type: ignore[arg-type]
            write(Consent.__table__, _consents(who, start), learners)  # type: ignore[arg-type]
            after = connection.scalar(select(func.max(Message.id))) or 0
            write(Message.__table__, _messages(who, first, after, messages, sealer, draw, start), messages)  # type: ignore[arg-type]
            planned = len(who) // PLANNED if messages else 0
            write(Message.__table__, _planned(who[:planned], first, after + messages, sealer), planned)  # type: ignore[arg-type]
            connection.exec_driver_sql("COMMIT")
            if connection.dialect.name == "postgresql":  # its own autovacuum would do so within minutes
                connection.exec_driver_sql("ANALYZE")
                connection.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()


def _learners(who: list[str], start: datetime) -> Iterator[Row]:
    return ({"id": one, "created_at": start, "locale": "es-MX", "unsure": 0} for one in who)


def _addresses(who: list[str], first: int, sealer: Sealer, draw: random.Random) -> Iterator[Row]:
    sealed = sealer.seal("whatsapp:+5215500000000")
    for number, one in enumerate(who, first):
        yield {"id": number, "learner_id": one, "channel": "whatsapp", "lookup": f"{draw.getrandbits(256):064x}"} | {
            "sealed": sealed,
            "standing": "open",
            "last_inbound_at": datetime.now(UTC),
        }


def _consents(who: list[str], start: datetime) -> Iterator[Row]:
    agreed = {"purpose": "service", "given": True, "notice_version": "bench", "channel": "whatsapp", "at": start}
    return (agreed | {"learner_id": one} for one in who)


def _messages(
    who: list[str], first: int, after: int, number: int, sealer: Sealer, draw: random.Random, start: datetime
) -> Iterator[Row]:
    """An inbound message and two bubbles in turn, each of some learner, over the year."""
    said = [(intent, text, sealer.seal(text)) for intent, text in test_set()[:300]]
    replies = [(text, sealer.seal(text)) for text in REPLIES]
    step, place, asked = YEAR / max(number, 1), 0, 0
    for n in range(number):
        key, moment = after + n + 1, start + n * step
        part = n % 3 - 1
        if part < 0:
            place, asked = draw.randrange(len(who)), key
            intent, text, sealed = said[draw.randrange(len(said))]
            known = {"intent": intent, "confidence": 0.93, "ranking": [{"name": intent, "confidence": 0.93}]}
            more = {"direction": "in", "status": "done", "understanding": known}
        else:
            text, sealed = replies[part]
            more = {"direction": "out", "status": ("sent", "delivered", "read")[n % 7 % 3], "answers_id": asked}
            more |= {"part": part, "content_id": "greet", "content_version": "bench"}
        who_and_when = {"id": key, "learner_id": who[place], "address_id": first + place, "created_at": moment}
        more |= {"channel": "whatsapp", "not_before": moment, "attempts": 1, "strikes": 0, "kind": "text"}
        provider = f"SM{draw.getrandbits(128):032x}"
        yield who_and_when | more | {"provider_id": provider, "sealed": sealed, "masked": text}


def _planned(who: list[str], first: int, after: int, sealer: Sealer) -> Iterator[Row]:
    now, text = datetime.now(UTC), "¿Cómo te fue con lo que querías hacer?"
    same = {"channel": "whatsapp", "direction": "out", "status": "todo", "kind": SCHEDULED, "attempts": 0, "strikes": 0}
    same |= {"sealed": sealer.seal(text), "masked": text, "created_at": now}
    for n, one in enumerate(who):
        key = {"id": after + n + 1, "learner_id": one, "address_id": first + n}
        yield same | key | {"not_before": now + timedelta(days=1 + n % 30)}


Writer = Callable[[Table, Iterable[Row], int], None]


def _sqlite(connection: Connection) -> Writer:
    raw: Any = connection.connection.dbapi_connection
    raw.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "cache_size=-2000000"):  # KB
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("BEGIN IMMEDIATE")

    def write(table: Table, rows: Iterable[Row], number: int) -> None:
        names, pack = columns(table), packer(table, naive=True)
        marks = ", ".join("?" * len(names))
        insert = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
        raw.executemany(insert, (pack(row) for row in track(rows, f"{table.name}…", total=number)))

    return write


def _postgres(connection: Connection) -> Writer:
    raw: Any = connection.connection.dbapi_connection

    def write(table: Table, rows: Iterable[Row], number: int) -> None:
        names, pack = columns(table), packer(table, naive=False)
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for row in track(rows, f"{table.name}…", total=number):
                copy.write_row(pack(row))
        if "id" in names and table.c.id.type.python_type is int:
            latest = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
            connection.exec_driver_sql(latest)

    return write


def columns(table: Table) -> list[str]:
    """Those that are given, or must not be empty: a number that grows by itself is left to the database."""
    left = {"id"} if table.name == "consent" else set()
    return [column.name for column in table.columns if column.name not in left]


def packer(table: Table, naive: bool) -> Callable[[Row], Sequence[Any]]:
    """A row as a tuple: what is not given gets the column's default, times and JSON get the form a driver takes."""
    whole = [table.c[name] for name in columns(table)]
    default = {c.name: getattr(c.default, "arg", None) if c.default is not None else None for c in whole}
    times = [n for n, c in enumerate(whole) if isinstance(c.type, UtcDateTime)]
    jsons = [n for n, c in enumerate(whole) if c.type.__class__.__name__ == "JSON"]

    def pack(row: Row) -> list[Any]:
        found = [row.get(c, default[c]) for c in default]
        for n in jsons:
            found[n] = None if found[n] is None else json.dumps(found[n])
        for n in times if naive else ():
            found[n] = found[n] and found[n].strftime("%Y-%m-%d %H:%M:%S.%f")
        return found

    return pack


def size(url: str) -> dict[str, int]:
    """Rows by table, of those that are filled here."""
    engine = create_engine(url)
    with engine.connect() as connection:
        counted = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in _filled()}
    engine.dispose()
    return {name: int(number or 0) for name, number in counted.items()}


def _filled() -> list[Table]:
    return [Base.metadata.tables[name] for name in ("learner", "address", "consent", "message")]


def main() -> None:
    says = argparse.ArgumentParser(description=__doc__)
    says.add_argument("url")
    says.add_argument("--learners", type=int, default=100_000)
    says.add_argument("--messages", type=int, default=10_000_000)
    given = says.parse_args()
    fill(given.url, given.learners, given.messages)
    print(size(given.url))


if __name__ == "__main__":
    main()
