"""The shapes of `wages.yml` and `assumptions.yml`: every number Rumbo reckons with, each with where it comes from."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from bot.content.models import Strict


class Sourced(Strict):
    """Anything with a number in it: who says so and as of when. Neither may be empty."""

    source: str = Field(min_length=3)
    as_of: str = Field(pattern=r"^\d{4}")
    url: str = ""


class Wage(Sourced):
    """A legal minimum in pesos a day, general zone unless it says otherwise. `name`: the work it is for."""

    id: str
    name: str
    day: float = Field(gt=0)


class Border(Sourced):
    """Where the northern border's minimum holds, as far as it was read: state id -> municipalities."""

    municipalities: dict[str, tuple[str, ...]]
    unlisted: tuple[str, ...]
    """States that have such municipalities, but whose list nobody has checked yet."""


class Wages(Strict):
    """The legal minimums of one year. `professional`: of some kinds of work, in the general zone."""

    year: int
    general: Wage
    border: Wage
    border_zone: Border
    professional: tuple[Wage, ...]
    says: dict[str, str]

    @model_validator(mode="after")
    def ids_once(self) -> Wages:
        ids = [w.id for w in self.professional]
        if len(set(ids)) < len(ids):
            raise ValueError("two professional minimums have the same id")
        return self


class Kind(StrEnum):
    """Where an assumption comes from: read somewhere, set by us and to be discussed, or said by her."""

    FACT = "fact"
    OURS = "ours"
    SAID = "said"
    MISSING = "missing"


class Assumption(Sourced):
    """A number the reality check may use. `text` has `{value}`; `missing` is said instead while nobody knows it."""

    id: str
    text: str
    value: float | None = None
    unit: str
    kind: Kind = Kind.OURS
    missing: str = ""
    zero: str = ""
    """Said instead of `text` while it is 0."""
    min: float = 0
    max: float = 1_000_000
    pathways: tuple[str, ...] = ()

    @model_validator(mode="after")
    def unknown_is_said(self) -> Assumption:
        if self.value is None and not self.missing:
            raise ValueError(f"{self.id}: has no value, so it needs `missing`")
        if self.value is not None and not self.min <= self.value <= self.max:
            raise ValueError(f"{self.id}: {self.value} is not between {self.min} and {self.max}")
        return self


class WhatIf(Sourced):
    """A change she can ask for: `set` to a value, `add` to one or take it `times` something."""

    id: str
    title: str = Field(max_length=24)
    says: str
    also: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    kind: Kind = Kind.OURS
    set: dict[str, float] = Field(default_factory=dict)
    add: dict[str, float] = Field(default_factory=dict)
    times: dict[str, float] = Field(default_factory=dict)


class Reckoning(Strict):
    """`assumptions.yml`: the numbers, the changes to them, and the lines in which a year is told."""

    assumptions: tuple[Assumption, ...]
    what_ifs: tuple[WhatIf, ...]
    lines: dict[str, str]
    young: WhatIf
    """The most hours a day someone of `ages` may work: `set: {hours: …}`, said as `says` with `{value}`."""
    said: str
    """Put before a number of hers, such as "dijiste que"."""

    @model_validator(mode="after")
    def changes_are_known(self) -> Reckoning:
        known = {a.id for a in self.assumptions}
        for change in self.what_ifs:
            if unknown := ({*change.set, *change.add, *change.times}) - known:
                raise ValueError(f"{change.id}: changes {', '.join(sorted(unknown))}, which is no assumption")
        return self
