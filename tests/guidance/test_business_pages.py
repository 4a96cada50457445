"""A business of her own in the conversation: ideas, her page, formal or not; also with nothing said and under 18."""

from __future__ import annotations

import json

import pytest

from bot.documents.papers import PAPERS
from bot.guidance import picks, printing
from bot.guidance.pages.registry import show
from tests.guidance.desk import Desk
from tests.guidance.test_talks import PROJECT, STEP, answer, welcomed
from tests.rows import GUIDE

IDEAS = GUIDE.business.ideas
NUMBERS = ("25", "12", "20", "800", "400")


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def see(desk: Desk, page: str, value: str = "", number: int = 1):
    """The bubbles of a page, as a tap would show them."""
    desk.said = []
    with desk.house.db.write() as session:
        desk.said = show(desk.person(session), page, value, number)
    return desk.said


def read(desk: Desk) -> str:
    return "\n".join(bubble.text for bubble in desk.said)


def tap_page(desk: Desk, title: str, number: int) -> str:
    """Tap a button that leads to a page."""
    payload = next(p for t, p in desk.offered if t == title)
    asked = json.loads(payload.removeprefix("/see"))
    see(desk, asked["page"], asked.get("v", ""), number)
    return read(desk)


def told(desk: Desk) -> Desk:
    answer(welcomed(desk), *PROJECT, "Mi propio negocio", "Sacar mi costo", *STEP[1:])
    return desk


def skips(desk: Desk, times: int = 1) -> str:
    return "\n".join(desk.types("saltar", "skip_question", 1.0) for _ in range(times))


def paper(desk: Desk, name: str):
    with desk.house.db.write() as session:
        return desk.house.desk.gathers[name](session, desk.learner, {"paper": name})


def test_ideas_begin_with_what_she_said_and_go_on_page_by_page(desk):
    see(told(desk), "ideas")
    assert "• Comida por pedido. Dijiste que te gusta cocinar" in read(desk) and "Tengo otra idea" in dict(desk.offered)
    seen = set()
    for number in range(20):
        seen |= {t for t, p in desk.offered if '"page": "idea"' in p}
        if "Ver más" not in dict(desk.offered):
            break
        tap_page(desk, "Ver más", number)
    assert seen == {i.title for i in IDEAS}


def test_who_has_said_nothing_sees_ideas_and_is_asked_what_she_can_do(desk):
    see(welcomed(desk), "ideas")
    assert "Aún no me cuentas" in read(desk) and "Dijiste que" not in read(desk)
    assert "qué has hecho" in desk.taps("Contarte lo que sé").casefold()


@pytest.mark.parametrize("row", IDEAS, ids=[i.id for i in IDEAS])
def test_one_idea_is_short_and_can_be_taken(desk, row):
    said = see(welcomed(desk), "idea", row.id)
    assert len(said) <= 3 and all(len(b.text) <= 600 for b in said)
    assert row.buyers in read(desk) and row.first_sale in read(desk) and row.care in read(desk)
    assert row.title in tap_page(desk, "Esta es la mía", 7)
    with desk.house.db.read() as session:
        assert picks.picked(desk.person(session), picks.IDEA) == row.id


def test_an_idea_that_is_gone_shows_the_others(desk):
    assert see(welcomed(desk), "idea", "nonsense")[-1].content_id == "ideas_blank"
    assert see(desk, "my_idea", "nonsense")[-1].content_id == "ideas_blank"


def test_from_an_idea_to_the_page_without_asking_what_she_picked(desk):
    see(told(desk), "my_idea", "comida_pedido")
    heard = desk.taps("Hacer mi hoja")
    assert "Quién te compraría" in heard and "Tus vecinas" in heard
    answer(desk, "mis vecinas de la cuadra", "Voy con quien compra", *NUMBERS[:1])
    assert "te quedan 13 pesos" in answer(desk, NUMBERS[1])
    heard = answer(desk, *NUMBERS[2:], "a mi comadre, diez tamales", "el sábado")
    assert "8 porciones a la semana para no perder" in heard and "62 porciones" in heard
    drawn = paper(desk, "business_plan")
    assert drawn.idea.lines[0] == "Comida por pedido" and drawn.buyers.lines == ("mis vecinas de la cuadra",)
    assert [part.lines[0] for part in drawn.figures] == ["$25", "$12", "$13", "8"]
    assert "a mi comadre" in drawn.first_sale.lines[0] and drawn.sell.lines == ("Voy con quien compra",)
    assert PAPERS["business_plan"].draw(drawn).startswith(b"%PDF")


def test_her_own_idea_is_asked_for_and_stands_on_her_page(desk):
    see(told(desk), "my_idea", "own")
    assert "Qué vas a ofrecer" in desk.taps("Hacer mi hoja")
    answer(desk, "flores para el panteón")
    skips(desk, 2)
    answer(desk, "50", "30")
    skips(desk, 2)
    answer(desk, "No tengo esos gastos")
    skips(desk, 2)
    see(desk, "business")
    assert "Flores para el panteón" in read(desk) and "desde la primera venta ganas" in read(desk)


def test_a_price_below_the_cost_is_said_kindly_and_once(desk):
    told(desk).starts("negocio")
    answer(desk, "gelatinas")
    skips(desk, 2)
    answer(desk, "10")
    heard = answer(desk, "12")
    assert "pierdes 2 pesos" in heard and "tiene arreglo" in heard
    assert len(desk.said) <= 3
    skips(desk, 5)
    assert paper(desk, "business_plan").figures[-1].lines == ()


def test_without_a_price_it_is_said_what_is_missing(desk):
    told(desk).starts("negocio")
    heard = skips(desk, 10)
    assert "me faltan dos números" in heard
    with desk.house.db.write() as session:
        assert printing.offer(desk.person(session), "business_plan")[-1].media is None


def test_expenses_she_did_not_say_are_not_taken_for_none(desk):
    told(desk).starts("negocio")
    answer(desk, "gelatinas", "mis vecinas", "En mi casa", "25", "12")
    assert "No conté gastos fijos" in skips(desk, 5)


def test_what_is_known_is_not_asked_again(desk):
    told(desk).starts("negocio")
    answer(desk, "gelatinas", "mis vecinas", "En mi casa", *NUMBERS, "a mi comadre", "el sábado")
    assert "Qué día" in desk.starts("negocio")


@pytest.mark.parametrize("fact", GUIDE.business.facts, ids=[f.id for f in GUIDE.business.facts])
def test_formal_or_not_says_where_it_was_read(desk, fact):
    see(welcomed(desk), "formal")
    heard = tap_page(desk, fact.title, 3)
    assert fact.source in heard and fact.as_of[:4] in heard and "Para empezar" in heard
    assert all(len(b.text) <= 600 for b in desk.said)
    if fact.service:
        assert "Página: https://" in tap_page(desk, "¿Dónde queda?", 4)


def test_under_18_only_what_is_for_her_and_with_someone_grown(desk):
    desk.starts("bienvenida")
    answer(desk, "Sí, te doy permiso", "Ana", "Como a una mujer", "De 14 a 17", "Jalisco")
    see(desk, "ideas")
    assert "Antes de los 18" in desk.said[0].text
    titles = {t for t, p in desk.offered if '"page": "idea"' in p}
    assert titles <= {i.title for i in IDEAS if i.minors}
    assert see(desk, "idea", "cuidado_ninos")[-1].content_id == "ideas_blank"
    assert "No firmes" in "\n".join(b.text for b in see(desk, "formal", "resico"))


def test_her_first_sale_becomes_a_step_with_a_day(desk):
    told(desk).starts("negocio")
    answer(desk, "gelatinas", "mis vecinas", "En mi casa", *NUMBERS, "a mi comadre", "el sábado")
    see(desk, "business")
    assert "Qué día" in desk.taps("Poner día a mi venta")


def test_on_her_pathway_the_next_things_are_offered(desk):
    told(desk)
    answer(desk, "quiero ahorrar", "si lo intento", "Nada por ahora")
    assert {"Ideas de negocio", "Mi negocio", "Formal o todavía no"} <= set(dict(desk.offered))
