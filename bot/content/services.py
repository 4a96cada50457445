"""The shape of a row of `services.csv`, and reading the file: every mistake is named with its row and column."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from bot.content.models import Strict

MANY = ("states", "municipalities", "who")
"""Columns with several values, `;` between them."""
UNKNOWN = ("from_age", "to_age", "free", "verified")
"""Columns of which an empty cell says nothing."""
TELEPHONE = re.compile(r"(?:\+?52)?\d{10}|\*?\d{3}")
"""Without its spaces: ten digits, or three of a line such as 079 or *765."""
Who = Literal["women", "workers", "unemployed"]


class Service(Strict):
    """A service. `phone` and `whatsapp` are empty unless they were verified in a dated source.

    `states` and `municipalities` empty: everywhere. `who` empty: everyone; else any of them. Ages in years, both in.
    `verified`: when somebody last looked whether all of this is true, ISO; `verified_by`: who that was.
    """

    id: str = Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")
    name: str = Field(min_length=1)
    kind: str = Field(min_length=1, max_length=24)
    offers: str = Field(min_length=1)
    states: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    who: tuple[Who, ...] = ()
    from_age: int = Field(default=0, ge=0, le=120)
    to_age: int = Field(default=120, ge=0, le=120)
    children: Literal["", "yes", "no"] = ""
    """Whether children can come along; empty while unknown."""
    phone: str = ""
    whatsapp: str = ""
    url: str = ""
    hours: str = ""
    cost: str = ""
    free: bool | None = None
    eligibility: str = ""
    documents: str = ""
    source: str = Field(min_length=1)
    as_of: str = Field(min_length=4)
    confidence: Literal["", "high", "medium", "low"] = ""
    """How well the source speaks for what stands here, as the one judged who wrote it down."""
    verified: date | None = None
    verified_by: str = ""

    @field_validator("phone", "whatsapp")
    @classmethod
    def is_a_telephone(cls, value: str) -> str:
        if value and not TELEPHONE.fullmatch(re.sub(r"[ -]", "", value)):
            raise ValueError(f"{value!r} is no telephone number")
        return value

    @field_validator("url")
    @classmethod
    def is_an_address(cls, value: str) -> str:
        if value and not re.match(r"^https?://\S+$", value):
            raise ValueError(f"{value!r} is no address; it begins with https://")
        return value


def read(data: bytes, states: Collection[str]) -> tuple[list[Service], list[str]]:
    """The services of a file and everything wrong with it, each as "row 7, phone: …". With mistakes, use none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = data[: mistake.start].count(b"\n") + 1
        return [], [f"row {line}: the file is not saved as UTF-8 (in a spreadsheet: save as CSV UTF-8)"]
    reader = csv.DictReader(io.StringIO(text))
    if wrong := _columns(reader.fieldnames or ()):
        return [], wrong
    found, mistakes = list[Service](), list[str]()
    for number, row in enumerate(reader, 2):
        service, said = _one(row, states)
        found += [service] if service else []
        mistakes += [f"row {number}, {what}" for what in said]
    return found, [*mistakes, *_twice(found), *([] if found or mistakes else ["row 2: there is no service"])]


def _columns(named: Collection[str]) -> list[str]:
    missing = [name for name, field in Service.model_fields.items() if field.is_required() and name not in named]
    unknown = [name for name in named if name not in Service.model_fields]
    said = [f"row 1, {name}: this column is missing" for name in missing]
    return said + [f"row 1, {name}: nobody knows this column" for name in unknown]


def _one(row: dict[str, Any], states: Collection[str]) -> tuple[Service | None, list[str]]:
    if None in row:
        return None, ["id: there are more cells than columns (a comma without quotes?)"]
    cells = {name: (value or "").strip() for name, value in row.items()}
    many = {name: tuple(v.strip() for v in cells[name].split(";") if v.strip()) for name in MANY if name in cells}
    values = {name: value for name, value in cells.items() if value or name not in UNKNOWN} | many
    try:
        service = Service.model_validate(values)
    except ValidationError as mistakes:
        return None, [f"{m['loc'][0] if m['loc'] else 'id'}: {m['msg']}" for m in mistakes.errors()]
    return service, list(_doubts(service, states))


def _doubts(service: Service, states: Collection[str]) -> Iterator[str]:
    for state in set(service.states) - set(states):
        yield f"states: {state} is no state"
    if (service.phone or service.whatsapp) and not service.verified:
        yield "verified: a telephone needs the day on which it was verified"


def _twice(found: list[Service]) -> list[str]:
    return [f"id: {name} stands in {n} rows" for name, n in Counter(s.id for s in found).items() if n > 1]


def file_of(folder: Path) -> Path:
    """Where editors keep the services."""
    return folder / "services.csv"
