"""The tracking database: one engine a process, short transactions, SQLite or PostgreSQL."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, cast

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    Update,
    bindparam,
    create_engine,
    event,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import ReturningInsert

BUSY_MS = 5_000
"""How long SQLite waits for another writer before it gives up."""
KEPT, CROWD = 5, 30
"""Connections to SQLite that stay open, and at most. Each fills a cache of 2 MB in time, so the one
used last is used next; to open one takes 0.2 ms."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times in and out, UTC in the database. A naive time is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = BigInteger().with_variant(Integer, "sqlite")
"""A growing number. SQLite only counts up by itself in an INTEGER."""


def _values(kind: type[enum.Enum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """Parent of every table. Enumerations are stored as their words, so that a new one needs no migration."""

    type_annotation_map: ClassVar = {enum.Enum: Enum(enum.Enum, native_enum=False, length=20, values_callable=_values)}

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def now() -> datetime:
    """The present moment, aware. Rules take it as an argument; only the edges call this."""
    return datetime.now(UTC)


class Database:
    """Opens transactions. `write` takes SQLite's write lock at once, so that it never has to be upgraded half-way."""

    def __init__(self, url: str) -> None:
        self.engine = _sqlite(url) if url.startswith("sqlite") else _postgres(url)
        self._immediate = self.engine.execution_options(immediate=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Commits at the end of the block; nothing is kept when it raises. Never wait for the network inside."""
        with Session(self._immediate, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _postgres(url: str) -> Engine:
    return create_engine(url, pool_size=10, pool_pre_ping=True, hide_parameters=True)  # logged errors without words


def _sqlite(url: str) -> Engine:
    waiting = {"timeout": BUSY_MS / 1000, "check_same_thread": False}
    pool = {"pool_size": KEPT, "max_overflow": CROWD - KEPT}
    engine = create_engine(url, connect_args=waiting, hide_parameters=True, pool_use_lifo=True, **pool)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # sqlite3 would begin by itself, and late
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def table(of: type[Base]) -> Table:
    """The table itself: statements on it cost a third of those on the class, and touch no loaded object."""
    return cast(Table, of.__table__)


def insert_once(session: Session, into: type[Base], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one like it is there already (any unique key). True when it was new."""
    statement = _inserting(session.get_bind().dialect.name, table(into))
    return session.connection().execute(statement, values).first() is not None


def change(session: Session, of: type[Base], where: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Set `values` where all of `where` are as given; what is loaded does not hear of it. True when any were."""
    statement = _changing(table(of), tuple(where), tuple(values))
    given = {f"is_{name}": value for name, value in where.items()}
    return session.connection().execute(statement, {**given, **values}).rowcount > 0


# Building a statement costs more than running it, so each is built once.


@cache
def _inserting(dialect: str, into: Table) -> ReturningInsert[Any]:
    kind = postgresql if dialect == "postgresql" else sqlite
    inserting: ReturningInsert[Any] = kind.insert(into).on_conflict_do_nothing().returning(*into.primary_key)
    return inserting


@cache
def _changing(of: Table, where: tuple[str, ...], values: tuple[str, ...]) -> Update:
    same = (of.c[name] == bindparam(f"is_{name}", type_=of.c[name].type) for name in where)
    return update(of).where(*same).values({name: bindparam(name, type_=of.c[name].type) for name in values})
