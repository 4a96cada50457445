"""The shape of a row of `services.csv`, and how the file is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from bot.content.models import Strict

LISTS = ("states", "municipalities")
"""Columns with several values, separated by `;`."""
YesNo = Literal["", "yes", "no"]
"""Empty: nobody has found out yet."""
Number = Annotated[str, Field(pattern=r"^([\d*][\d *]*)?$")]
"""A telephone as it is dialled: digits, spaces and `*`; empty unless it was verified in a dated source."""
Empty = BeforeValidator(lambda value: None if value == "" else value)
Years = Annotated[int | None, Field(ge=0, le=120), Empty]


class Service(Strict):
    """A row of `services.csv`. `phone` and `whatsapp` are empty unless they were verified in a dated source.
    `as_of`: the date of the source; `last_verified`: the day somebody last looked, and `verified_by` who and how."""

    id: str
    name: str
    kind: str
    offers: str
    states: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    """Only people of these; empty: of the whole of its states."""
    phone: Number = ""
    whatsapp: Number = ""
    url: str = ""
    hours: str = ""
    cost: str = ""
    free: YesNo = ""
    eligibility: str = ""
    women: YesNo = ""
    """Whether it is for women (and their children) only."""
    age_from: Years = None
    age_to: Years = None
    works: YesNo = ""
    """`yes`: for who has a job with social security; `no`: for who has none."""
    documents: str = ""
    children: YesNo = ""
    """Whether children can come along."""
    source: str
    as_of: str
    confidence: Literal["", "high", "medium", "low"] = ""
    """How well the source speaks for what stands here, as staff judged it."""
    last_verified: Annotated[date | None, Empty] = None
    verified_by: str = ""


def read_services(text: str, parse: Callable[[dict[str, Any], str], Service]) -> Iterator[Service]:
    """Every row; `parse(values, place)` raises when one is wrong and names its place."""
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        lists = {name: tuple(v.strip() for v in (row.get(name) or "").split(";") if v.strip()) for name in LISTS}
        yield parse({**row, **lists}, row.get("id") or f"line {number}")
