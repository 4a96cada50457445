"""What was not understood, grouped by likeness."""

from __future__ import annotations

from datetime import timedelta

from bot.db import now
from bot.messages.tables import Message
from bot.review.sentences import Places
from bot.review.unread import WEEKS, groups, rarity, together

AT = now()
WEIGHTS = rarity(Places())


def message(n: int, text: str, days: int = 0, guess: str | None = None) -> Message:
    ranking = [{"name": "nlu_fallback", "confidence": 0.5}] + ([{"name": guess, "confidence": 0.3}] if guess else [])
    return Message(
        id=n,
        learner_id=f"p{n % 3}",
        masked=text,
        created_at=AT - timedelta(days=days),
        understanding={"ranking": ranking},
    )


def test_alike_sentences_meet_and_common_words_alone_bring_nobody_together():
    texts = ["becas", "quiero saber de becas", "y las BECAS?", "quiero hornear", "quiero un camión", "hornear pan"]
    found = [{texts[n] for n in members} for members in together(texts, WEIGHTS)]
    assert {"becas", "quiero saber de becas", "y las BECAS?"} in found
    assert all(not {"quiero hornear", "quiero un camión"} <= one for one in found)


def test_spelling_as_people_type_it_does_not_part_them():
    assert together(["quiero hacer uñas acrílicas", "kiero aser unas acrilicas"], WEIGHTS) == [[0, 1]]


def test_sentences_without_words_do_not_break_it():
    assert sorted(together(["😊", "", "???"], WEIGHTS)) == [[0], [1], [2]]
    assert together([], WEIGHTS) == []


def test_a_group_has_its_count_its_weeks_and_the_nearest_topic():
    told = [
        message(1, "hay tandas", 1, "help_saving"),
        message(2, "cómo entro a las tandas", 2, "help_saving"),
        message(3, "tandas en mi colonia", 10, "ask_referral"),
        message(4, "lavadora descompuesta", 0),
    ]
    first, second = groups(told, AT, WEIGHTS)
    assert (first.first.id, len(first.messages), first.people, first.nearest) == (1, 3, 3, "help_saving")
    assert first.weeks == (*[0] * (WEEKS - 2), 1, 2)
    assert (second.first.id, second.nearest) == (4, None)
