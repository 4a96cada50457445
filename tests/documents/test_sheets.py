from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings

from bot.documents.ink import readable
from bot.documents.layout import lay
from bot.documents.project import Card, Project, card, project
from bot.documents.shapes import Look, Part, Row, Sheet
from bot.documents.sheets import (
    HIGH,
    LARGEST,
    LARGEST_ON_PAPER,
    ON_PAPER,
    ON_PHONE,
    SMALLEST,
    SMALLEST_ON_PAPER,
    WIDE,
    page,
    picture,
)
from bot.documents.work import BusinessPlan, Curriculum, business_plan, curriculum
from tests.documents.builders import LONG, image, pages, sheets

ANA = Card("Mi proyecto de vida", "Ana", Part("Tengo", ("Sé vender",)), step=Part("Mi paso", ("Ir al INEA",)))
FULL = Sheet("Mi proyecto", LONG[:60], tuple(Row((Part("Lo que tengo", (LONG,)),)) for _ in range(6)), "Rumbo")


def said_in(sheet: Sheet) -> str:
    """Everything that must stand on it, without the spaces that lines break at."""
    shown = [p for row in sheet.rows for p in row.parts if any(map(readable, p.lines))]
    words = chain((sheet.title, sheet.name), *((p.heading, *p.lines) for p in shown))
    return "".join(readable(word) for word in words).replace(" ", "")


@settings(max_examples=40, deadline=None)
@given(sheets)
def test_every_word_is_on_the_picture_and_on_the_page(sheet: Sheet) -> None:
    phone = lay(sheet, ON_PHONE, WIDE, HIGH, LARGEST, SMALLEST)
    paper = lay(sheet, ON_PAPER, 612, 792, LARGEST_ON_PAPER, SMALLEST_ON_PAPER)

    assert "".join(phone.words).replace(" ", "") == "".join(paper.words).replace(" ", "") == said_in(sheet)
    assert paper.height <= 792
    assert phone.height <= HIGH or phone.style.body == pytest.approx(ON_PHONE.body * SMALLEST)


@settings(max_examples=10, deadline=None)
@given(sheets)
def test_anything_can_be_drawn(sheet: Sheet) -> None:
    assert image(picture(sheet)).width == WIDE
    assert pages(page(sheet)) == 1


def test_a_card_has_the_size_of_a_telephone() -> None:
    assert image(card(ANA)).size == (1080, 1350)


def test_six_long_answers_make_the_picture_higher_and_nothing_is_cut() -> None:
    drawn = image(picture(FULL))

    assert drawn.width == 1080
    assert drawn.height > 1350
    laid = lay(FULL, ON_PHONE, WIDE, HIGH, LARGEST, SMALLEST)
    assert laid.height <= drawn.height


def test_little_is_said_in_large_words() -> None:
    little = lay(Sheet("a", "b", ()), ON_PHONE, WIDE, HIGH, LARGEST, SMALLEST)

    assert little.style.body == pytest.approx(ON_PHONE.body * LARGEST)


def test_the_same_words_give_the_same_bytes() -> None:
    assert card(ANA) == card(ANA)
    assert page(FULL) == page(FULL)


def test_other_words_give_another_picture() -> None:
    assert card(ANA) != card(Card("Mi proyecto de vida", "Ana"))


def test_what_is_left_out_leaves_no_panel() -> None:
    row = Row((Part("Vacía", ("🙂", " ")), Part("Meta", ("sí",))), Look.TINTED)

    laid = lay(Sheet("t", "n", (Row((Part("Nada"),)), row)), ON_PHONE, WIDE, HIGH, LARGEST, SMALLEST)

    assert laid.words == ["t", "n", "Meta", "sí"]


@pytest.mark.parametrize(
    "made",
    [
        project(Project("Mi proyecto de vida", "Ana", future=(Part("En un año", ("Mi puesto",)), Part("En tres", ())))),
        curriculum(Curriculum("Ana", "Busco trabajo", done=Part("Hice", (LONG, LONG)), reach=Part("Aquí", ("55",)))),
        business_plan(BusinessPlan("Mi negocio", "Gelatinas", figures=(Part("Precio", ("$" + "9" * 60, "por vaso")),))),
    ],
    ids=["project", "curriculum", "business_plan"],
)
def test_papers_have_one_page_and_tell_nothing_of_the_machine(made: bytes) -> None:
    assert pages(made) == 1
    assert b"/home" not in made and b"/root" not in made


def test_a_cv_does_not_show_whose_helper_made_it() -> None:
    mine = Curriculum("Ana", "Busco trabajo", about=Part("Yo", ("Puntual",)))

    assert curriculum(mine) == page(Sheet("Busco trabajo", "Ana", (Row((mine.about,)),), ours=False))
    assert curriculum(mine) != page(Sheet("Busco trabajo", "Ana", (Row((mine.about,)),)))
