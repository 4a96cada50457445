"""Whether what a verified call says can be kept: the services document plain ids, and a database holds no others."""

from __future__ import annotations

import math

from channels.base import Gone, Inbound, Receipt, Unreadable

MAX_ID = 128
"""Characters of an id; the longest the services document are under 70, and `Message.provider_id` holds this many."""


def readable(items: list[Inbound | Receipt | Gone]) -> list[Inbound | Receipt | Gone]:
    """The same items. Raises `Unreadable` for one that could not be saved, so that it is not sent for ever."""
    for item in items:
        if not all(map(_is_id, _ids(item))) or (isinstance(item, Inbound) and not _is_said(item)):
            raise Unreadable("an id, a text or a place that is none")
    return items


def _ids(item: Inbound | Receipt | Gone) -> list[str]:
    if isinstance(item, Inbound):
        return [item.provider_id, item.sender, *([item.alias] if item.alias is not None else [])]
    return [item.provider_id if isinstance(item, Receipt) else item.sender]


def _is_id(value: object) -> bool:
    """Printable, so no NUL (PostgreSQL refuses it) and no half of a pair (no database can write it)."""
    return isinstance(value, str) and 0 < len(value) <= MAX_ID and value.isprintable()


def _is_said(item: Inbound) -> bool:
    """The types are checked because a vendor's library hands on whatever stood in the JSON."""
    place = item.place or ()
    numbers = all(isinstance(n, int | float) and math.isfinite(n) for n in place)
    return isinstance(item.text, str) and isinstance(item.choice, str | None) and numbers
