"""The shapes of `interests.yml`, `values.yml` and `strengths.yml`: what she likes, minds and can do."""

from __future__ import annotations

from pydantic import Field, model_validator

from bot.content.models import Strict, Title
from bot.content.work import Type


class InterestType(Strict):
    """One of Holland's six types in her words. `you`: reads after "te gusta"; `tell`: what it means for her."""

    id: Type
    title: str
    you: str
    tell: str


class Item(Strict):
    """One everyday thing to do; `short` ones are asked when there is little time."""

    id: str
    text: str = Field(max_length=120)
    type: Type
    short: bool = False


class Tap(Strict):
    """One of the answers to an item, and what it counts."""

    id: str
    title: Title
    points: int = Field(ge=0, le=2)


class Interests(Strict):
    """`interests.yml`. `liked`: which types an answer to the question "what do you like" speaks for."""

    types: tuple[InterestType, ...] = Field(min_length=6, max_length=6)
    taps: tuple[Tap, ...] = Field(min_length=2, max_length=3)
    items: tuple[Item, ...]
    liked: dict[str, tuple[Type, ...]]
    says: dict[str, str]

    @model_validator(mode="after")
    def as_many_of_each(self) -> Interests:
        counts = {t.id: sum(i.type == t.id for i in self.items) for t in self.types}
        if len(counts) < 6 or set(counts.values()) != {3}:
            raise ValueError(f"each of the six types needs three items, there are {counts}")
        return self


class Value(Strict):
    """Something that can matter. `title` is tapped; `you` reads after "lo que más te importa es"."""

    id: str
    title: Title
    you: str


class Values(Strict):
    """`values.yml`: eight values shown four at a time. Each stands in three rounds, and each meets every other."""

    values: tuple[Value, ...] = Field(min_length=8, max_length=8)
    rounds: tuple[tuple[str, str, str, str], ...] = Field(min_length=6, max_length=6)
    says: dict[str, str]

    @model_validator(mode="after")
    def rounds_are_balanced(self) -> Values:
        ids = {v.id for v in self.values}
        for value in ids:
            met = {other for r in self.rounds if value in r for other in r}
            if sum(value in r for r in self.rounds) != 3 or met != ids:
                raise ValueError(f"{value} must stand in three rounds and meet every other value")
        if any(len(set(r)) < 4 or set(r) - ids for r in self.rounds):
            raise ValueError("a round is four different values of the list")
        return self


class Skill(Strict):
    """Something she can do. `you`: reads after "sabes"; `work`: how it is written in a CV, without gender."""

    id: str
    title: Title
    you: str
    work: str


class Experience(Strict):
    """Something people do, paid or not, and the skills in it. `cues`: beginnings of words that speak of it, folded;
    `taps`: options of the question `ha_hecho` that mean it, besides its own id."""

    id: str
    title: Title
    also: tuple[str, ...] = ()
    taps: tuple[str, ...] = ()
    phrase: str
    """Reads after "dijiste que"."""
    skills: tuple[str, ...] = Field(min_length=1)
    cues: tuple[str, ...] = ()


class Strengths(Strict):
    """`strengths.yml`: experiences, the skills in them, and the words to tell them in."""

    skills: tuple[Skill, ...]
    experiences: tuple[Experience, ...]
    says: dict[str, str]

    @model_validator(mode="after")
    def skills_are_known(self) -> Strengths:
        known = {s.id for s in self.skills}
        for experience in self.experiences:
            if unknown := set(experience.skills) - known:
                raise ValueError(f"{experience.id}: {', '.join(sorted(unknown))} is no skill")
        return self
