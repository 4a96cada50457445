"""How things are, in numbers."""

from __future__ import annotations

from starlette.responses import Response

from console.door import Ask, page
from console.frame import render
from console.numbers import NAMES, count, on_disk
from console.rights import Right


@page("GET", "/numeros", Right.NUMBERS)
def numbers(ask: Ask) -> Response:
    known = count(ask.rumbo) | {"database_up": 1} | on_disk(ask.rumbo)
    return render(ask, "numbers.html", numbers=[(name, known[name]) for name in NAMES])
