"""All that is kept of one person, opened, for herself: every table that has her id, as erasure finds them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, select
from sqlalchemy.orm import Session

from bot.db import Base
from bot.people.privacy import Sealer

LEFT_OUT = frozenset({"said_word", "turn", "link_code", "confirm_link", "seen"})
"""Copies of her messages made for looking and for repeating, one-time codes, and which colleague read when."""
MARKS = {"busy_since", "busy_until", "attempts", "strikes", "asked_id", "learner_id"}
HIDDEN = frozenset({"lookup", "alias_lookup", "masked", *MARKS})
"""Hashes and the machinery's own marks: nothing about her."""


def everything(session: Session, sealer: Sealer, learner_id: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by table, in the order of the tables' names; sealed words are opened."""
    tables = [t for t in Base.metadata.sorted_tables if "learner_id" in t.c and t.name not in LEFT_OUT]
    found = {"learner": _rows(session, sealer, Base.metadata.tables["learner"], "id", learner_id)}
    found |= {t.name: _rows(session, sealer, t, "learner_id", learner_id) for t in sorted(tables, key=lambda t: t.name)}
    return {name: rows for name, rows in found.items() if rows}


def _rows(session: Session, sealer: Sealer, table: Table, key: str, learner_id: str) -> list[dict[str, Any]]:
    mine = select(table).where(table.c[key] == learner_id).order_by(*table.primary_key)
    shown = [column for column in table.c if column.name not in HIDDEN]
    return [
        {column.name: _plain(sealer, column, row[column]) for column in shown if row[column] is not None}
        for row in session.execute(mine).mappings()
    ]


def _plain(sealer: Sealer, column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, LargeBinary):
        return sealer.unseal(value) if value else ""
    return value.isoformat() if isinstance(value, datetime | date) else value
