"""The numbers a year is reckoned with: the editors', then hers over them, then what she asks "y si…" about.

Pure: a mapping of id -> `Assumption` in, a new one out. Nobody's number is lost: what she said carries "dijiste que".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.figures import Assumption, Kind, Reckoning, WhatIf
from bot.content.work import Scholarship
from bot.guidance.wages import Figure

Numbers = Mapping[str, Assumption]
HERS = "lo que me contaste"


@dataclass(frozen=True)
class Line:
    """One assumption as it is shown: what was counted, by whom, as of when. She may change each."""

    id: str
    text: str
    source: str
    as_of: str
    kind: Kind


def assume(reckoning: Reckoning, said: Mapping[str, float], on: str) -> dict[str, Assumption]:
    """The numbers for her: what she said (id -> number, kept within bounds) over the editors'. `on`: the day, ISO."""
    unknown = set(said) - {a.id for a in reckoning.assumptions}
    if unknown:
        raise KeyError(f"no assumption is called {', '.join(sorted(unknown))}")
    found = {a.id: a for a in reckoning.assumptions}
    return found | {name: hers(found[name], value, on) for name, value in said.items()}


def hours_of(answer: str) -> float:
    """Hours a day of an answer such as "2", "0-1" or "5+": the number that is sure, for "5+" five and for "0-1" one."""
    return float(re.findall(r"\d+", answer)[-1])


def middle_of(band: str) -> float:
    """Pesos of an answer such as "3000-6000", "0" or "10000+": the middle, or the number that is sure."""
    ends = [float(n) for n in re.findall(r"\d+", band)]
    return sum(ends) / len(ends)


def hers(number: Assumption, value: float, on: str) -> Assumption:
    """The same number as she said it."""
    return _changed(number, value, Kind.SAID, HERS, on)


def _changed(number: Assumption, value: float, kind: Kind, source: str, as_of: str) -> Assumption:
    within = min(max(value, number.min), number.max)
    return number.model_copy(update={"value": within, "kind": kind, "source": source, "as_of": as_of})


def with_pay(numbers: Numbers, pay: Figure) -> dict[str, Assumption]:
    """The same numbers with a pay that was read somewhere: a legal minimum, or what people report."""
    text = numbers["pay"].text.rstrip(".") + f" ({pay.name})."
    read = _changed(numbers["pay"], pay.pesos, Kind.FACT, pay.source, pay.as_of)
    return dict(numbers) | {"pay": read.model_copy(update={"text": text, "url": pay.url})}


def with_scholarship(numbers: Numbers, aid: Scholarship) -> dict[str, Assumption]:
    """The same numbers with a scholarship's payments."""
    values = {"scholarship": aid.pesos, "scholarship_every": aid.every, "scholarship_payments": aid.payments}
    read = {n: _changed(numbers[n], v, Kind.FACT, aid.source, aid.as_of) for n, v in values.items()}
    return dict(numbers) | read


def what_if(numbers: Numbers, change: WhatIf) -> dict[str, Assumption]:
    """The same numbers after one change. What nobody has said yet is neither added to nor multiplied."""
    known = {name: number.value for name, number in numbers.items() if number.value is not None}
    values = {name: known[name] * factor for name, factor in change.times.items() if name in known}
    values |= {name: known[name] + more for name, more in change.add.items() if name in known}
    values |= change.set
    new = {n: _changed(numbers[n], v, change.kind, change.source, change.as_of) for n, v in values.items()}
    return dict(numbers) | new


def within_law(numbers: Numbers, age_band: str | None, young: WhatIf) -> dict[str, Assumption]:
    """The same numbers with no more hours than the law allows someone of that age; hours unknown are those."""
    most, hours = young.set["hours"], numbers["hours"].value
    if age_band not in young.ages or (hours is not None and hours <= most):
        return dict(numbers)
    said = _changed(numbers["hours"], most, young.kind, young.source, young.as_of)
    return dict(numbers) | {"hours": said.model_copy(update={"text": young.says})}


def offered(changes: Iterable[WhatIf], pathway: str, age_band: str | None) -> list[WhatIf]:
    """The changes that make sense for a pathway and an age, in the editors' order."""
    fitting = [c for c in changes if not c.pathways or pathway in c.pathways]
    return [c for c in fitting if not c.ages or age_band in c.ages]


def shown(number: Assumption, said: str) -> Line:
    """One number as a line. `said` stands before hers ("dijiste que")."""
    text = number.missing if number.value is None else _told(number, number.value)
    if number.kind is Kind.SAID:
        text = f"{said} {text[:1].lower()}{text[1:]}"
    text = text[:1].upper() + text[1:]
    kind = Kind.MISSING if number.value is None else number.kind
    return Line(number.id, text if text.endswith(".") else f"{text}.", number.source, number.as_of, kind)


ONE = re.compile(r"\b1 (hora|peso|día|pieza|pago|mes)(?:e?s)\b")


def _told(number: Assumption, value: float) -> str:
    """What is counted, in words: nothing as nothing, one as one."""
    return number.zero if value == 0 and number.zero else ONE.sub(r"1 \1", number.text.format(value=plain(value)))


def plain(value: float) -> str:
    """A number as people write it: 1,500 and not 1500.0."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")
