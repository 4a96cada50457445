"""How a request sounds, whatever it is about, and what is an answer although it sounds like one."""

from __future__ import annotations

import pytest

from bot.content.models import Option, Question, QuestionKind
from bot.guidance.wishes import is_request

SURE = 0.99


def ask(text: str, kind: QuestionKind = QuestionKind.TEXT) -> Question:
    options = (Option(id="1", title="Cocinar"),) if kind in (QuestionKind.CHOICE, QuestionKind.MULTI) else ()
    return Question(id="q", text=(text,), kind=kind, why="", hint="", options=options)


LIKES = ask("¿Qué te gusta hacer?")
NEEDS = ask("¿Qué es lo que más necesitas?")
NAME = ask("¿Cómo quieres que te diga?")
HAPPENED = ask("¿Qué pasó que no pudiste ir?")
HOURS = ask("¿Cuántas horas?", QuestionKind.NUMBER)
DAY = ask("¿Qué día lo vas a hacer?", QuestionKind.DATE)
MANY = ask("¿Cuáles te gustan?", QuestionKind.MULTI)


@pytest.mark.parametrize(
    "question, text, intent, value",
    [
        (LIKES, "ayudar a la gente", "help", "x"),
        (LIKES, "nose, chance y dibujar", "dont_know", "x"),
        (LIKES, "saltar la cuerda en el parque", "skip_question", "x"),
        (NEEDS, "un psicólogo la neta", "need_psychology", "x"),
        (NEEDS, "donde dejar a mi hija", "need_childcare", "x"),
        (NEEDS, "necesito un abogado", "need_legal", "x"),
        (NAME, "dime Paz", "need_psychology", "x"),
        (NAME, "quiero que me digas Lupe", "nlu_fallback", "x"),
        (NAME, "Consuelo Busco", "search_jobs", "x"),
        (HAPPENED, "se me olvidó", "dont_know", "x"),
        (HAPPENED, "no entendí la dirección", "dont_understand", "x"),
        (HOURS, "no me pagan", "ask_labor_rights", None),
        (DAY, "al rato que se duerma el niño", "pause", None),
        (MANY, "a poner uñas", "want_education", None),
        (MANY, "quiero aprender uñas", "ask_training", None),
        (MANY, "todos, gracias a Dios", "thank", None),
    ],
)
def test_an_answer_is_never_lost_to_a_topic(question, text, intent, value):
    sure = SURE if intent not in ("help", "skip_question") else 0.9
    assert is_request(question, text, intent, sure, value) is False


@pytest.mark.parametrize(
    "question, text, intent, value",
    [
        (LIKES, "para qué quieres saber eso", "ask_why", "x"),
        (LIKES, "xq preguntas", "ask_why", "x"),
        (LIKES, "oye sabes de alguna chamba", "search_jobs", "x"),
        (NEEDS, "me puedes pasar un psicólogo?", "need_psychology", "x"),
        (NEEDS, "mándame los cursos", "ask_training", "x"),
        (HAPPENED, "no sé", "dont_know", "x"),
        (HAPPENED, "no te entiendo", "dont_understand", "x"),
        (LIKES, "muchas gracias, que Dios se lo pague", "thank", "x"),
        (DAY, "mañana le sigo con las preguntas", "pause", "2026-11-23"),
        (NAME, "quiero trabajar", "want_employment", "x"),
        (NAME, "hola busco una beca", "search_scholarships", "x"),
        (HOURS, "necesito una guardería", "need_childcare", None),
        (MANY, "cuál me conviene", "choose_pathway", None),
        (MANY, "cómo que cuáles", "nlu_fallback", None),
    ],
)
def test_what_asks_is_served(question, text, intent, value):
    assert is_request(question, text, intent, SURE, value) is True


@pytest.mark.parametrize("intent", ["answer", "affirm", "deny", ""])
def test_yes_and_no_are_answers(intent):
    assert is_request(LIKES, "¿me puedes decir para qué?", intent, SURE, "x") is False
