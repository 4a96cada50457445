"""The words of a message as they are kept to be looked for."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy.orm import Session

from bot.db import insert_once
from bot.messages.tables import SaidWord

LONGEST = 24
"""Letters of a word that are kept; nobody looks for more."""


def words(masked: str) -> set[str]:
    """Words of three letters and more, without accents or capitals; not what masking put in place of a name."""
    shown = re.sub(r"«\w+»", " ", masked)
    plain = "".join(c for c in unicodedata.normalize("NFKD", shown.casefold()) if not unicodedata.combining(c))
    return {word[:LONGEST] for word in re.findall(r"\w{3,}", plain)}


def remember_words(session: Session, learner_id: str, masked: str) -> None:
    """In order, so that two processes never wait for each other."""
    for word in sorted(words(masked)):
        insert_once(session, SaidWord, {"word": word, "learner_id": learner_id})
