from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from bot.documents.ink import Face, file_of, pesos, readable, width, wrap
from tests.documents.builders import SPANISH, words


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("sign", SPANISH)
def test_the_font_draws_what_spanish_needs(face: Face, sign: str) -> None:
    font = ImageFont.truetype(str(file_of(face)), 40)

    assert readable(sign) == sign
    assert bytes(font.getmask(sign)) != bytes(font.getmask("\uffff")), "drawn as the box of a missing sign"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("quiero estudiar 🙂👩🏽‍🍳!", "quiero estudiar !"),
        ("❤️", ""),
        ("man\u0303ana", "mañana"),
        ("sí → no", "sí – no"),
        ("dos\nrenglones\t  y\u00a0más", "dos renglones y más"),
        ("a\x00b\u200b\u202ec", "abc"),
        ("ṇame", "name"),
    ],
)
def test_what_the_font_lacks_is_left_out(said: str, shown: str) -> None:
    assert readable(said) == shown


@given(words, st.sampled_from(Face), st.floats(4, 60), st.floats(70, 900))
def test_lines_fit_and_no_sign_is_lost(text: str, face: Face, size: float, room: float) -> None:
    lines = wrap(text, face, size, room)

    assert all(width(line, face, size) <= room or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == readable(text).replace(" ", "")
    assert all(line == line.strip() != "" for line in lines)


@pytest.mark.parametrize(("amount", "said"), [(0, "$0"), (1250, "$1,250"), (-300, "-$300"), (12345678, "$12,345,678")])
def test_pesos(amount: int, said: str) -> None:
    assert pesos(amount) == said
