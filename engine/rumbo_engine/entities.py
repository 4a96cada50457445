"""What is named in a message: state, municipality, age, money, time, schooling, occupation, need.

find("tengo 34, soy costurera en Ecatepec y busco guardería", lookups)
-> [(6, 8, "age", "34"), (14, 23, "occupation", "costura_taller"), (27, 35, "municipality", "MEX"), …]
"""

from __future__ import annotations

from rumbo_engine import amounts, needs, places, times, trades
from rumbo_engine.lookups import Lookups
from rumbo_engine.spans import Span

KINDS = ("state", "municipality", "age", "money", "time", "schooling", "occupation", "need")


def find(text: str, lookups: Lookups) -> list[Span]:
    """All of them in the order of the text, none within another."""
    by_list = (find(text, lookups) for find in (places.find, trades.find, needs.find))
    by_rule = (find(text) for find in (amounts.find, times.find))
    return apart([span for spans in (*by_list, *by_rule) for span in spans])


def apart(spans: list[Span]) -> list[Span]:
    """Of two that overlap the longer one stays; but an occupation before a need, however long."""
    kept: list[Span] = []
    for span in sorted(spans, key=_weight):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def _weight(span: Span) -> tuple[bool, int, int]:
    start, end, kind, _ = span
    return kind != "occupation", start - end, KINDS.index(kind)
