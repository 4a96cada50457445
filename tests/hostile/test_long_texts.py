"""No text keeps a reader busy: what takes minutes for the longest text that is kept would stop a worker.

A pattern that can be tried in too many ways hangs for hours; so the tests' time limit is enough to see it.
"""

from __future__ import annotations

import pytest

from bot.care.safety import assess
from bot.language import fold, words
from bot.messages.inbox import MAX_TEXT
from tests.hostile.readers import READERS
from tests.hostile.strange import SHAPES, STORMS

ENDLESS = "".join(chr(97 + (n * n * 7 + n // 3) % 26) for n in range(MAX_TEXT))
"""One word of that many letters."""
LONG = [
    *(shape * (MAX_TEXT // len(shape)) for shape in [*SHAPES, *STORMS]),
    *(
        bit * (MAX_TEXT // len(bit))
        for bit in ("a", "a.", "a. ", "1,", "1 ", "@a", "arroba ", "dos ", "a guion ", "#1 ")
    ),
]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("reader", READERS)
def test_a_long_text_is_read_in_time(reader):
    for text in LONG:
        READERS[reader](text[:MAX_TEXT])


@pytest.mark.timeout(120)
@pytest.mark.parametrize("read", [fold, words])
def test_a_million_signs_are_folded_in_time(read):
    assert read("hola 🙂\u200b " * 100_000)[:4] in ("hola", ["hola", "🙂"] * 2)


@pytest.mark.timeout(120)
def test_one_endless_word_is_heard_in_time():
    assert assess(ENDLESS) is None
