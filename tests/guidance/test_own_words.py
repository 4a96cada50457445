"""An answer in her own words: options paraphrased or spelled by ear, and numbers written out."""

from __future__ import annotations

import pytest

from bot.content.models import Option
from bot.guidance.answers import number, option_in, options_in

YES_NO = Option(id="si", title="Sí, te doy permiso", also=("va",)), Option(id="no", title="No, gracias", also=("no",))
SUPPORTS = (
    Option(id="beca", title="Beca"),
    Option(id="gobierno", title="Apoyo de gobierno"),
    Option(id="familia", title="Apoyo de mi familia"),
    Option(id="ninguno", title="Ninguno", alone=True),
)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("la veca de mi hijo", "beca"),
        ("lo que da el govierno cada dos meses", "gobierno"),
        ("mis familiares del norte", "familia"),
        ("puro apoyo", None),
        ("no me becaron", None),
        ("del gobierno y la familia", None),
    ],
)
def test_option_in_reads_an_option_in_her_own_words(text, expected):
    found = option_in(SUPPORTS, text)
    assert (found and found.id) == expected


@pytest.mark.parametrize("text", ["te doy las gracias", "pues permisos tengo muchos"])
def test_a_yes_is_never_guessed(text):
    assert option_in(YES_NO, text) is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("todos gracias a Dios", ["beca", "gobierno", "familia"]),
        ("todas las tardes", []),
        ("la beca y del gobierno", ["beca", "gobierno"]),
    ],
)
def test_options_in_reads_several_and_all(text, expected):
    assert options_in(SUPPORTS, text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("voy a cumplir cuarenta y seis", 46),
        ("tengo diecisiete", 17),
        ("quinientos a la semana", 500),
        ("dos y uno que viene", 2),
        ("veinte mil", 20_000),
    ],
)
def test_number_reads_what_is_written_out(text, expected):
    assert number(text) == expected
