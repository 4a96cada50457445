"""Training sentences: what is refused, and that adding one changes one line of one file."""

from __future__ import annotations

import json

import pytest

from bot.review import sentences
from bot.review.sentences import Refused, add, intents, known, why_not

NEW = "ando viendo si me alcanza pal taller de uñas de gelish"


def all_lines(places) -> dict[str, list[str]]:
    return {file.name: file.read_text(encoding="utf-8").splitlines() for file in places.files()}


@pytest.mark.parametrize("intent", ["greet", "ask_training", "report_violence"])
def test_a_sentence_is_added_as_one_line_under_its_intent(places, intent):
    before = all_lines(places)
    file = add(NEW, intent, places)
    after = all_lines(places)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {file.name}
    fresh = list(after[file.name])
    fresh.remove(f"    - {NEW}")
    assert fresh == before[file.name]
    assert [name for _, name, said in known(places) if NEW in said] == [intent]
    assert json.loads(places.repaired.read_text(encoding="utf-8")) == {"text": NEW, "intent": intent}
    assert list(places.sentences.glob("*.new")) == []


def test_every_intent_can_be_added_to(places):
    for number, intent in enumerate(intents(places)):
        add(f"{NEW} zafiro{number}", intent, places)
    assert sum(any("zafiro" in s for s in said) for _, _, said in known(places)) == len(intents(places))


def some(places, intent: str) -> str:
    return next(said for _, name, said in known(places) if name == intent)[3]


@pytest.mark.parametrize(
    "text, reason",
    [
        ("", "empty"),
        ("x" * 201, "long"),
        ("/greet", "odd"),
        ("hola [x](y)", "odd"),
        ("dos\nlíneas", "odd"),
        ("me llamo «nombre» y vendo", "masked"),
    ],
)
def test_what_nobody_types_is_refused(places, text, reason):
    assert why_not(text, "greet", places) == reason


def test_what_the_data_checks_refuse_is_refused_here(places):
    hello = some(places, "greet")
    assert why_not(hello.upper(), "greet", places) == "twice"
    assert why_not(hello, "ask_training", places) == "elsewhere"
    assert why_not(f"{some(places, 'ask_training')} s", "ask_training", places) == "alike"
    assert why_not(NEW, "no_such_intent", places) == "intent"
    before = all_lines(places)
    with pytest.raises(Refused, match="elsewhere"):
        add(hello, "ask_training", places)
    assert (all_lines(places), places.repaired.exists()) == (before, False)


def test_where_files_cannot_be_written_nothing_is_lost(places, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    before = all_lines(places)
    monkeypatch.setattr(sentences.os, "replace", full)
    with pytest.raises(Refused, match="away"):
        add(NEW, "greet", places)
    assert all_lines(places) == before
