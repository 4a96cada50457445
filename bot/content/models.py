"""The shapes of what editors write under `content/<locale>/`. A mistake is named with its file and place."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.content.gender import is_whole, longest

TITLE = 24
"""Characters of what is tapped, as WhatsApp's lists have it."""


def _fits(title: str) -> str:
    if longest(title) > TITLE:
        raise ValueError(f"String should have at most {TITLE} characters")
    return title


Title = Annotated[str, Field(min_length=1), AfterValidator(_fits)]
"""What is tapped; in every gender it must fit."""


class Strict(BaseModel):
    """Unknown keys are mistakes, and nothing changes after loading. `[[…]]` has the three forms of `gender.py`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="after")
    def every_gender_is_there(self) -> Strict:
        for name, value in self:
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, str) and not is_whole(text):
                    raise ValueError(f"{name}: [[…]] needs three forms: feminine|masculine|without gender")
        return self


class Button(Strict):
    """Something to tap: a title of at most 20 characters and where it leads, an intent such as `menu`."""

    title: Title
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
    TIME = "time"
    BEST_WORST = "best_worst"


class Option(Strict):
    """`also`: other ways to say it. `phrase`: how it reads after "dijiste que". `ends`: picking it ends the block.
    `then`: picking it ends the block and begins that one. `leads`: the block in which this step is done.
    `alone`: with it there can be no other, such as "none of these"."""

    id: str
    title: Title
    also: tuple[str, ...] = ()
    phrase: str = ""
    ends: str = ""
    then: str = ""
    leads: str = ""
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
    section: str = ""
    """Said, with the minutes left, before the first question of a part of a long block."""
    free: bool = False
    """A choice that also takes her own words."""
    once: bool = False
    """Not asked again where an answer kept under the same name is known; a later wave asks it again."""
    when: str = ""
    """Asked only where this holds for her (`bot/guidance/asking.py`), such as that her schooling is not known."""
    past: bool = False
    """A date that is over, not one to come."""
    concrete: str = ""
    """Said once when her own words are too vague to be done on a day."""
    per: Literal["", "month"] = ""
    """Pesos a month: an amount said by the day, the week or the fortnight is turned into a month's."""
    looks: tuple[Button, ...] = Field(default=(), max_length=2)
    """What can be looked at before answering; the question comes back."""
    verbatim: bool = False
    """What she writes is the answer whatever it sounds like, such as a message she pastes; only few words that speak of
    this conversation are not."""
    tells: str | None = None
    """What is said to her answer before it goes on, besides keeping it (`bot/guidance/telling.py`)."""

    @field_validator("text", mode="before")
    @classmethod
    def one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def choices_have_options(self) -> Question:
        if self.kind in (QuestionKind.CHOICE, QuestionKind.MULTI) and not self.options:
            raise ValueError(f"question {self.id}: a {self.kind} needs options")
        if self.free and self.kind is not QuestionKind.CHOICE:
            raise ValueError(f"question {self.id}: only a choice can be free")
        return self


OWN = "_own"
"""What an answer in her own words counts as in a condition."""
KNOWN_BEFOREHAND = frozenset({"pathway", "age_band", "state", "gender", "phone", "wave", "counts", "cares", "owes"})
"""What `ask_if` may look at besides earlier answers of the same interview (the last three: `counting.known`)."""


class Interview(Strict):
    """A block of questions. `passes`: the requests it lets through, all when empty. `then`: the block that follows."""

    id: str
    title: str
    minutes: int = Field(ge=1, le=10)
    intro: tuple[str, ...] = Field(default=(), max_length=2)
    questions: tuple[Question, ...] = ()
    asks: Literal["", "interests", "values", "curriculum", "practice"] = ""
    """Its questions are made from a part of the guide (`blocks.py`), with these words."""
    ask_first: str = ""
    ask: str = ""
    why: str = ""
    hint: str = ""
    end: tuple[str, ...] = Field(default=(), max_length=2)
    page: str = ""
    """What is shown when it is done, in place of last words (`bot/guidance/pages/registry.py`). Who asks for the block
    again in her own words sees this first."""
    start: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    paper: Literal["", "card", "project", "curriculum"] = ""
    """What goes with its last words."""
    then: str | None = None
    place: int = Field(default=0, ge=0)
    """Where it stands in "mi proyecto"; 0 is not shown there."""
    about_one: bool = False
    """It is about one of many (a commitment, a milestone): it begins anew each time and is not changed later."""
    hears: bool = False
    """The words that start it may answer its first question."""

    @field_validator("intro", "end", mode="before")
    @classmethod
    def one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def conditions_look_backwards(self) -> Interview:
        if not self.questions and not self.asks:
            raise ValueError(f"{self.id}: has no questions")
        if not (self.end or self.page):
            raise ValueError(f"{self.id}: needs last words (end) or a page")
        if self.asks in ("interests", "values") and not (self.why and self.hint):
            raise ValueError(f"{self.id}: questions made from {self.asks} need a why and a hint")
        seen = set(KNOWN_BEFOREHAND)
        for question in self.questions:
            if question.id in seen:
                raise ValueError(f"{self.id}: question {question.id} appears twice")
            if ahead := set(question.ask_if) - seen:
                raise ValueError(f"{self.id}.{question.id}: ask_if looks at {sorted(ahead)}, not asked before it")
            seen.add(question.id)
        return self


class State(Strict):
    """One of the 32 states, and what people call it."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    """Municipalities told apart at once where the state lies at the northern border; other names after a colon."""


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
