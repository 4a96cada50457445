"""The outcomes as CSV, under made-up names: for the organisation's own tables and reports."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cells import cell
from bot.content.blocks import CV
from bot.export_offered import OFFERED, Rows, Table
from bot.guidance.tables import (
    Answer,
    Commitment,
    CommitmentEvent,
    Milestone,
    PathwayChoice,
    Pick,
    Run,
)
from bot.people.masking import mask
from bot.people.privacy import Sealer
from bot.people.tables import Address, Consent, Learner
from bot.runtime import Runtime


def export_to(folder: Path, house: Runtime) -> dict[Path, int]:
    """Write one file a table. Returns how many rows went into each."""
    folder.mkdir(parents=True, exist_ok=True)
    with house.db.read() as session:
        return {
            folder / f"{name}.csv": _write(folder / f"{name}.csv", columns, rows(session, house.sealer))
            for name, (columns, rows) in TABLES.items()
        }


def _write(file: Path, columns: tuple[str, ...], rows: Rows) -> int:
    found = list(rows)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows({k: cell(v) for k, v in row.items()} for row in found)
    return len(found)


def learners(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(Learner).order_by(Learner.created_at)):
        consent = session.scalars(
            select(Consent).where(Consent.learner_id == one.id).order_by(Consent.id.desc()).limit(1)
        ).first()
        channels = session.scalars(select(Address.channel).where(Address.learner_id == one.id))
        done = session.scalars(select(Run.interview).where(Run.learner_id == one.id, Run.status == "done"))
        yield {
            "learner": one.id,
            "since": one.created_at.isoformat(),
            "channels": " ".join(sorted(set(channels))),
            "consent": consent.given if consent else None,
            "consent_version": consent.notice_version if consent else None,
            "consent_at": consent.at.isoformat() if consent else None,
            "age_band": one.age_band,
            "state": one.state,
            "municipality": one.municipality,
            "gender": one.gender,
            "group_code": one.group_code,
            "pathway": one.pathway,
            "blocks_done": " ".join(dict.fromkeys(done)),
            "opted_out": one.opted_out_at.isoformat() if one.opted_out_at else None,
        }


NAMES = frozenset({"nombre", f"{CV}nombre"})
"""Questions that ask for her name and how to reach her: that leaves for nobody."""


def answers(session: Session, sealer: Sealer) -> Rows:
    """Free words are masked on the way out; a question she skipped has neither value nor words."""
    rows = select(Answer, Run.interview).join(Run, Run.id == Answer.run_id).order_by(Answer.at)
    for answer, interview in session.execute(rows):
        words = mask(sealer.unseal(answer.words)).text if answer.words and answer.question not in NAMES else None
        yield {
            "learner": answer.learner_id,
            "interview": interview,
            "question": answer.question,
            "wave": answer.wave,
            "value": answer.value,
            "words": words,
            "at": answer.at.isoformat(),
        }


def choices(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(PathwayChoice).order_by(PathwayChoice.at)):
        yield {
            "learner": one.learner_id,
            "chosen": one.chosen,
            "suggested": one.suggested,
            "scores": one.scores,
            "reasons": one.reasons,
            "against": one.against,
            "best": " ".join(one.best),
            "weights_version": one.weights_version,
            "content_version": one.content_version,
            "at": one.at.isoformat(),
        }


def commitments(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(Commitment).order_by(Commitment.at)):
        yield {
            "learner": one.learner_id,
            "commitment": one.id,
            "step": one.step,
            "words": _masked(sealer, one.words),
            "day": one.day,
            "hour": one.hour,
            **{name: _masked(sealer, getattr(one, name)) for name in ("place", "company", "obstacle", "if_then")},
            "status": one.status,
            "at": one.at.isoformat(),
        }


def _masked(sealer: Sealer, words: bytes | None) -> str | None:
    return mask(sealer.unseal(words)).text if words else None


def follow_ups(session: Session, sealer: Sealer) -> Rows:
    """What became of each commitment, in order."""
    for one in session.scalars(select(CommitmentEvent).order_by(CommitmentEvent.at, CommitmentEvent.id)):
        what = {"commitment": one.commitment_id, "what": one.what, "reason": one.reason}
        yield {"learner": one.learner_id, **what, "at": one.at.isoformat()}


def milestones(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(Milestone).order_by(Milestone.at)):
        told = {"words": _masked(sealer, one.words), "evidence": _masked(sealer, one.evidence)}
        yield {"learner": one.learner_id, "kind": one.kind, "day": one.day, **told, "at": one.at.isoformat()}


def life_projects(session: Session, sealer: Sealer) -> Rows:
    """The answers of the life project, one row a learner and question, the latest of each."""
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    rows = select(Answer, Run.interview).join(Run, Run.id == Answer.run_id)
    for answer, interview in session.execute(rows.where(Run.interview.in_(PROJECT)).order_by(Answer.at, Answer.run_id)):
        given = {"value": answer.value, "words": _masked(sealer, answer.words), "at": answer.at.isoformat()}
        row = {"learner": answer.learner_id, "block": interview, "question": answer.question, **given}
        latest[answer.learner_id, answer.question] = row
    yield from latest.values()


PROJECT = ("proyecto", "tengo", "gusta", "importa", "futuro", "estorbos")
"""The blocks of the life project."""


def picks(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(Pick).order_by(Pick.at, Pick.id)):
        what = {"kind": one.kind, "item": one.item, "content_version": one.content_version}
        yield {"learner": one.learner_id, **what, "at": one.at.isoformat()}


TABLES: dict[str, Table] = {
    "learners": (
        (
            "learner",
            "since",
            "channels",
            "consent",
            "consent_version",
            "consent_at",
            "age_band",
            "state",
            "municipality",
            "gender",
            "group_code",
            "pathway",
            "blocks_done",
            "opted_out",
        ),
        learners,
    ),
    "answers": (("learner", "interview", "question", "wave", "value", "words", "at"), answers),
    "choices": (
        (
            "learner",
            "chosen",
            "suggested",
            "scores",
            "reasons",
            "against",
            "best",
            "weights_version",
            "content_version",
            "at",
        ),
        choices,
    ),
    "life_projects": (("learner", "block", "question", "value", "words", "at"), life_projects),
    "commitments": (
        (
            "learner",
            "commitment",
            "step",
            "words",
            "day",
            "hour",
            "place",
            "company",
            "obstacle",
            "if_then",
            "status",
            "at",
        ),
        commitments,
    ),
    "follow_ups": (("learner", "commitment", "what", "reason", "at"), follow_ups),
    "milestones": (("learner", "kind", "day", "words", "evidence", "at"), milestones),
    "picks": (("learner", "kind", "item", "content_version", "at"), picks),
    **OFFERED,
}
"""Each file: its columns, and where its rows come from. docs/data.md explains every column."""
