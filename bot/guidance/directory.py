"""Which service helps with a need in a state. Only what `services.csv` holds, and only telephones verified there."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.content.services import Service
from bot.language import fold

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


def find(
    services: Iterable[Service],
    need: str,
    state: str | None,
    without: Collection[str] = (),
    municipality: str | None = None,
) -> list[Service]:
    """Services for a need that reach a place, best first: of her own state, then with a number to call."""
    kinds = NEEDS.get(need, (need,))
    fitting = [s for s in services if s.kind in kinds and s.id not in without and reaches(s, state, municipality)]
    return sorted(fitting, key=lambda s: (not s.states, kinds.index(s.kind), not (s.phone or s.whatsapp), not s.url))


def reaches(service: Service, state: str | None, municipality: str | None) -> bool:
    """Whether it is for people of a state and, where it names some, of a municipality; names are compared folded."""
    if service.states and state not in service.states:
        return False
    return not service.municipalities or fold(municipality or "") in map(fold, service.municipalities)
