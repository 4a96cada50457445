"""What the decisions of guidance are made with: one file each under `content/<locale>/`, read and checked together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.content.figures import Reckoning, Wages
from bot.content.lessons import LessonPaths
from bot.content.models import Strict
from bot.content.money import Money
from bot.content.rehearsal import Business, Curriculum, Practice
from bot.content.traits import Interests, Strengths, Values
from bot.content.work import Occupations, Routes


class Guide(Strict):
    """The rows that the functions of `bot/guidance` are given; each field is the file of its name."""

    wages: Wages
    assumptions: Reckoning
    occupations: Occupations
    routes: Routes
    interests: Interests
    values: Values
    strengths: Strengths
    business: Business
    curriculum: Curriculum
    practice: Practice
    lesson_paths: LessonPaths
    money: Money


def read_guide(home: Path, parse: Callable[[Path, Any], Any]) -> Guide:
    """All of them; `parse(file, model)` reads one and raises when it is wrong."""
    shapes = {name: field.annotation for name, field in Guide.model_fields.items()}
    return Guide(**{name: parse(home / f"{name}.yml", shape) for name, shape in shapes.items()})
