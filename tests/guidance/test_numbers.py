"""Her year in pesos: what is asked, what is counted, what she reads, and that it is the pure functions' own."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.content.figures import Kind
from bot.documents.papers import PAPERS
from bot.guidance import charting, counting, picks
from bot.guidance.cashflow import FLOWS, year
from bot.guidance.counting import View
from bot.guidance.pages.registry import show
from bot.guidance.printing import OFFERS
from bot.guidance.wages import spoken_date
from bot.messages.choices import otherwise
from tests.documents.builders import image
from tests.guidance.desk import Desk
from tests.guidance.test_talks import PROJECT, WELCOME, answer, planned, welcomed
from tests.rows import GUIDE

AT = datetime(2026, 11, 23, 18, tzinfo=UTC)
COMMON = ("media hora", "5", "40", "como 800", "1,200 a la semana", "Nada", "1500")
STUDY = ("Nada", "como 150")
SHOP = ("35", "12", "20", "1", "Nada", "como 600")
YOUNG = ("Sí, te doy permiso", "Ana", "Como a una mujer", "De 14 a 17", "Jalisco")


@pytest.fixture
def desk(small_house):
    return Desk(small_house, at=AT)


def seen(desk: Desk, page: str, value: str = "", number: int = 900):
    with desk.house.db.write() as session:
        return show(desk.person(session), page, value, number)


def counted(desk: Desk, view: View):
    with desk.house.db.read() as session:
        person = desk.person(session)
        return year(view.pathway, counting.numbers(person, view), counting.next_month(person), GUIDE.assumptions)


def text(bubbles) -> str:
    return "\n".join(bubble.text for bubble in bubbles)


def taps(bubbles) -> dict[str, str]:
    return dict(bubbles[-1].buttons)


def value_of(payload: str) -> str:
    return json.loads(payload.removeprefix("/see"))["v"]


@pytest.fixture
def told(desk):
    planned(desk)
    desk.starts("cuentas")
    answer(desk, *COMMON, *STUDY)
    return desk


@pytest.mark.parametrize("pathway", ["employment", "study"])
def test_the_page_says_what_the_pure_functions_say(told, pathway):
    bubbles = seen(told, "numbers", pathway)
    assert all(line in bubbles[0].text for line in counted(told, View(pathway)).lines)
    assert bubbles[0].media["pathway"] == pathway
    assert all(len(bubble.text) <= 600 for bubble in bubbles) and len(bubbles) <= 3
    assert len(bubbles[-1].buttons) <= 10 and all(len(title) <= 24 for title, _ in bubbles[-1].buttons)


def test_a_what_if_changes_the_year_says_so_with_its_source_and_can_be_taken_back(told):
    usual = seen(told, "numbers", "employment")
    more = seen(told, "numbers", value_of(taps(usual)["¿Y si tuviera guardería?"]))
    assert more[0].text != usual[0].text
    assert "Conté el cuidado sin costo" in more[1].text and "Fuente: El Sol de Puebla" in more[1].text
    assert more[0].media["changes"] == ["guarderia"]
    off = taps(more)["✅ Si tuviera guardería"]
    assert seen(told, "numbers", value_of(off))[0].text == usual[0].text


def test_only_the_part_that_fits_her_hours_is_counted_and_it_says_so(told):
    picks_business(told)
    paid = round(9582 * (1.5 / 8))
    assert f"conté {paid:,} pesos al mes" in text(seen(told, "numbers", "employment"))
    assert "caben 10 a la semana" in text(seen(told, "numbers", "business"))


def test_a_what_if_that_changes_nothing_is_not_offered(desk):
    welcomed(desk)
    with desk.house.db.read() as session:
        person = desk.person(session)
        assert "guarderia" not in {c.id for c in counting.that_matter(person, "study")}
        assert "jovenes" in {c.id for c in counting.what_ifs(person, "employment")}


def test_a_what_if_can_be_written(told):
    hears = seen(told, "numbers", "employment")[-1].hears
    for said in ("¿y si tuviera guardería?", "y si empiezo en seis meses", "qué pasa si trabajo medio tiempo"):
        assert otherwise(said, hears) is not None, said
    assert otherwise("busco una guardería cerca de mi casa", hears) is None
    assert otherwise("y si tuviera guardería y medio tiempo", hears) is None


def test_what_she_did_not_say_stays_unknown_and_is_not_counted(desk):
    welcomed(desk)
    assert "Todavía no me dices" in text(seen(desk, "numbers_from", "employment"))
    lines = {line.id: line for line in counted(desk, View("employment")).assumptions}
    assert {lines[n].kind for n in ("care", "needed", "debts", "transport")} == {Kind.MISSING}


def test_a_business_without_a_price_is_not_counted_but_asked_for(told):
    bubbles = seen(told, "numbers", "business")
    assert bubbles[-1].content_id == "numbers_missing" and not any(b.media for b in bubbles)
    assert "Mi propio negocio: me faltan tus números" in text(seen(told, "compare"))
    heard = told.starts("cuentas")
    assert "cada pieza" in heard
    answer(told, *SHOP)
    found = seen(told, "numbers", "business")
    assert all(line in found[0].text for line in counted(told, View("business")).lines)


@pytest.mark.parametrize("pathway", FLOWS)
def test_every_figure_has_its_source_and_date(told, pathway):
    picks_business(told)
    page = seen(told, "numbers_from", pathway)
    said = text(page)
    for line in counted(told, View(pathway)).assumptions:
        assert line.text in said
        assert line.kind is Kind.MISSING or f"{line.source} ({spoken_date(line.as_of)})".lower() in said.lower()
    assert all(len(bubble.text) <= 600 for bubble in page) and len(page) <= 3


def picks_business(desk: Desk) -> None:
    seen(desk, "numbers", "business")
    desk.starts("cuentas")
    answer(desk, *SHOP)


def test_the_pay_is_the_legal_minimum_until_she_picks_an_occupation_with_a_source(told):
    assert "salario mínimo general" in text(seen(told, "numbers_from", "employment"))
    row = next(o for o in GUIDE.occupations.occupations if o.pay and o.pay.month)
    with told.house.db.write() as session:
        person = told.person(session)
        picks.pick(person, picks.OCCUPATION, row.id, 901)
        found = counting.pay(person)
        assert found.counted.pesos == (row.pay.states.get("JAL") or row.pay.month)
        assert found.counted.source == row.pay.source
        both = "\n".join(found.lines)
        assert "marca la ley" in both and "gente reporta" in both


def test_before_18_no_more_hours_and_no_less_pay_than_the_law_says(small_house):
    desk = Desk(small_house, at=AT)
    desk.starts("bienvenida")
    answer(desk, *YOUNG, *PROJECT)
    for changes in ((), ("guarderia",), ("guarderia", "medio_tiempo")):
        with desk.house.db.read() as session:
            numbers = counting.numbers(desk.person(session), View("employment", changes))
        assert numbers["hours"].value <= 6 and numbers["pay"].value == 9582
    with desk.house.db.write() as session:
        person = desk.person(session)
        grown = next(o for o in GUIDE.occupations.occupations if not o.minors and o.pay and o.pay.month)
        picks.pick(person, picks.OCCUPATION, grown.id, 902)
        assert counting.occupation(person) is None
    answer(desk, "Un trabajo", "Sí, queda claro")
    desk.types("pausa", "pause", 1.0)
    assert "desde los 15 años" in text(seen(desk, "numbers", "employment"))


def test_while_a_question_waits_a_page_is_one_bubble(desk):
    desk.starts("bienvenida")
    answer(desk, *WELCOME, *PROJECT)
    offered = dict(desk.offered)
    assert offered["Verlos en pesos"] == '/see{"page": "compare"}'
    for page in ("compare", "numbers", "why"):
        bubbles = seen(desk, page, "employment")
        assert len(bubbles) == 1 and len(bubbles[0].text) <= 600 and not bubbles[0].buttons


def test_the_picture_of_an_order_is_the_same_whenever_it_is_made(told):
    order = seen(told, "numbers", "employment:guarderia")[0].media
    assert order["first"] == "2026-12-01"
    made = []
    for at in (AT, AT.replace(month=12, day=31)):
        told.at = at
        with told.house.db.read() as session:
            made.append(PAPERS["chart"].draw(OFFERS["chart"].make(told.person(session), json.loads(json.dumps(order)))))
    assert made[0] == made[1] and image(made[0]).width == 1080


def test_an_order_that_cannot_be_counted_is_a_lookup_error(told):
    with told.house.db.read() as session:
        for pathway in ("business", "lottery"):
            with pytest.raises(LookupError, match=pathway):
                charting.chart(told.person(session), {"paper": "chart", "pathway": pathway})


def test_taking_another_way_from_the_page_is_kept(told):
    ways = taps(seen(told, "numbers", "employment"))
    assert '"camino"' in ways["Elegir este camino"]
    told.starts("camino", v=":employment")
    with told.house.db.read() as session:
        assert told.person(session).learner.pathway == "employment"
        assert picks.picked(told.person(session), picks.COUNTED) == "employment"


@pytest.mark.parametrize("value", ["employment", "employment:guarderia+pronto", "study:beca"])
def test_a_view_reads_what_it_writes(value):
    view = View.read(value)
    assert View.read(str(view)) == view
    assert View.read(str(view.with_("a").with_("a"))).changes.count("a") == 1
    assert "a" not in view.with_("a").without("a").changes


ROWS = [o for o in GUIDE.occupations.occupations if o.pay and o.pay.month]


@pytest.mark.parametrize("row", ROWS, ids=[o.id for o in ROWS])
def test_no_bubble_is_too_long_whatever_she_picked_and_asked(told, row):
    with told.house.db.write() as session:
        picks.pick(told.person(session), picks.OCCUPATION, row.id, 903)
    for changes in ("", "guarderia+seis_meses+medio_tiempo+pronto"):
        for page in ("numbers", "numbers_from", "compare"):
            bubbles = seen(told, page, f"employment:{changes}")
            assert len(bubbles) <= 3 and all(0 < len(bubble.text) <= 600 for bubble in bubbles), page
