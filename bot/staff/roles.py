"""What somebody of the team may be. By itself, since the command line offers them without knowing any table."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody of the team is; what each may do stands in `console/rights.py`."""

    COUNSELLOR = "counsellor"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
