"""What a number, an ordinal or a title stands for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.config import ROOT
from bot.content.library import Bubble, load
from bot.db import now
from bot.messages import replies
from bot.messages.choices import ALWAYS, TWICE, Picked, name, otherwise, plain, ref, tapped, tapped_twice, typed
from bot.messages.tables import Direction, Message
from bot.runtime import Runtime
from tests.builders import learner_id, write

WAYS = ["Un trabajo", "Mi propio negocio", "Volver a estudiar"]
CONTENT = load(ROOT / "content", "es-MX")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1", 0),
        (" 2. ", 1),
        ("3️⃣", 2),
        ("el 2", 1),
        ("la tercera", 2),
        ("El segundo, por favor", None),
        ("opción 3", 2),
        ("número dos", 1),
        ("no. 2", 1),
        ("quiero la primera", 0),
        ("Prefiero el tres", 2),
        ("un trabajo", 0),
        ("VOLVER A ESTUDIAR!!", 2),
        ("quiero volver a estudiar", 2),
        ("volver a estudia", 2),
        ("bolver a estudiar", 2),
        ("mi propio negosio", 1),
        ("4", None),
        ("0", None),
        ("100", None),
        ("estudiar", None),
        ("no sé", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_name_finds_the_choice_that_is_meant(text, expected):
    assert name(text, WAYS) == expected


def test_name_takes_a_number_for_itself_where_titles_are_numbers():
    assert [name(text, ["0", "1", "2"]) for text in ("0", "2", "dos", "tercero")] == [0, 2, None, None]


def test_name_does_not_guess_between_two_that_are_close():
    assert name("opcion be", ["Opción bea", "Opción beb"]) is None


@pytest.mark.parametrize("text", ["no quiero el primero", "no, la segunda no", "no el 1"])
def test_name_does_not_take_a_refusal_for_a_choice(text):
    assert name(text, WAYS) is None


OFFERED = {
    **{f"message {m}": [b.title for b in t.buttons] for m, t in CONTENT.messages.items() if t.buttons},
    **{q.id: [o.title for o in q.options] for i in CONTENT.interviews.values() for q in i.questions if q.options},
}


@pytest.mark.parametrize("titles", OFFERED.values(), ids=OFFERED)
def test_every_title_we_offer_picks_itself_when_it_is_typed(titles):
    assert [name(title, titles) for title in titles] == list(range(len(titles)))


@pytest.mark.parametrize("text", ["፩", "²", "①", "٣", "el ፩", "\u0bf0"])
def test_name_reads_past_digits_that_are_no_number(text):
    assert name(text, WAYS) in (None, 0, 1, 2)


DIGITS = st.characters(categories=["Nd", "No", "Nl"])


@given(st.text(max_size=40) | st.text(DIGITS, max_size=3), st.lists(st.text(max_size=24), max_size=10))
def test_name_never_raises_and_names_one_of_the_titles(text, titles):
    found = name(text, titles)
    assert found is None or 0 <= found < len(titles)


@pytest.mark.parametrize(
    "text, payload",
    [("BAJA", "/opt_out"), ("¡Alto!", "/opt_out"), ("no más mensajes", "/opt_out"), ("Alta", "/opt_in")],
)
def test_words_known_from_text_messages_always_mean_the_same(text, payload):
    assert ALWAYS[plain(text)] == payload


def offer(house: Runtime, *buttons: tuple[str, str], sender: str = "someone") -> int:
    """Somebody is offered choices; returns the number of the message they are under."""
    write(house, "hola", sender)
    who = learner_id(house, sender)
    with house.db.write() as session:
        asked = latest(session, who, Direction.IN)
        replies.queue_replies(session, house.sealer, asked, [Bubble("elige", buttons)], 1500, "v1", now())
        session.flush()
        return latest(session, who, Direction.OUT).id


def latest(session, who: str, direction: Direction) -> Message:
    mine = (Message.learner_id == who, Message.direction == direction)
    return session.scalars(select(Message).where(*mine).order_by(Message.id.desc())).first()


@pytest.mark.parametrize("text, title", [("mi cv", "Empezar mi CV"), ("mi plan", None), ("cv", None), ("menu", None)])
def test_typed_takes_what_she_asks_to_see_for_the_title_it_stands_in(house, text, title):
    offer(
        house, ("Empezar mi CV", "/answer"), ("Ver el menú", "/menu"), ("Mi plan de hoy", "/a"), ("Ver mi plan", "/b")
    )
    with house.db.read() as session:
        found = typed(session, learner_id(house), text)
        assert (found and found.title) == title


def test_typed_looks_only_at_what_was_said_last(house):
    offer(house, ("Menú", "/menu"), ("Mi plan", "/my_plan"))
    last = offer(house, ("Ayuda", "/help"))
    with house.db.read() as session:
        who = learner_id(house)
        assert typed(session, who, "ayuda") == Picked("/help", "Ayuda", ref(last, 0))
        assert typed(session, who, "2") is None


def test_typed_finds_nothing_under_a_message_without_choices(house):
    offer(house, ("Menú", "/menu"))
    offer(house)
    with house.db.read() as session:
        assert typed(session, learner_id(house), "menú") is None
        assert typed(session, "nobody", "menú") is None


def test_tapped_finds_a_choice_further_up(house):
    first = offer(house, ("Menú", "/menu"), ("Mi plan", "/my_plan"))
    offer(house, ("Ayuda", "/help"))
    with house.db.read() as session:
        assert tapped(session, learner_id(house), f"{first}:1") == Picked("/my_plan", "Mi plan", f"{first}:1")


def test_tapped_takes_no_choice_of_somebody_else(house):
    hers = offer(house, ("Menú", "/menu"))
    offer(house, ("Menú", "/menu"), sender="another")
    with house.db.read() as session:
        assert tapped(session, learner_id(house, "another"), f"{hers}:0") is None


def test_tapped_reads_past_what_is_no_choice_of_ours(small_house):
    number = offer(small_house, ("Menú", "/menu"))
    strange = ["", "1", "1:", ":0", "-1:0", "9" * 30 + ":0", "yes", f"{number}:-1", f"{number}:1", f"{number}:0 "]
    with small_house.db.read() as session:
        assert [tapped(session, learner_id(small_house), choice) for choice in strange] == [None] * len(strange)


def test_tapped_twice_only_for_the_same_button_within_moments(house):
    at = now()
    for provider_id, choice, after in [("a", "7:0", 0), ("b", "7:0", 1), ("c", "7:1", 2), ("d", "7:0", 60)]:
        write(house, "", choice=choice, provider_id=provider_id, kind="choice", at=at + timedelta(seconds=after))
    write(house, "", choice="7:0", provider_id="e", kind="choice", sender="another", at=at)
    with house.db.read() as session:
        rows = session.scalars(select(Message).order_by(Message.id)).all()
        assert [tapped_twice(session, row, at) for row in rows] == [False, True, False, False, False]
    assert timedelta(seconds=60) > TWICE


HEARS = (("si tuviera guardería", "/a"), ("guarderia", "/a"), ("en seis meses", "/b"), ("medio tiempo", "/c"))


@pytest.mark.parametrize(
    "said, place",
    [
        ("¿Y si tuviera guardería?", 0),
        ("guardería", 1),
        ("y si empiezo en seis meses", 2),
        ("qué pasaría si empiezo hasta en seis meses", 2),
        ("pero si nomás es medio tiempo?", 3),
        ("busco una guardería", None),
        ("en seis meses me caso", None),
        ("y si tuviera guardería y medio tiempo", None),
        ("sí", None),
        ("", None),
    ],
)
def test_what_may_be_written_instead(said, place):
    found = otherwise(said, HEARS)
    assert (found if found is None else HEARS[found][1]) == (None if place is None else HEARS[place][1])


def test_what_may_be_written_is_found_after_the_last_words_and_never_shown(house):
    write(house, "hola")
    who = learner_id(house)
    said = Bubble("¿Y si algo cambia?", (("Menú", "/menu"),), hears=(("si tuviera guardería", "/see"),))
    with house.db.write() as session:
        asked = latest(session, who, Direction.IN)
        replies.queue_replies(session, house.sealer, asked, [Bubble("Tu año"), said], 1500, "v1", now())
    with house.db.read() as session:
        last = latest(session, who, Direction.OUT)
        found = typed(session, who, "¿y si tuviera guardería?")
        assert found == Picked("/see", "si tuviera guardería", ref(last.id, 1))
        assert tapped(session, who, found.ref) == found
        assert [choice["title"] for choice in last.choices] == ["Menú"]
