"""The way to a job: occupations to look through, one of them, her pick. Her CV and practice are in `test_cv.py`."""

from __future__ import annotations

import json

import pytest

from bot.content.library import Bubble
from bot.guidance import picks, seeking
from bot.guidance.conversation import Said
from bot.guidance.pages.registry import asked, show
from tests.guidance.desk import Desk
from tests.guidance.test_talks import answer, planned, welcomed

BUBBLE, TITLE, MOST = 600, 24, 10


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def see(desk: Desk, page: str, value: str = "", message: int = 1) -> list[Bubble]:
    with desk.house.db.write() as session:
        return show(desk.person(session), page, value, message)


def leads(said: list[Bubble], title: str) -> tuple[str, str]:
    """The page and value behind a button."""
    payload = dict(said[-1].buttons)[title].removeprefix("/see")
    go = json.loads(payload)
    return go["page"], go.get("v", "")


def titles(said: list[Bubble]) -> list[str]:
    return [title for title, _ in said[-1].buttons]


def all_pages(desk: Desk) -> list[tuple[str, str]]:
    """Every list and every occupation, by page and value."""
    guide = desk.house.library.current().guide.occupations
    lists = [("occupations", ""), ("occupations", "7"), *(("sector", s) for s in ("best", "best:4", *guide.sectors))]
    return lists + [(page, o.id) for o in guide.occupations for page in ("occupation", "occupation_more")]


@pytest.mark.parametrize("state", ["JAL", "BCN", "CHH", "NLE"])
def test_every_page_fits_a_telephone(desk, state):
    planned(desk)
    with desk.house.db.write() as session:
        desk.person(session).learner.state = state
    for page, value in all_pages(desk):
        said = see(desk, page, value)
        assert len(said) <= 3 and all(0 < len(b.text) <= BUBBLE for b in said), (
            page,
            value,
            [len(b.text) for b in said],
        )
        assert 2 <= len(said[-1].buttons) <= MOST and all(len(t) <= TITLE for t in titles(said)), (page, value)
        assert all(not b.buttons for b in said[:-1])


def test_from_a_sector_to_one_occupation_with_its_source_and_the_legal_minimum(desk):
    planned(desk)
    more = see(desk, *leads(see(desk, "occupations"), "Ver más"))
    said = see(desk, *leads(more, "Cuidados y hogar"))
    assert "• Cuidado de personas. Por lo que has hecho, sabes cuidar" in said[-1].text
    what, pay, fits = see(desk, *leads(said, "Cuidado de personas"))
    assert "Acompañas y cuidas" in what.text
    assert "Lo que la gente reporta" in pay.text and "tercer trimestre de 2024" in pay.text
    assert "salario mínimo general, 2026" in pay.text
    assert "sabes cuidar a otras personas" in fits.text
    fare, needs, begin = see(desk, *leads([what, pay, fits], "Ver más"))
    assert "96 de cada 100" in fare.text and "falta confirmarlo" in needs.text and "CONOCER" in begin.text


def test_who_looks_is_made_of_everything_she_told(desk):
    planned(desk)
    with desk.house.db.read() as session:
        mine = seeking.seeker(desk.person(session))
    assert {"A", "R", "E"} <= set(mine.interests) and "cuidar" in mine.skills
    assert (mine.level, mine.state, mine.age_band, mine.hours, mine.or_more) == ("secundaria", "JAL", "18-24", 2, False)


def test_a_reason_names_what_she_said_and_not_only_what_we_made_of_it(desk):
    planned(desk)
    said = see(desk, "occupation", "cocina")[-1].text
    assert "Dijiste que te gusta cocinar. Aquí se trata de hacer" in said
    desk.starts("gusta")
    answer(desk, "Me late", *["No va conmigo"] * 17)
    assert "Dijiste que te gusta hacer y arreglar" in see(desk, "occupation", "cocina")[-1].text


def test_five_hours_or_more_speaks_against_nothing(desk):
    planned(desk)
    desk.starts("proyecto", q="horas")
    answer(desk, "Cinco horas o más")
    with desk.house.db.read() as session:
        person = desk.person(session)
        assert seeking.seeker(person).or_more
        assert not [c for m in seeking.found(person) for c in m.cautions if "horas al día" in c]


def test_the_eighteen_items_count_more_than_the_short_question(desk):
    planned(desk)
    desk.starts("gusta")
    answer(desk, "Me late", *["No va conmigo"] * 17)
    with desk.house.db.read() as session:
        assert seeking.seeker(desk.person(session)).interests == ("R",)


def test_who_has_told_nothing_is_told_so_and_may_begin(desk):
    said = see(desk, "sector", "best")
    assert "no sé qué te gusta" in said[-1].text
    assert {"Lo que ya sé hacer", "Lo que me gusta"} <= set(titles(said))
    assert "falta conocerte" in see(desk, "occupation", "cajera")[-1].text


def test_under_eighteen_only_what_the_law_lets_her_do(desk):
    desk.starts("bienvenida")
    answer(desk, "Sí, te doy permiso", "Ana", "Como a una mujer", "De 14 a 17", "Jalisco")
    guide = desk.house.library.current().guide.occupations
    allowed = {o.id for o in guide.occupations if o.minors}
    with desk.house.db.read() as session:
        assert {m.id for m in seeking.found(desk.person(session))} == allowed
    for sector in guide.sectors:
        shown = {
            leads(said, t)[1]
            for said in [see(desk, "sector", sector)]
            for t in titles(said)
            if "see" in dict(said[-1].buttons)[t] and leads(said, t)[0] == "occupation"
        }
        assert shown <= allowed, sector
    assert "cuando tengas 18" in see(desk, "occupation", "soldadura")[0].text
    assert "cuando tengas 18" in see(desk, "occupation_pick", "soldadura", 50)[0].text
    assert "Inspección del Trabajo" in see(desk, "occupation_more", "ventas_mostrador")[1].text
    with desk.house.db.read() as session:
        assert picks.picked(desk.person(session), picks.OCCUPATION) is None


def test_only_her_interest_is_a_pick_and_the_last_one_counts(desk):
    planned(desk)
    see(desk, "occupation", "cajera", 10)
    with desk.house.db.read() as session:
        assert seeking.picked(desk.person(session)) is None
    said = see(desk, *leads(see(desk, "occupation", "cajera"), "Me interesa"), 11)
    assert "tus cuentas" in said[-1].text and "tu CV" in said[-1].text
    see(desk, "occupation_pick", "cocina", 12)
    with desk.house.db.read() as session:
        assert seeking.picked(desk.person(session)).id == "cocina"
    assert "Me interesa" not in titles(see(desk, "occupation", "cocina"))


def test_words_that_name_an_occupation_lead_to_it_and_an_unknown_one_is_said(desk):
    planned(desk)
    assert asked("ask_occupation", {"occupation": "cajera", "state": "JAL"}) == ("occupation", "cajera")
    assert asked("ask_labor_market", {}) == ("occupations", "")
    assert asked("see", {"occupation": "cajera"}) == ("", "")
    said = see(desk, *asked("ask_labor_market", {"occupation": "astronauta"}))
    assert "todavía no tengo datos" in said[0].text and "Lo que más me queda" in titles(said)


def test_a_block_she_left_for_a_page_is_one_tap_away(desk):
    welcomed(desk)
    answer(desk, "cuidé a mi abuela")
    desk.types("pausa", "pause", 1.0)
    assert "Seguir" in titles(see(desk, "occupation", "cajera"))


def test_a_tap_on_a_page_pauses_the_block_which_waits(desk):
    welcomed(desk)
    desk.hears(Said("/see", "see", 1.0, {"page": "occupations"}, tapped=True))
    assert desk.said == []  # the page answers
    assert "Seguir" in titles(see(desk, "occupation", "cajera"))
    assert "orgullo" in desk.hears(Said("/resume", "resume", 1.0, tapped=True))


def test_before_she_agrees_there_are_no_pages(desk):
    desk.starts("bienvenida")
    heard = desk.hears(Said("¿cuánto gana una cajera?", "ask_labor_market", 1.0))
    assert "permiso" in heard and "Trabajos" not in heard


def test_words_of_hers_are_never_taken_for_a_page_without_asking(desk):
    welcomed(desk)
    heard = desk.types("¿cuánto gana una cajera?", "ask_labor_market", 1.0)
    assert "Cuánto pagan" in heard and [t for t, _ in desk.offered] == ["Sí, pasar", "No, era mi respuesta"]
    assert "Qué te gusta hacer" in desk.taps("No, era mi respuesta")
