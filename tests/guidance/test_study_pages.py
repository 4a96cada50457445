"""Back to school in the conversation: ways, aid, where, her plan; also with nothing said and under 18."""

from __future__ import annotations

import re

import pytest

from bot.documents.papers import PAPERS
from bot.guidance import picks, printing, schooling
from tests.guidance.desk import Desk
from tests.guidance.test_business_pages import paper, read, see, tap_page
from tests.guidance.test_talks import PROJECT, STEP, answer, planned, welcomed
from tests.rows import GUIDE

ROUTES = GUIDE.routes
FIGURE = re.compile(r"\d[\d,.]* (?:pesos|por ciento)|\$ ?\d")


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def aged(desk: Desk, band: str, level: str = "La secundaria") -> Desk:
    desk.starts("bienvenida")
    answer(desk, "Sí, te doy permiso", "Ana", "Como a una mujer", band, "Jalisco")
    answer(desk, *PROJECT[:4], level, *PROJECT[5:], "Volver a estudiar", *STEP)
    return desk


def test_the_next_level_is_said_once_and_the_ways_stand_in_order(desk):
    see(planned(desk), "routes")
    assert read(desk).count("Dijiste que terminaste la secundaria: lo que sigue es la prepa.") == 1
    with desk.house.db.read() as session:
        names = [f.route.button for f in schooling.fits(desk.person(session))]
    shown = [t for t, p in desk.offered if '"page": "route"' in p]
    assert names[: len(shown)] == shown and len(shown) == 4


def test_who_has_said_nothing_sees_all_and_is_asked_the_one_thing_that_is_missing(desk):
    see(welcomed(desk), "routes")
    assert "Aún no me dices" in read(desk)
    assert "último que sí terminaste" in desk.taps("Contestar eso")
    assert see(desk, "aid")[-1].content_id == "aid_blank"
    assert see(desk, "study_plan")[-1].content_id == "study_empty"


def test_what_she_finished_is_not_asked_twice(desk):
    assert "Qué buscas" in planned(desk).starts("escuela")


@pytest.mark.parametrize("row", ROUTES.routes, ids=[r.id for r in ROUTES.routes])
def test_one_way_is_three_short_bubbles_with_its_source(desk, row):
    said = see(welcomed(desk), "route", row.id)
    assert said[-1].content_id == "route" and len(said) <= 3 and all(0 < len(b.text) <= 600 for b in said)
    assert row.cost in said[1].text and all(p in said[1].text for p in row.papers)
    assert row.source in said[2].text and row.as_of[:4] in said[2].text and row.start in said[2].text
    assert all(what.rstrip("?") in said[2].text for what in row.unsure)


@pytest.mark.parametrize("row", [r for r in ROUTES.routes if r.service], ids=lambda r: r.id)
def test_where_it_is_shows_only_what_was_verified(desk, row):
    see(welcomed(desk), "route", row.id)
    heard = tap_page(desk, "¿Dónde queda?", 2)
    with desk.house.db.read() as session:
        service = desk.person(session).content.services[row.service]
    assert service.name in heard and ("Teléfono" in heard) == bool(service.phone)
    assert len(heard) <= 600


def test_a_way_that_is_gone_shows_the_others(desk):
    for page in ("route", "my_route"):
        assert see(welcomed(desk), page, "nonsense")[-1].content_id == "routes_blank"
    assert see(desk, "place", "nonsense")[-1].content_id == "nothing_open"


def test_from_a_way_to_a_plan_with_what_she_lacks(desk):
    see(planned(desk), "route", "prepa_linea")
    assert "Prepa en Línea" in tap_page(desk, "Esta es la mía", 5)
    assert "Qué buscas" in desk.taps("Armar mi plan")
    answer(desk, "Terminar otro nivel", "Por internet", "mi curp y mi acta", "En uno a tres meses")
    see(desk, "study_plan")
    assert "Papeles que ya tengo: CURP, acta de nacimiento, CURP certificada" not in read(desk)
    assert "Papeles que ya tengo: CURP, acta de nacimiento." in read(desk)
    assert "Me faltan: certificado de secundaria" in read(desk) and "Beca Universal Benito Juárez" in read(desk)
    assert "Quiero empezar: en uno a tres meses" in read(desk) and "Escribe «ver mi escuela»" in read(desk)
    assert len(desk.said) <= 3 and all(len(b.text) <= 600 for b in desk.said)
    drawn = paper(desk, "study_plan")
    assert drawn.has.lines == ("CURP", "Acta de nacimiento") and "Certificado de secundaria" in drawn.lacks.lines
    assert PAPERS["study_plan"].draw(drawn).startswith(b"%PDF")
    assert "Qué día" in (desk.taps("Juntar mis papeles") if "Juntar mis papeles" in dict(desk.offered) else "")


def test_with_her_papers_known_a_new_way_is_a_plan_at_once(desk):
    planned(desk).starts("escuela")
    answer(desk, "Aprender un oficio", "En persona", "ninguno", "Este mes")
    assert see(desk, "my_route", "cecati_icat", 9)[-1].content_id == "study_plan"
    with desk.house.db.read() as session:
        assert picks.picked(desk.person(session), picks.ROUTE) == "cecati_icat"
        assert schooling.fits(desk.person(session))[0].route.gives is None


def test_the_day_to_look_again_is_two_weeks_after_she_took_it(desk):
    planned(desk)
    see(desk, "my_route", "prepa_linea", 9)
    with desk.house.db.read() as session:
        person = desk.person(session)
        due = schooling.spoken(schooling.today(desk.at) + schooling.REVIEW)
        assert due in (schooling.plan(person) or pytest.fail("no plan")).review


def test_the_paper_of_a_plan_nobody_made_offers_ways(desk):
    planned(desk)
    with desk.house.db.write() as session:
        said = printing.offer(desk.person(session), "study_plan")[-1]
    assert said.media is None and said.buttons[0][0] == "Dónde estudiar"


def test_aid_says_what_it_pays_and_where_that_was_read(desk):
    see(planned(desk), "aid", "conalep")
    assert "1,900 pesos cada 2 meses" in read(desk) and "Informador" in read(desk)
    assert see(desk, "aid", "acuerdo286")[-1].content_id == "aid_none"


def test_money_for_her_children_is_shown_to_who_has_them_and_stays_off_her_own_plan(desk):
    planned(desk).starts("mas_de_ti")
    answer(desk, "Zapopan", "De 5 a 7 horas", "de 13 a 17 años y bebes")
    see(desk, "aid")
    assert "Rita Cetina" in read(desk)
    see(desk, "my_route", "conalep", 9)
    assert all("Rita" not in line for line in paper(desk, "study_plan").aid.lines)


def test_what_is_for_women_is_not_shown_to_who_is_spoken_to_as_a_man(desk):
    planned(desk)
    assert see(desk, "route", "segunda_oportunidad")[-1].content_id == "route"
    with desk.house.db.write() as session:
        desk.person(session).learner.gender = "m"
    assert see(desk, "route", "segunda_oportunidad")[-1].content_id == "routes"


def test_under_18_an_age_that_is_asked_for_is_said_and_no_door_is_promised(desk):
    aged(desk, "De 14 a 17")
    see(desk, "route", "acuerdo286")
    assert "Sobre la edad hay datos distintos" in read(desk)
    assert "carta de quien te cuida" in read(desk)
    see(desk, "route", "cecati_icat")
    assert "Pide 15 años cumplidos" in read(desk)


@pytest.mark.parametrize("level", ["Todavía ninguno", "La primaria", "La prepa", "Carrera técnica o más"])
def test_every_level_has_ways_and_aid_that_does_not_fail(desk, level):
    aged(desk, "45 o más", level)
    assert see(desk, "routes")[-1].content_id == "routes"
    assert see(desk, "aid")[-1].content_id in ("aid", "aid_none_plain")


@pytest.mark.parametrize("page, rows", [("route", ROUTES.routes), ("aid", ROUTES.routes)], ids=["route", "aid"])
def test_no_figure_without_a_source_and_a_year(desk, page, rows):
    planned(desk)
    for row in rows:
        for bubble in see(desk, page, row.id):
            if FIGURE.search(bubble.text):
                assert "Fuente:" in bubble.text and re.search(r"\b20\d\d\b", bubble.text), bubble.text
