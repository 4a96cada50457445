"""How Alembic reaches the database. Run through `bot.migrations.upgrade`."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum, create_engine, pool

import bot.care.tables
import bot.guidance.tables
import bot.messages.tables
import bot.people.tables
import bot.review.tables
import bot.staff.case_tables
import bot.staff.tables  # noqa: F401 -- importing registers the tables
from bot.db import Base, UtcDateTime


def plain(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations name plain column types, so that they do not change when our own types do."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    return False


def run() -> None:
    engine = create_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_item=plain)
        with context.begin_transaction():
            context.run_migrations()


run()
