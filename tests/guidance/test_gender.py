"""`[[feminine|masculine|without gender]]`: every text in one gender, and none with a form missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.gender import is_whole, longest, spoken, spoken_to
from bot.content.library import ContentError, load
from bot.content.models import Text

FORM = st.text(st.characters(exclude_characters="[]|", codec="utf-8"), max_size=12)


@pytest.mark.parametrize(
    "gender, said", [("f", "Bienvenida, Ana"), ("m", "Bienvenido, Ana"), ("n", "Hola, Ana"), (None, "Hola, Ana")]
)
def test_a_text_is_said_in_her_gender(gender, said):
    assert spoken_to("[[Bienvenida|Bienvenido|Hola]], Ana", gender) == said


@given(st.tuples(FORM, FORM, FORM), FORM, FORM)
def test_exactly_one_form_is_left(forms, before, after):
    text = f"{before}[[{'|'.join(forms)}]]{after}"
    assert [spoken_to(text, g) for g in "fmn"] == [before + form + after for form in forms]
    assert longest(text) == max(len(before + form + after) for form in forms)


@pytest.mark.parametrize("text", ["[[a|b]]", "[[a|b|c|d]]", "[[a|b|c]", "[a|b|c]]", "[[]]", "[[a]]"])
def test_a_form_that_misses_a_gender_is_refused(text):
    assert not is_whole(text)
    with pytest.raises(ValueError, match="three forms"):
        Text(text=(text,))


def test_content_that_misses_a_gender_is_named(tmp_path):
    import shutil

    from bot.config import ROOT

    home = shutil.copytree(ROOT / "content", tmp_path / "content")
    file = home / "es-MX" / "messages" / "plan.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("Todavía no", "Hola [[Lista|Listo]]"), encoding="utf-8")
    with pytest.raises(ContentError, match="plan_empty"):
        load(home, "es-MX")


def test_what_has_no_forms_stays_the_very_same():
    text = Text(text=("Hola",))
    assert spoken(text, "f") is text
