"""fold and words: one reading of what people type, the same in both Pythons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import SPELLINGS, fold, words

SPANISH = st.text(alphabet="abcdefghijklmnñopqrstuvwxyzáéíóúüAEIOUÑ ,.!?¿¡0123456789👍🏽", max_size=60)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("HOLA", "hola"),
        ("Holaaaaa", "hola"),
        ("siii", "si"),
        ("nooo", "no"),
        ("noo", "no"),
        ("Qué más, pingüino", "que mas, pinguino"),
        ("niño NIÑO nin\u0303o", "niño niño niño"),
        ("me\u200b que\u00adda \u2060claro", "me queda claro"),
        ("hola\x07\x00", "hola"),
        ("uno\n\ndos\ttres", "uno dos tres"),
        ("\U0001d5f5\U0001d5fc\U0001d5f9\U0001d5ee \uff48\uff4f\uff4c\uff41", "hola hola"),
        ("leer, creer, cooperativa, zoo, perro, calle", "leer, creer, cooperativa, zoo, perro, calle"),
        ("1000 pesos, 555 1111", "1000 pesos, 555 1111"),
        ("", ""),
    ],
)
def test_fold_undoes_what_varies_without_meaning(text, expected):
    assert fold(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("xq kiero aser eso?", "porque quiero hacer eso"),
        ("porfa info pa mi hijo", "por favor informacion para mi hijo"),
        ("nel, ntp", "no no te preocupes"),
        ("simon, tmb", "si tambien"),
        ("X tu culpa d todos", "por tu culpa de todos"),
        ("Ola k ase", "hola que ase"),
        ("ya no+ violencia", "ya no mas violencia"),
        ("va 👍🏽😢!", "va 👍 😢"),
        ("CURP: ABCD010101", "curp abcd010101"),
        ("...", ""),
    ],
)
def test_words_writes_out_chat_spelling(text, expected):
    assert words(text) == expected.split()


def test_spellings_are_folded_words_that_lead_to_words_at_rest():
    for typed, meant in SPELLINGS.items():
        assert fold(typed) == typed and fold(meant) == meant
        assert all(word not in SPELLINGS for word in meant.split()), (typed, meant)


@given(SPANISH)
def test_fold_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(SPANISH)
def test_words_do_not_depend_on_case(text):
    assert words(text.upper()) == words(text)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(word and not word.isspace() for word in words(text))
