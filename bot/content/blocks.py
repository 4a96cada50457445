"""Blocks whose questions are made from the guide, so that an item stands in one file only: interests and values."""

from __future__ import annotations

from collections.abc import Callable

from bot.content.guide import Guide
from bot.content.models import Interview, Option, Question, QuestionKind

INTEREST, VALUE = "gusta_", "vuelta_"
"""How the ids of the questions begin; the id of the item, or the number of the round, follows."""


def filled(interviews: dict[str, Interview], guide: Guide) -> dict[str, Interview]:
    """The blocks, those that name a part of the guide with the questions made from it before their own."""
    return {
        name: block.model_copy(update={"questions": (*MAKERS[block.asks](block, guide), *block.questions)})
        if block.asks
        else block
        for name, block in interviews.items()
    }


def interests(block: Interview, guide: Guide) -> list[Question]:
    """One question an item, in three parts, each with the minutes left."""
    rows = guide.interests
    options = tuple(Option(id=t.id, title=t.title, also=MORE.get(t.id, ())) for t in rows.taps)
    thirds = len(rows.items) // 3
    parts = [f"{block.title} ({n // thirds + 1} de 3)" for n in range(len(rows.items))]
    return [
        Question(
            id=INTEREST + item.id,
            text=(item.text,),
            kind=QuestionKind.CHOICE,
            options=options,
            section=parts[n],
            label=_label(item.text),
            why=block.why,
            hint=block.hint,
        )
        for n, item in enumerate(rows.items)
    ]


MORE = {
    "late": ("si", "me gusta", "me encanta", "mucho", "claro", "me late mucho"),
    "regular": ("mas o menos", "regular", "poquito", "a veces", "un poco"),
    "no": ("no", "nada", "no me gusta", "para nada", "no me late", "no va conmigo"),
}
"""Other ways to say a tap."""
LABEL = 24


def _label(text: str) -> str:
    """The beginning of an item, cut at a word, as it is listed and tapped where answers are changed."""
    words = text.rstrip(".").split()
    ends = [" ".join(words[: n + 1]) for n in range(len(words))]
    return [end for end in ends if len(end) <= LABEL][-1].rstrip(",")


def values(block: Interview, guide: Guide) -> list[Question]:
    """One best and worst of four a round."""
    rows = {value.id: value for value in guide.values.values}
    asked = guide.values.rounds
    return [
        Question(
            id=f"{VALUE}{n}",
            text=((block.ask if n else block.ask_first).replace("{round}", str(n + 1)),),
            kind=QuestionKind.BEST_WORST,
            options=tuple(Option(id=v, title=rows[v].title, phrase=rows[v].you) for v in shown),
            label=f"{block.title[:14]} {n + 1}",
            why=block.why,
            hint=block.hint,
        )
        for n, shown in enumerate(asked)
    ]


MAKERS: dict[str, Callable[[Interview, Guide], list[Question]]] = {"interests": interests, "values": values}
