"""What Rumbo could not read, grouped by likeness, with how often and since when.

Likeness is the cosine of word stems (the first letters of each folded word), each weighted by how rare it is in the
training sentences, so that "quiero saber de becas" and "y las becas?" meet, and "quiero" alone brings nobody together.
Messages are taken by length, the shortest first, and each joins the first group whose first message is like it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.language import words
from bot.messages.tables import Direction, Message
from bot.people.tables import Learner
from bot.review.queue import FALLBACK, UNSURE
from bot.review.sentences import Places, known
from bot.review.tables import Example

MOST = 400
"""Messages that are grouped, the latest."""
WINDOW = 200_000
WEEKS = 8
STEM = 5
ALIKE = 0.45


@dataclass(frozen=True)
class Group:
    """Messages that are alike. `first` is the plainest; `weeks`: how many in each of the last weeks, oldest first."""

    first: Message
    messages: tuple[Message, ...]
    people: int
    weeks: tuple[int, ...]
    nearest: str | None
    """The topic the model held likeliest in most of them."""


def unread(session: Session, at: datetime, cohort: str | None) -> list[Message]:
    """The latest messages that were not or hardly understood, without those that became examples."""
    newest = session.scalar(select(func.max(Message.id))) or 0
    unsure = or_(Message.intent == FALLBACK, Message.confidence < UNSURE)
    recent = (Message.id > newest - WINDOW, Message.created_at > at - timedelta(weeks=WEEKS))
    found = (
        select(Message)
        .outerjoin(Example, Example.message_id == Message.id)
        .where(unsure, *recent, Message.direction == Direction.IN, Message.masked.is_not(None), Example.id.is_(None))
        .order_by(Message.id.desc())
        .limit(MOST)
    )
    if cohort is not None:
        found = found.join(Learner, Learner.id == Message.learner_id).where(Learner.group_code == cohort)
    return list(session.scalars(found))


def groups(messages: Sequence[Message], at: datetime, weights: Mapping[str, float]) -> list[Group]:
    """The groups, the most frequent first."""
    told = sorted((m for m in messages if (m.masked or "").strip()), key=lambda m: (len(m.masked or ""), m.id))
    return sorted(
        (_group([told[n] for n in members], at) for members in together([m.masked or "" for m in told], weights)),
        key=lambda g: (-len(g.messages), -g.first.id),
    )


@cache
def rarity(places: Places) -> dict[str, float]:
    """How much each stem of the training sentences says: the logarithm of how rare it is among them."""
    said = [one for _, _, sentences in known(places) for one in sentences]
    seen = Counter(stem for one in said for stem in stems(one))
    return {stem: float(np.log(len(said) / times)) for stem, times in seen.items()}


def stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words(text) if word.isalnum())


def together(texts: Sequence[str], weights: Mapping[str, float]) -> list[list[int]]:
    """Which texts are alike, as lists of their places. A stem without a weight is as rare as the rarest."""
    likeness = _cosines([stems(text) for text in texts], weights)
    found: list[list[int]] = []
    for place in range(len(texts)):
        firsts = [members[0] for members in found]
        near = np.flatnonzero(likeness[place, firsts] >= ALIKE).tolist() if firsts else []
        if near:
            found[near[0]].append(place)
        else:
            found.append([place])
    return found


def _cosines(read: Sequence[frozenset[str]], weights: Mapping[str, float]) -> npt.NDArray[np.float64]:
    column = {stem: n for n, stem in enumerate(sorted(frozenset[str]().union(*read)))}
    most = max(weights.values(), default=1.0)
    table = np.zeros((len(read), max(len(column), 1)))
    for place, one in enumerate(read):
        for stem in one:
            table[place, column[stem]] = weights.get(stem, most)
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    scaled = table / np.where(lengths == 0, 1, lengths)
    found: npt.NDArray[np.float64] = scaled @ scaled.T
    return found


def _group(messages: list[Message], at: datetime) -> Group:
    weeks = Counter(int((at - m.created_at) / timedelta(weeks=1)) for m in messages)
    guesses = Counter(guess for m in messages if (guess := _guess(m)))
    return Group(
        first=messages[0],
        messages=tuple(messages),
        people=len({m.learner_id for m in messages}),
        weeks=tuple(weeks[n] for n in reversed(range(WEEKS))),
        nearest=guesses.most_common(1)[0][0] if guesses else None,
    )


def _guess(message: Message) -> str | None:
    ranking = (message.understanding or {}).get("ranking") or []
    return next((str(one["name"]) for one in ranking if one["name"] != FALLBACK), None)
