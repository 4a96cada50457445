"""The shape of `tips/`: money cards, what each is about and for whom."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.content.models import Strict

Topic = Literal[
    "saving",
    "budget",
    "debt",
    "collectors",
    "accounts",
    "fraud",
    "tandas",
    "remittances",
    "business",
    "insurance",
    "own",
]
"""What a money card is about. `own`: her right to her own money and papers, where somebody takes it from her."""


class Tip(Strict):
    """A money card. It is offered to whom one of `worries` or `pathways` fits; both empty fits everyone. `income`: the
    bands of the question kept as `income` it is for, all when empty. `ask_later`: asked when the week is over.
    `rank`: among those that fit as well, 1 comes early, 3 late (it takes something few have).
    `quiet`: its topic is never named in a message she did not ask for, so `this_week` and `ask_later` are neutral."""

    id: str
    title: str
    topic: Topic
    rank: int = Field(default=2, ge=1, le=3)
    text: str = Field(max_length=600)
    this_week: str = Field(max_length=300)
    ask_later: str = Field(max_length=200)
    worries: tuple[str, ...] = ()
    pathways: tuple[str, ...] = ()
    income: tuple[str, ...] = ()
    quiet: bool = False
    source: str = Field(min_length=3)
    as_of: str = Field(pattern=r"^\d{4}")
