"""Masking of any text: inside the text, once and for all, and nothing that identifies beside something that does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.identifiers import find
from bot.people.masking import PLACEHOLDERS, mask
from tests.hostile.strange import SHAPES, stable, texts

CURP, PHONE = "GOCA900101HDFRRN09", "5512345678"


def check_mask(text: str) -> None:
    """Spans in order and inside the text, the masked text not too long, and nothing left for a second time."""
    masked = mask(text)
    ends = [0, *(place for start, end, _ in masked.spans for place in (start, end)), len(text)]
    assert ends == sorted(ends)
    assert len(masked.text) <= len(text) + len(masked.spans) * max(map(len, PLACEHOLDERS.values()))
    again = [span for span in find(masked.text) if span[2] in ("telefono", "tarjeta", "curp", "rfc", "numero")]
    assert again == []
    assert mask(masked.text).text == masked.text


@stable
@given(texts)
def test_masking_stays_inside_the_text_and_leaves_no_number(text):
    check_mask(text)


@stable
@given(
    st.lists(
        st.sampled_from([*SHAPES, PHONE, "4111 1111 1111 1111", " y ", ",", " 3 ", f"{CURP} ", "soy Ana "]), max_size=6
    )
)
def test_masking_what_identifies_again_and_again(parts):
    check_mask("".join(parts))


@pytest.mark.parametrize(
    "text, masked",
    [
        (f"{PHONE} {CURP}", "«teléfono» «curp»"),
        (f"{PHONE}{CURP}", "«teléfono»«curp»"),
        (f"{CURP} {PHONE}", "«curp» «teléfono»"),
        (f"tengo 3 {PHONE}", "tengo 3 «teléfono»"),
        ("a.a.a.a@x.mx", "«correo»"),
    ],
)
def test_one_does_not_hide_behind_another(text, masked):
    assert mask(text).text == masked
