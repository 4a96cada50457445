"""What she picked from what she was shown: an occupation, a way to study, an idea. A change of mind is a new row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.db import insert_once
from bot.guidance.tables import Pick

if TYPE_CHECKING:
    from bot.guidance.facts import Person

OCCUPATION, ROUTE, IDEA = "occupation", "route", "idea"
OWN = "own"
"""An item of hers that is none of ours."""
COUNTED = "counted"
"""The pathway whose year in pesos she looked at last."""


def pick(person: Person, kind: str, item: str, message_id: int) -> None:
    """Keep a pick, once for a message however often it is read."""
    values = {"learner_id": person.learner.id, "message_id": message_id, "kind": kind, "item": item}
    insert_once(person.session, Pick, values | {"content_version": person.content.version, "at": person.at})


def picked(person: Person, kind: str) -> str | None:
    """The id she picked last; None when she has not, or let it go."""
    found = latest(person, kind)
    return found.item if found else None


def latest(person: Person, kind: str) -> Pick | None:
    """What she picked last, with its day."""
    mine = (Pick.learner_id == person.learner.id, Pick.kind == kind)
    return person.session.scalars(select(Pick).where(*mine).order_by(Pick.id.desc()).limit(1)).first()
