"""`rumbo referrals report`: the referrals of the database as cases, and the report as a table or CSV."""

from __future__ import annotations

import csv
from pathlib import Path

from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cells import cell
from bot.people.tables import Learner
from bot.referrals.reporting import COUNTS, FEW, Case, Line
from bot.referrals.states import State
from bot.referrals.tables import Referral, ReferralEvent

BASE = {"accepted": "offered", "attended": "accepted", "resolved": "attended", "failed": "accepted"}
"""Of what each count is a share."""
HIDDEN = f"<{FEW}"


def cases(session: Session) -> list[Case]:
    """Every referral with every state it was in; of a private one neither service nor need."""
    been: dict[int, set[State]] = {}
    for number, after in session.execute(select(ReferralEvent.referral_id, ReferralEvent.after)):
        been.setdefault(number, set()).add(State(after))
    rows = session.execute(select(Referral, Learner.state).join(Learner, Learner.id == Referral.learner_id))
    return [
        Case(one.learner_id, one.service, one.need, state, frozenset({*been.get(one.id, ()), one.status}), one.status)
        for one, state in rows
    ]


def table(lines: list[Line]) -> Table:
    """For reading: each count with its share of what it is counted of."""
    shown = Table("by", "key", *COUNTS)
    for line in lines:
        shown.add_row(line.by, line.key, *(_told(line, count) for count in COUNTS))
    return shown


def _told(line: Line, count: str) -> str:
    here, whole = line.counts[count], line.counts[BASE[count]] if count in BASE else None
    if here is None:
        return HIDDEN
    return f"{here} of {whole} ({here / whole:.0%})" if whole else str(here)


def write(lines: list[Line], file: Path) -> None:
    """For counting on: one row a line, `<5` where a count is hidden."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("by", "key", *COUNTS))
        for line in lines:
            counts = (line.counts[count] for count in COUNTS)
            writer.writerow((line.by, cell(line.key), *(HIDDEN if n is None else n for n in counts)))
