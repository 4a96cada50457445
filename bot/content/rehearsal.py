"""The shapes of `practice.yml`, `curriculum.yml` and `business.yml`: what she practises, writes and plans."""

from __future__ import annotations

from pydantic import Field, model_validator

from bot.content.figures import Sourced
from bot.content.models import Strict, Title
from bot.content.work import Level

SIX = 6
"""Questions of a CV."""


class Rules(Strict):
    """What feedback goes by. Words are compared folded; `few` and `many` are numbers of words."""

    few: int = Field(ge=1)
    many: int
    example: tuple[str, ...]
    strength: tuple[str, ...]
    small: tuple[str, ...]
    """What makes her smaller than she is: "solo soy"."""


class PracticeQuestion(Strict):
    """What is asked in interviews. `why`: what they want to know; `help`: how to answer; `needs`: the rules that count.
    `private`: nobody may ask it, and `help` says how to come out of it. `sectors`: asked in these only; empty, in any.
    `label`: how it is called where answers are listed."""

    id: str
    text: str
    label: Title
    why: str
    help: str
    needs: tuple[str, ...] = ()
    private: bool = False
    sectors: tuple[str, ...] = ()


class Again(Strict):
    """The offer of a second try: `text`, two taps, how it is asked again, and what is said when it went better."""

    text: str
    once_more: Title
    go_on: Title
    asked: str
    better: str
    why: str
    hint: str


class Practice(Strict):
    """`practice.yml`: questions, rules and what is said about an answer: `good` first, then at most one `better`.
    `round`: how many questions at a time; `asks`: how one is put."""

    round: int = Field(ge=1, le=5)
    asks: str
    again: Again
    rules: Rules
    questions: tuple[PracticeQuestion, ...]
    good: dict[str, str]
    better: dict[str, str]

    @model_validator(mode="after")
    def rules_have_words(self) -> Practice:
        for question in self.questions:
            if unknown := set(question.needs) - set(self.better):
                raise ValueError(f"{question.id}: {', '.join(sorted(unknown))} is no rule")
        return self


class Ask(Strict):
    """One question of the CV and the heading its answer stands under. `example`: said with the question. `help`: said
    to who does not know what to write. `when`: asked only then (`bot/guidance/asking.py`)."""

    id: str
    text: str
    example: str
    help: str
    why: str
    title: str
    label: Title
    when: str = ""


class Curriculum(Strict):
    """`curriculum.yml`: the questions in the order of the page; of two under one heading only one is asked.
    `levels`: how schooling she has told before stands on a CV; what is not there is asked."""

    questions: tuple[Ask, ...] = Field(min_length=6)
    levels: dict[Level, str]
    says: dict[str, str]

    @model_validator(mode="after")
    def six_are_asked_at_most(self) -> Curriculum:
        if len({q.title for q in self.questions}) > SIX:
            raise ValueError(f"the CV has {SIX} headings, so that nobody is asked more than {SIX} questions")
        return self


class Idea(Strict):
    """A business to begin in small. `has`: what speaks for it at home; `skills`, `liked`: what one can and likes."""

    id: str
    title: str
    what: str
    has: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    unit: str
    buyers: str
    first_sale: str
    minors: bool = False
    """Whether someone under 18 may be offered it."""
    care: str = ""


class Fact(Sourced):
    """Something that holds outside of us, with where it was read: what it is, what it brings, what it costs and how to
    begin. `young`: what is said instead of how to begin to someone under 18."""

    id: str
    title: Title
    text: str
    gives: str
    costs: str
    start: str
    young: str = ""
    service: str = ""
    """Its row in `services.csv`."""


class Business(Strict):
    """`business.yml`: ideas, what one may have at home, facts on formality and cooperatives, and the plan's lines."""

    has: dict[str, str]
    ideas: tuple[Idea, ...]
    facts: tuple[Fact, ...]
    says: dict[str, str]

    @model_validator(mode="after")
    def what_one_has_is_known(self) -> Business:
        for idea in self.ideas:
            if unknown := set(idea.has) - set(self.has):
                raise ValueError(f"{idea.id}: {', '.join(sorted(unknown))} is nothing one may have")
        return self
