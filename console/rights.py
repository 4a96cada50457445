"""Who may do what: one table. Every route names the right it needs, and a test tries every role on every route."""

from __future__ import annotations

from enum import StrEnum

from bot.staff.roles import Role


class Right(StrEnum):
    NUMBERS = "numbers"
    """How things are, as counts."""
    SEE = "see"
    """Read conversations, masked."""
    NOTE = "note"
    """Write a note for colleagues."""
    ACT = "act"
    """Acknowledge, assign and close incidents."""
    REVEAL = "reveal"
    """See an original or a number, with a reason."""
    WRITE = "write"
    """Take a conversation over."""
    EXPORT = "export"
    DATA = "data"
    """Hand out, join and erase all that is kept of one person."""
    REVIEW = "review"
    """Judge turns, and propose training sentences."""
    EDIT = "edit"
    """Accept training sentences."""
    AUDIT = "audit"
    """Read the audit log."""
    PEOPLE = "people"
    """Add and remove people of the team."""


ACCOMPANY = frozenset({Right.NUMBERS, Right.SEE, Right.NOTE, Right.ACT, Right.REVEAL, Right.WRITE})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.COUNSELLOR: ACCOMPANY,  # and only in her own cohort
    Role.REVIEWER: frozenset({Right.NUMBERS, Right.SEE, Right.NOTE, Right.REVIEW}),
    Role.EDITOR: frozenset({Right.NUMBERS, Right.REVIEW, Right.EDIT}),
    Role.COORDINATOR: ACCOMPANY | {Right.EXPORT, Right.DATA, Right.AUDIT, Right.REVIEW},
    Role.ADMINISTRATOR: frozenset(Right),  # who can add a coordinator can be one; the audit log is what protects
}
