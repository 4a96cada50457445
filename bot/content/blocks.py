"""Blocks whose questions are made from the guide, so that an item stands in one file only: interests, a CV and such."""

from __future__ import annotations

from collections.abc import Callable

from bot.content.guide import Guide
from bot.content.models import OWN, Interview, Option, Question, QuestionKind
from bot.content.rehearsal import PracticeQuestion

INTEREST, VALUE, CV, PRACTICE = "gusta_", "vuelta_", "cv_", "ensayo_"
"""How the ids of the questions begin; the id of the item, or the number of the round, follows."""
AGAIN, SECOND = "_otra", "_dos"
"""How the ids end of the offer to say it once more, and of the second try."""


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


def curriculum(block: Interview, guide: Guide) -> list[Question]:
    """The questions of the CV, each with its example; what she answered once is not asked again."""
    return [
        Question(
            id=CV + ask.id,
            text=(f"{ask.text}\n{ask.example}",),
            kind=QuestionKind.TEXT,
            label=ask.label,
            why=ask.why,
            hint=ask.help,
            once=True,
            when=ask.when,
        )
        for ask in guide.curriculum.questions
    ]


def practice(block: Interview, guide: Guide) -> list[Question]:
    """Each question of an interview, the offer of a second try where there is something to add, and that try."""
    return [part for row in guide.practice.questions for part in _tries(guide, row)]


def _tries(guide: Guide, row: PracticeQuestion) -> tuple[Question, Question, Question]:
    first, again = PRACTICE + row.id, guide.practice.again
    said = Question(
        id=first,
        text=(guide.practice.asks.replace("{question}", row.text),),
        kind=QuestionKind.TEXT,
        label=row.label,
        why=row.why,
        hint=row.help,
        when="in_this_round",
        tells="practice",
    )
    options = (
        Option(id="si", title=again.once_more, also=("si", "va", "otra vez", "ok", "sale", "claro", "de nuevo")),
        Option(id="no", title=again.go_on, also=("no", "asi esta bien", "siguiente", "la que sigue", "ya no", "asi")),
    )
    offer = Question(
        id=first + AGAIN,
        text=(again.text,),
        kind=QuestionKind.CHOICE,
        options=options,
        why=again.why,
        hint=again.hint,
        ask_if={first: (OWN,)},
        when="could_be_better",
        expects=("affirm", "deny", "repeat", "skip_question"),
    )
    second = said.model_copy(
        update={
            "id": first + SECOND,
            "text": (again.asked.replace("{question}", row.text),),
            "ask_if": {first + AGAIN: ("si",)},
            "when": "",
            "tells": "practice_again",
        }
    )
    return said, offer, second


MAKERS: dict[str, Callable[[Interview, Guide], list[Question]]] = {
    "interests": interests,
    "values": values,
    "curriculum": curriculum,
    "practice": practice,
}
