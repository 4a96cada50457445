"""The shape of `money.yml`: words of the money tools, warning signs of a fraud, and what an account may hold."""

from __future__ import annotations

from typing import get_args

from pydantic import Field, model_validator

from bot.content.figures import Sourced
from bot.content.models import Strict, Title
from bot.content.tips import Topic


class FraudSign(Strict):
    """A warning sign, as `bot/guidance/money/fraud.py` reads it: of each of `groups` one beginning of a word must stand
    in the text. `title` names it; `tell` says what is wrong; `do`: what to do now."""

    id: str
    title: Title
    tell: str
    do: str
    groups: tuple[tuple[str, ...], ...] = Field(min_length=1)
    strong: bool = False


class AccountLevel(Sourced):
    """How many pesos a month an account of a level takes in; `month` None: no limit."""

    id: str
    name: str
    month: int | None = Field(default=None, gt=0)


class Money(Strict):
    """`money.yml`: `envelopes` by id, `notes` on accounts, warning signs, levels of accounts, and the sentences.
    `tip_days`: after how many days it is asked whether she did what a tip proposed; `smaller`: what is proposed, by the
    topic of the tip, when she did not."""

    tip_days: int = Field(ge=1, le=60)
    smaller: dict[Topic, str]
    envelopes: dict[str, Title]
    notes: dict[str, str]
    signs: tuple[FraudSign, ...] = Field(min_length=1)
    accounts: tuple[AccountLevel, ...] = Field(min_length=1)
    says: dict[str, str]

    @model_validator(mode="after")
    def every_topic_has_a_smaller_step(self) -> Money:
        if missing := sorted(set(get_args(Topic)) - set(self.smaller)):
            raise ValueError(f"smaller: {', '.join(missing)} is missing")
        return self

    @model_validator(mode="after")
    def groups_have_words(self) -> Money:
        for sign in self.signs:
            if not all(group and all(word.strip() for word in group) for group in sign.groups):
                raise ValueError(f"{sign.id}: a group without words would always or never be found")
        return self
