"""The code of a group comes by a link, and is kept without being asked for."""

from __future__ import annotations

import re

import pytest

from bot.config import ROOT
from bot.guidance import journey
from bot.messages.linking import find_code
from bot.messages.reading import Question, Reader
from bot.messages.tables import Message
from bot.people import groups
from bot.people.tables import Learner
from channels.telegram_updates import read_update
from tests.builders import consent, learner_id, write
from tests.guidance.desk import Desk


@pytest.mark.parametrize(
    "text",
    [
        "/start JAL-25",
        "/start jal_25",
        "Hola, mi grupo es JAL-25",
        "hola mi grupo es jal-25.",
        "¡Hola! Mi grupo es: JAL-25",
        "Mi grupo es el JAL-25",
    ],
)
def test_a_link_brings_a_code(text):
    assert groups.brought(text) == "JAL-25"


@pytest.mark.parametrize(
    "text",
    ["hola", "/start", "start JAL-25", "mi grupo es pequeño", "Hola, mi grupo es de costura", "mi grupo es JAL-25 y"],
)
def test_other_words_bring_none(text):
    assert groups.brought(text) is None


def test_a_link_of_another_channel_is_no_group():
    assert find_code("/start RUMBO-7KQ2MX") == "RUMBO-7KQ2MX"


def test_the_chat_page_says_what_is_understood():
    page = (ROOT / "bot" / "pages" / "chat.js").read_text()
    said = re.search(r"GROUP \? '(.+?)' \+ GROUP", page)
    assert said and groups.brought(said[1] + "MTY-7") == "MTY-7"


def reads(house, text: str, sender: str = "someone") -> tuple[Question, Learner]:
    write(house, text, sender)
    who = learner_id(house, sender)
    with house.db.write() as session:
        message = session.query(Message).filter_by(learner_id=who).order_by(Message.id.desc()).first()
        learner = session.get_one(Learner, who)
        reader = Reader(house.library.current(), house.care, journey.gate, journey.is_asking)
        asked = reader.read(session, message, learner, text, message.created_at)
        assert isinstance(asked, Question)
        return asked, learner


def telegram(text: str) -> str:
    chat = {"id": 7, "type": "private"}
    person = {"id": 7, "is_bot": False, "first_name": "X"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": text}
    return read_update({"update_id": 1, "message": message})[0].text


@pytest.mark.parametrize("text", [telegram("/start JAL-25"), "Hola, mi grupo es JAL-25"])
def test_before_consent_only_the_code_is_kept_and_she_is_welcomed(small_house, text):
    asked, learner = reads(small_house, text)
    assert asked.said == journey.start(journey.FIRST)
    assert learner.group_code == "JAL-25"
    assert (learner.called, learner.age_band, learner.state, learner.gender) == (None,) * 4


def test_who_has_agreed_is_greeted_and_the_newer_code_counts(small_house):
    consent(small_house)
    for code in ("JAL-25", "MTY-7"):
        asked, learner = reads(small_house, f"Hola, mi grupo es {code}")
        assert (asked.said, asked.exact, learner.group_code) == (groups.HELLO, False, code)


def test_who_came_with_a_code_is_not_asked_for_it(small_house):
    known, other = Desk(small_house), Desk(small_house, channel="telegram")
    with small_house.db.write() as session:
        session.get_one(Learner, known.learner).group_code = "JAL-25"
    assert ("grupo" in asked_of(known), "grupo" in asked_of(other)) == (False, True)


def asked_of(desk: Desk) -> set[str]:
    """The questions of "more about you" on the way of one learner who skips everything."""
    desk.starts("mas_de_ti")
    with desk.house.db.read() as session:
        from bot.guidance.course import Course

        return {q.id for q in Course(desk.person(session), 0).path()}


def test_a_no_to_keeping_anything_takes_the_code_away(small_house):
    desk = Desk(small_house)
    with small_house.db.write() as session:
        session.get_one(Learner, desk.learner).group_code = "JAL-25"
    desk.starts(journey.FIRST)
    desk.types("no")
    with small_house.db.read() as session:
        assert session.get_one(Learner, desk.learner).group_code is None
