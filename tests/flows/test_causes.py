"""Why the bot said that: the rule or the form that answered, and what the message changed, as staff read it."""

from __future__ import annotations

import html
import re

from sqlalchemy import select

from bot.messages.tables import Direction, Message
from bot.staff.roles import Role
from tests.console.desk import sit
from tests.flows.blocks import CUIDA, start
from tests.flows.talking import Talk
from tests.flows.threads import CRY


def fired(talk: Talk) -> list[list[dict]]:
    with talk.running.house.db.read() as session:
        hers = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        return [m.understanding.get("fired") for m in session.scalars(hers.order_by(Message.id))]


def page(talk: Talk) -> str:
    name = f"Ana {talk.learner[:6]}"  # a name is somebody's
    desk = sit(talk.running.house, name, Role.COORDINATOR)
    return html.unescape(desk.get(f"/conversaciones/{talk.learner}").text)


def changed(talk: Talk) -> list[str]:
    lists = re.findall(r'<ul class="changed".*?</ul>', page(talk), re.DOTALL)
    return [told for one in lists for told in re.findall("<li>(.*?)</li>", one)]


def test_the_rule_and_the_form_that_answered_stand_beside_the_turn(talk):
    start(talk, "intereses")
    assert CUIDA in talk.says("bailar")
    talk.taps("A mis hijos")
    opened, free, tapped = fired(talk)[-3:]
    assert opened == [{"action": "interview", "rules": ["an interview starts, or goes on"]}]
    assert [[one.get("form") for one in turn] for turn in (free, tapped)] == [["interview"], ["interview"]]
    seen = page(talk)
    assert "Regla «an interview starts, or goes on»" in seen and "Formulario «interview»" in seen


def test_what_a_message_changed_stands_beside_it(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.taps("A mis hijos")
    assert changed(talk)[-2:] == ["int_gusta: con sus palabras", "int_cuida: A mis hijos"]


def test_what_never_reached_the_engine_is_said_so(talk):
    talk.says("menú")
    talk.says(CRY)
    assert fired(talk)[-2:] == [[{"action": "action_menu", "rules": ["menu"]}], None]
    assert "Se contestó antes de preguntarle al motor." in page(talk)
