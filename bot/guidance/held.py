"""What Rumbo holds about a learner, in words she can read: the answer to "mis datos"."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.wording import in_words
from bot.messages.tables import Message
from bot.people.tables import Address, Consent

CHANNELS = {"whatsapp": "WhatsApp", "telegram": "Telegram", "web": "esta página"}


def held_data(person: Person) -> str:
    """Every answer as she gave it, her channels, her consent and how many messages; empty when there is nothing."""
    known, memory = questions(person.content), person.memory
    lines = []
    for question, value in memory.answers.items():
        words = memory.words.get(question, "")
        if question not in known or (value is None and not words):
            continue
        title = known[question].label or known[question].text[-1]
        if said := in_words(known[question], value, words, person.content):
            lines.append(f"• {title}: {said}")
    return "\n".join([*lines, *_about(person)]) if lines else ""


def _about(person: Person) -> list[str]:
    mine = person.learner.id
    channels = person.session.scalars(select(Address.channel).where(Address.learner_id == mine)).all()
    count = person.session.scalar(select(func.count()).where(Message.learner_id == mine))
    consent = person.session.scalars(
        select(Consent.at).where(Consent.learner_id == mine).order_by(Consent.id.desc())
    ).first()
    agreed = [person.content.words("held_consent", day=f"{consent:%d/%m/%Y}")] if consent else []
    names = ", ".join(CHANNELS.get(c, c) for c in channels)
    return [*agreed, person.content.words("held_channels", channels=names, count=count)]
