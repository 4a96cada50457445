"""Which services help with a need, for whom: the best first, with the reasons. Pure, but for reading the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.services import Service
from bot.referrals.tables import Import, Listed

NEEDS: dict[str, tuple[str, ...]] = {
    "childcare": ("childcare", "social"),
    "mental_health": ("mental_health",),
    "id_documents": ("id_documents",),
    "legal": ("legal",),
    "employment": ("employment",),
    "education": ("education", "scholarship"),
    "health": ("health",),
    "housing": ("housing",),
    "violence": ("gbv",),
    "business": ("entrepreneurship",),
    "money": ("finance",),
    "digital": ("digital_skills",),
    "scholarship": ("scholarship",),
    "crisis": ("crisis",),
}
"""The kinds of service that answer a need."""
AGES = {"14-17": (14, 17), "18-24": (18, 24), "25-29": (25, 29), "30-44": (30, 44), "45+": (45, 120)}
"""Youngest and oldest of each age band."""
FRESH = timedelta(days=180)
"""How long what somebody verified may be said."""
MOST = 3


@dataclass(frozen=True)
class Seeker:
    """Who looks. What is None is not known and shuts no door; `without`: services she declined or that failed."""

    need: str
    state: str | None = None
    municipality: str | None = None
    age_band: str | None = None
    gender: str | None = None
    works: bool | None = None
    children: bool = False
    free_only: bool = False
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """A service for her and why this one: ids of reasons, the weightiest first ("town", "state", "free"…)."""

    service: Service
    reasons: tuple[str, ...]


WEIGHTS = {"town": 8, "state": 4, "first": 3, "phone": 2, "free": 2, "children": 2, "for_you": 1, "url": 1}
"""What counts how much. "first": the kind that answers the need best."""
UNSAID = {"first", "phone", "url"}


def find(services: Iterable[Service], seeker: Seeker, today: date) -> list[Found]:
    """At most three, the best first, whatever the order of the rows."""
    fitting = [s for s in services if is_fresh(s, today) and _fits(s, seeker)]
    ranked = sorted(
        ((_reasons(s, seeker), s) for s in fitting), key=lambda r: (-sum(WEIGHTS[w] for w in r[0]), r[1].id)
    )
    return [Found(s, tuple(w for w in why if w not in UNSAID)) for why, s in ranked[:MOST]]


def is_fresh(service: Service, today: date) -> bool:
    """Whether it was verified lately enough to be told."""
    return service.verified is not None and today - service.verified <= FRESH


def stale(services: Iterable[Service], today: date) -> list[Service]:
    """What must be verified again before learners see it, the longest ago first."""
    old = [s for s in services if not is_fresh(s, today)]
    return sorted(old, key=lambda s: (s.verified or date.min, s.id))


def _fits(service: Service, seeker: Seeker) -> bool:
    return (
        service.kind in NEEDS.get(seeker.need, (seeker.need,))
        and service.id not in seeker.without
        and (not service.states or seeker.state in service.states)
        and (not service.municipalities or seeker.municipality in (None, *service.municipalities))
        and (not seeker.free_only or service.free is True)
        and _for_her(service, seeker)
    )


def _for_her(service: Service, seeker: Seeker) -> bool:
    """A door is shut only by what is surely not so."""
    shut = {"women": seeker.gender == "m", "workers": seeker.works is False, "unemployed": seeker.works is True}
    youngest, oldest = AGES.get(seeker.age_band or "", (0, 120))
    in_age = oldest >= service.from_age and youngest <= service.to_age
    return in_age and (not service.who or not all(shut[group] for group in service.who))


def _reasons(service: Service, seeker: Seeker) -> list[str]:
    kinds = NEEDS.get(seeker.need, (seeker.need,))
    holds = {
        "town": bool(seeker.municipality) and seeker.municipality in service.municipalities,
        "state": bool(seeker.state) and seeker.state in service.states,
        "first": service.kind == kinds[0],
        "phone": bool(service.phone or service.whatsapp),
        "free": service.free is True,
        "children": seeker.children and service.children == "yes",
        "for_you": bool(service.who),
        "url": bool(service.url),
    }
    return [name for name in WEIGHTS if holds[name]]


def listed(session: Session) -> Mapping[str, Service]:
    """The directory as it was imported last, by id; empty before the first import."""
    digest = session.scalar(select(Import.digest).order_by(Import.id.desc()).limit(1))
    if digest is None:
        return {}
    if digest not in _READ:
        rows: Iterable[dict[str, Any]] = session.scalars(select(Listed.row).order_by(Listed.id))
        found = {service.id: service for service in map(Service.model_validate, rows)}
        _READ.clear()
        _READ[digest] = found
    return _READ[digest]


_READ: dict[str, Mapping[str, Service]] = {}
"""The directory of the last import, kept by its digest: the same digest is the same directory."""
