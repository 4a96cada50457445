"""The code of the group she comes with: how it is written, and the messages that links write for her."""

from __future__ import annotations

import re

LONGEST = 24
HELLO = "hola"
"""What a message that only brings a code stands for."""
LINK = re.compile(r"\s*/start\s+([\w-]{1,64})\s*")
"""What a deep link of Telegram sends: a slash nobody types by accident."""
SENTENCE = re.compile(
    r"\W*(?:hola|buen[oa]s?(?: d[ií]as| tardes| noches)?)?\W*mi grupo es(?: el)?\W+([\w-]{2,64})\W*", re.IGNORECASE
)
"""What the chat page and a prefilled WhatsApp text say: "Hola, mi grupo es JAL-25"."""


def code_of(words: str) -> str | None:
    """A code as it is written on paper, capitals, digits and hyphens; None when there is nothing of it."""
    return re.sub(r"[^A-Z0-9-]", "", words.upper().replace("_", "-"))[:LONGEST].strip("-") or None


def brought(text: str) -> str | None:
    """The code in a message that is nothing but a greeting with a code. "Mi grupo es pequeño" has none."""
    if found := LINK.fullmatch(text):
        return code_of(found[1])
    found = SENTENCE.fullmatch(text)
    return code_of(found[1]) if found and (found[1].isupper() or re.search(r"\d", found[1])) else None
