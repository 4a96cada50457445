"""Whether what a learner reads is easy: its score, and words of bureaucracy that stand without an explanation."""

from __future__ import annotations

from collections.abc import Iterator

from bot.content.gender import Gender, spoken_to
from bot.content.library import Content
from bot.language import fold
from bot.readability import EASY, score, words

FEW = 8
"""Shorter texts are not scored: the scale was made for a hundred words, and one long word would decide."""

UNEXPLAINED = {
    "acreditar": "mostrar con un papel",
    "apostilla": "sello para que un papel valga en otro país",
    "beneficiaria": "quien recibe el apoyo",
    "beneficiario": "quien recibe el apoyo",
    "comprobante de domicilio": "recibo de luz o de agua",
    "convocatoria": "aviso con fechas y requisitos",
    "cotizar": "pagar para tener derecho",
    "dictaminar": "decidir",
    "equivalencia": "que tus estudios de otra escuela valgan",
    "expedir": "dar, hacer",
    "expediente": "carpeta con tus papeles",
    "folio": "número de tu trámite",
    "gestionar": "hacer el trámite",
    "interponer": "presentar",
    "instancia": "oficina",
    "normatividad": "reglas",
    "padron": "lista",
    "prerrequisito": "lo que se pide antes",
    "procedente": "que sí se puede",
    "promovente": "quien hace el trámite",
    "prorroga": "más tiempo",
    "regimen": "forma de pagar impuestos",
    "revalidar": "que tus estudios de otro país valgan",
    "solventar": "resolver, pagar",
    "subsidio": "apoyo de dinero",
    "susodicho": "esa persona",
    "tramitologia": "trámites",
    "vigencia": "hasta cuándo vale",
}
"""Words that need an explanation beside them, and what could be said instead."""
EXPLAINED = (" es ", "(", "o sea", "quiere decir", "significa", "que es")
"""Where one of these stands in the same text, the word counts as explained."""


def problems(content: Content) -> Iterator[str]:
    """Every text that is hard to read, in every gender, and every word that needs an explanation."""
    for name, text in sorted(texts(content).items()):
        scores = {score(spoken_to(text, gender)) for gender in Gender}
        if len(words(text)) >= FEW and min(scores) < EASY:
            yield f"{name}: reads as {min(scores)} of 100; {EASY} is easy (shorter sentences, shorter words)"
        for word in hard(text):
            yield f"{name}: the word {word!r} needs an explanation, such as «{UNEXPLAINED[word]}»"


def hard(text: str) -> list[str]:
    """The words of bureaucracy in a text that explains none."""
    said = f" {fold(text)} "
    return [] if any(sign in said for sign in EXPLAINED) else [word for word in UNEXPLAINED if f" {word}" in said]


def texts(content: Content) -> dict[str, str]:
    """What is read at one time, by where it stands: a message, a question with its why and its hint, a tip."""
    said = {name: "\n".join(message.text) for name, message in content.messages.items()}
    for block in content.interviews.values():
        said[block.id] = "\n".join((*block.intro, *block.end))
        for question in block.questions:
            ends = (option.ends for option in question.options)
            said[f"{block.id}.{question.id}"] = "\n".join(
                (*question.text, question.why, question.hint, question.concrete, *ends)
            )
    said |= {f"pathways: {p.id}": f"{p.title}.\n{p.describe}" for p in content.pathways.values()}
    said |= {f"tips: {t.id}": f"{t.title}.\n{t.text}\n{t.this_week}\n{t.ask_later}" for t in content.tips.values()}
    for lesson in content.lessons.values():
        said[f"lessons: {lesson.id}"] = "\n".join((*lesson.bubbles, lesson.one_thing))
        answers = (f"{o.title}.\n{o.feedback}" for o in lesson.question.options)
        said[f"lessons: {lesson.id}: question"] = "\n".join((lesson.question.text, *answers))
    money = content.guide.money
    said |= {f"money.yml: {name}": text for name, text in (money.says | money.notes).items()}
    return said | {f"money.yml: {sign.id}": f"{sign.tell}\n{sign.do}" for sign in money.signs}
