"""The words of a message as they are kept to be looked for."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import cast

from sqlalchemy import Insert, String, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.db import table
from bot.messages.tables import Message, SaidWord

LONGEST = 24
"""Letters of a word that are kept; nobody looks for more."""


def words(masked: str) -> set[str]:
    """Words of three letters and more, without accents or capitals; not what masking put in place of a name."""
    shown = re.sub(r"«\w+»", " ", masked)
    plain = "".join(c for c in unicodedata.normalize("NFKD", shown.casefold()) if not unicodedata.combining(c))
    return {word[:LONGEST] for word in re.findall(r"\w{3,}", plain)}


def remember_words(session: Session, message_id: int, masked: str) -> None:
    """Under whoever the message belongs to now: what it said may have joined two learners into one.

    In order, so that two processes never wait for each other.
    """
    if said := sorted(words(masked)):
        remembering = _remembering(session.get_bind().dialect.name)
        session.connection().execute(remembering, [{"said": word, "message": message_id} for word in said])


@cache
def _remembering(dialect: str) -> Insert:
    """Built once, because building a statement costs more than running it."""
    whose = select(bindparam("said", type_=String), Message.learner_id).where(Message.id == bindparam("message"))
    inserting = (sqlite if dialect == "sqlite" else postgresql).insert
    into = inserting(table(SaidWord)).from_select(["word", "learner_id"], whose)
    return cast(Insert, into.on_conflict_do_nothing())
