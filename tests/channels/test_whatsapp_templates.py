from __future__ import annotations

import json

import pytest

from channels.base import Choice, Reply
from channels.whatsapp_templates import Shape, as_text, shape_of, variables


def choices(*titles: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"c{n}", title) for n, title in enumerate(titles, 1))


SHAPES = {
    "no choices": (Reply("hola"), None),
    "one": (Reply("hola", choices("Sí")), Shape("quick_reply", 1)),
    "three": (Reply("hola", choices("a", "b", "c")), Shape("quick_reply", 3)),
    "title of 20": (Reply("hola", choices("x" * 20)), Shape("quick_reply", 1)),
    "title of 21": (Reply("hola", choices("x" * 21)), Shape("list", 1)),
    "title of 24": (Reply("hola", choices("x" * 24)), Shape("list", 1)),
    "title of 25": (Reply("hola", choices("x" * 25)), None),
    "title of 19 and an emoji": (Reply("hola", choices("x" * 19 + "🙂")), Shape("list", 1)),
    "four": (Reply("hola", choices("a", "b", "c", "d")), Shape("list", 4)),
    "ten": (Reply("hola", choices(*"abcdefghij")), Shape("list", 10)),
    "eleven": (Reply("hola", choices(*"abcdefghijk")), None),
    "same title twice": (Reply("hola", choices("Otro", "Otro")), None),
    "blank title": (Reply("hola", choices("a", " ")), None),
    "text of 1024": (Reply("x" * 1024, choices("a")), Shape("quick_reply", 1)),
    "text of 1025": (Reply("x" * 1025, choices("a")), None),
    "no text": (Reply("", choices("a")), None),
    "lines": (Reply("a\nb\n\n\nc\n", choices("a")), Shape("quick_reply", 1, "12")),
    "too many lines": (Reply("\n".join("abcdefghijklmnopqrstuvwxyz" * 4), choices("a")), None),
}


@pytest.mark.parametrize("case", SHAPES)
def test_shape_fits_the_limits(case: str) -> None:
    reply, expected = SHAPES[case]

    assert shape_of(reply) == expected


@pytest.mark.parametrize("case", [case for case, (_, shape) in SHAPES.items() if shape])
def test_variables_fill_exactly_the_template(case: str) -> None:
    reply, shape = SHAPES[case]
    words = json.loads(variables(reply))

    assert list(words) == list(shape.samples())
    assert all(word.strip() and "\n" not in word for word in words.values())
    assert all(f"{{{{{n}}}}}" in json.dumps(shape.types()) for n in words)


def test_as_text_numbers_the_choices() -> None:
    assert as_text(Reply("¿Cuál?", choices("Uno", "Dos"))) == ["¿Cuál?\n\n1) Uno\n2) Dos"]


def test_as_text_splits_only_where_one_body_would_be_too_long() -> None:
    assert as_text(Reply("x" * 1500, choices("y" * 60, "z" * 60))) == [
        "x" * 1500,
        "1) " + "y" * 60 + "\n2) " + "z" * 60,
    ]
