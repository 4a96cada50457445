"""The shapes of what editors write under `content/<locale>/`. A mistake is named with its file and place."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class Strict(BaseModel):
    """Unknown keys are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Button(Strict):
    """Something to tap: a title of at most 20 characters and where it leads, an intent such as `menu`."""

    title: str = Field(min_length=1, max_length=24)
    go: str


class Text(Strict):
    """One thing Rumbo says: at most three bubbles, one idea each. `{name}` is filled when it is rendered."""

    text: tuple[str, ...] = Field(min_length=1, max_length=3)
    buttons: tuple[Button, ...] = Field(default=(), max_length=10)

    @field_validator("text", mode="before")
    @classmethod
    def one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    MULTI = "multi"
    NUMBER = "number"
    SCALE = "scale"
    PLACE = "place"
    DATE = "date"


class Option(Strict):
    """`also`: other ways to say it. `phrase`: how it reads after "dijiste que". `ends`: picking it ends the block.
    `alone`: with it there can be no other, such as "none of these"."""

    id: str
    title: str = Field(min_length=1, max_length=24)
    also: tuple[str, ...] = ()
    phrase: str = ""
    ends: str = ""
    alone: bool = False


class Question(Strict):
    """One question. `saves` names what the answer is kept as, besides itself (`bot/guidance/records.py`)."""

    id: str
    text: tuple[str, ...] = Field(min_length=1, max_length=3)
    kind: QuestionKind
    options: tuple[Option, ...] = Field(default=(), max_length=10)
    why: str
    hint: str
    skippable: bool = True
    ask_if: dict[str, tuple[str, ...]] = {}
    min: float = 0
    max: float = 1_000_000
    expects: tuple[str, ...] = ()
    saves: str | None = None
    label: str = ""
    """How the question is called where answers are listed, such as "Lo que te da orgullo"."""

    @field_validator("text", mode="before")
    @classmethod
    def one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def choices_have_options(self) -> Question:
        if self.kind in (QuestionKind.CHOICE, QuestionKind.MULTI) and not self.options:
            raise ValueError(f"question {self.id}: a {self.kind} needs options")
        return self


KNOWN_BEFOREHAND = frozenset({"pathway", "age_band", "state"})
"""What `ask_if` may look at besides earlier answers of the same interview."""


class Interview(Strict):
    """A block of questions. `passes`: the requests it lets through, all when empty. `then`: the block that follows."""

    id: str
    title: str
    minutes: int = Field(ge=1, le=10)
    intro: tuple[str, ...] = Field(default=(), max_length=2)
    questions: tuple[Question, ...] = Field(min_length=1)
    end: tuple[str, ...] = Field(min_length=1, max_length=2)
    start: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    then: str | None = None

    @field_validator("intro", "end", mode="before")
    @classmethod
    def one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def conditions_look_backwards(self) -> Interview:
        seen = set(KNOWN_BEFOREHAND)
        for question in self.questions:
            if question.id in seen:
                raise ValueError(f"{self.id}: question {question.id} appears twice")
            if ahead := set(question.ask_if) - seen:
                raise ValueError(f"{self.id}.{question.id}: ask_if looks at {sorted(ahead)}, not asked before it")
            seen.add(question.id)
        return self


class Tip(Strict):
    """A money card. It is offered to whom one of `worries` or `pathways` fits; both empty fits everyone."""

    id: str
    title: str
    text: str = Field(max_length=600)
    this_week: str = Field(max_length=300)
    worries: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()
    source: str
    as_of: str


class State(Strict):
    """One of the 32 states, and what people call it."""

    id: str
    name: str
    also: tuple[str, ...] = ()


class Service(Strict):
    """A row of `services.csv`. `phone` and `whatsapp` are empty unless they were verified in a dated source."""

    id: str
    name: str
    kind: str
    offers: str
    states: tuple[str, ...] = ()
    phone: str = ""
    whatsapp: str = ""
    url: str = ""
    hours: str = ""
    cost: str = ""
    eligibility: str = ""
    documents: str = ""
    source: str
    as_of: str


class Reason(Strict):
    """Adds `weight` to a pathway when an earlier answer is one of `values`; `because` reads after "dijiste que"."""

    question: str
    values: tuple[str, ...] = Field(min_length=1)
    weight: int = Field(ge=-5, le=5)
    because: str


class Pathway(Strict):
    """One of the three ways, and what speaks for or against it. Weights are the editors'."""

    id: str
    title: str
    short: str
    describe: str
    reasons: tuple[Reason, ...] = Field(min_length=1)
