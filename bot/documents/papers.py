"""Everything that can be made, by the name under which a message asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.documents.agenda import agenda
from bot.documents.chart import chart
from bot.documents.project import card, project
from bot.documents.saving import saving
from bot.documents.school import school_plan
from bot.documents.work import business_plan, curriculum

PNG, PDF, ICS = "image/png", "application/pdf", "text/calendar"
NAMES = {PNG: "rumbo.png", PDF: "rumbo.pdf", ICS: "rumbo.ics"}
"""What the files are called. Nothing in a name says what is in them: others may see her telephone."""


@dataclass(frozen=True)
class Paper:
    """How one is made: `draw` takes its dataclass and returns its bytes, the same for the same."""

    content_type: str
    draw: Callable[[Any], bytes]

    @property
    def name(self) -> str:
        return NAMES[self.content_type]


PAPERS: Mapping[str, Paper] = {
    "card": Paper(PNG, card),
    "project": Paper(PDF, project),
    "curriculum": Paper(PDF, curriculum),
    "business_plan": Paper(PDF, business_plan),
    "study_plan": Paper(PDF, school_plan),
    "chart": Paper(PNG, chart),
    "saving": Paper(PNG, saving),
    "agenda": Paper(ICS, agenda),
}
