"""The shapes of `occupations.yml` and `routes.yml`: what there is to work in and where to learn."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from bot.content.figures import Sourced
from bot.content.gender import longest
from bot.content.models import TITLE, Strict, Title

Level = Literal["ninguno", "primaria", "secundaria", "prepa", "tecnica"]
Type = Literal["R", "I", "A", "S", "E", "C"]
Confidence = Literal["high", "medium", "low"]


class Pay(Sourced):
    """What people report, in pesos a month; never an offer. `states`: where a state's own average was read."""

    month: int | None = Field(default=None, gt=0)
    women: int | None = Field(default=None, gt=0)
    men: int | None = Field(default=None, gt=0)
    states: dict[str, int] = Field(default_factory=dict)
    confidence: Confidence
    note: str = ""


class Occupation(Strict):
    """One occupation. `asks` was told from memory unless `asks_checked`. `states` empty: everywhere.
    `hours`: how many a day it usually takes (ours). `minimum`: its row among the professional minimums.
    `short`: the name as it is tapped, where the whole one is too long."""

    id: str
    name: str
    short: str = Field(default="", max_length=TITLE)
    sectors: tuple[str, ...] = Field(min_length=1)
    states: tuple[str, ...] = ()
    what: str
    pay: Pay | None = None
    minimum: str = ""
    women_share: float | None = Field(default=None, ge=0, le=100)
    asks: str
    asks_checked: bool = False
    level: Level
    hours: int = Field(ge=1, le=8)
    minors: bool = False
    learn: tuple[str, ...]
    start: str
    types: tuple[Type, ...] = Field(min_length=1, max_length=3)
    skills: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What is tapped."""
        return self.short or self.name


class Weights(Strict):
    """What counts how much when occupations are ranked. `interest`: for the first, second and third type."""

    interest: tuple[int, int, int]
    skill: int = Field(ge=0)
    skills_most: int = Field(ge=0)
    state: int = Field(ge=0)
    level: int = Field(ge=0)
    level_missing: int = Field(le=0)
    hours: int = Field(ge=0)
    hours_missing: int = Field(le=0)


class Occupations(Strict):
    """`occupations.yml`: the rows, the weights, and the words for reasons and pay."""

    sectors: dict[str, str]
    levels: dict[str, str]
    weights: Weights
    says: dict[str, str]
    occupations: tuple[Occupation, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def sectors_are_known(self) -> Occupations:
        for row in self.occupations:
            if unknown := set(row.sectors) - set(self.sectors):
                raise ValueError(f"{row.id}: {', '.join(sorted(unknown))} is no sector")
        return self

    @model_validator(mode="after")
    def titles_can_be_tapped(self) -> Occupations:
        """As many characters as fit, and no two alike: what is typed is looked for among them."""
        titles = [row.title for row in self.occupations]
        for title in (*self.sectors.values(), *titles):
            if len(title) > TITLE:
                raise ValueError(f"{title!r} has {len(title)} characters; {TITLE} can be tapped: give it a short name")
        if twice := {title for title in titles if titles.count(title) > 1}:
            raise ValueError(f"two occupations are tapped as {', '.join(sorted(twice))}")
        return self


class Route(Sourced):
    """A way to study. `needs`: the level finished before; `gives`: the level it ends with, None for a trade's papers.
    `age`: from which age, None when nobody asks; `age_unsure`: the sources disagree. `unsure`: to be asked there."""

    id: str
    name: str
    what: str
    needs: Level
    gives: Level | None = None
    age: int | None = None
    age_unsure: bool = False
    online: bool = False
    own_pace: bool = False
    in_school: bool = False
    """Whether one is a pupil of a school in it, which scholarships ask for."""
    months: int | None = None
    cost: str
    free: bool = False
    papers: tuple[str, ...]
    papers_young: tuple[str, ...] = ()
    """What else is asked of someone under 18."""
    unsure: tuple[str, ...] = ()
    start: str
    service: str = ""
    """Its row in `services.csv`, with address and telephone."""
    confidence: Confidence
    states: tuple[str, ...] = ()
    women: bool = False
    """Whether it is for women only."""
    short: Title | None = None
    """What is tapped, where the name is too long for it."""

    @property
    def button(self) -> str:
        return self.short or self.name

    @model_validator(mode="after")
    def a_long_name_has_a_short_one(self) -> Route:
        if longest(self.button) > TITLE:
            raise ValueError(f"{self.id}: a name of more than {TITLE} characters needs a short one to tap")
        return self


class Scholarship(Sourced):
    """Money for studying: `pesos` every `every` months, `payments` times a school year; for those inside `level`."""

    id: str
    name: str
    what: str
    level: tuple[Level, ...]
    own: bool = True
    """False: it is for her children's school, not hers."""
    pesos: int = Field(gt=0)
    every: int = Field(ge=1, le=12)
    payments: int = Field(ge=1, le=12)
    needs: str
    papers: tuple[str, ...]
    unsure: tuple[str, ...] = ()
    start: str
    service: str = ""
    confidence: Confidence


class RouteWeights(Strict):
    """What counts how much: her next level, a trade, what she wants, online or not as she likes, her own pace."""

    next: int = Field(ge=0)
    trade: int = Field(ge=0)
    goal: int = Field(ge=0)
    online: int = Field(ge=0)
    pace: int = Field(ge=0)


class Routes(Strict):
    """`routes.yml`: the rows, `levels` (what follows each), `done` (what each is called), and words for reasons.
    `papers`: what she may have at home -> the papers of the rows that it is."""

    levels: dict[str, str]
    done: dict[str, str]
    papers: dict[str, tuple[str, ...]]
    weights: RouteWeights
    says: dict[str, str]
    routes: tuple[Route, ...] = Field(min_length=1)
    scholarships: tuple[Scholarship, ...]

    @model_validator(mode="after")
    def papers_are_asked_for(self) -> Routes:
        lists = [*(r.papers for r in self.routes), *(s.papers for s in self.scholarships)]
        asked = {paper for papers in lists for paper in papers}
        for thing, papers in self.papers.items():
            if unknown := set(papers) - asked:
                raise ValueError(f"papers.{thing}: nobody asks for {', '.join(sorted(unknown))}")
        return self
