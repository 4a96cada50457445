"""The legal minimum of her zone, and what people report: two figures side by side, each with its source.

Pure: rows of `wages.yml` and `occupations.yml` in, figures in whole pesos a month out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.content.figures import Wage, Wages
from bot.content.work import Occupation
from bot.guidance.days import MONTHS
from bot.language import fold

DAYS_A_MONTH = 365 / 12
"""How CONASAMI turns its daily minimum into the monthly one it publishes."""
HOURS_A_DAY = 8
AROUND = re.compile(r"^((ciudad|cd|municipio|mpio)\s+(de\s+)?)+|\s+(chih|chihuahua|coah|coahuila|n ?l|nuevo leon)$")
"""What people write around the name of their municipality."""


@dataclass(frozen=True)
class Figure:
    """A number that may be shown: whole pesos a month and where it comes from. Without a source it cannot be made."""

    pesos: int
    name: str
    source: str
    as_of: str
    url: str = ""

    def __post_init__(self) -> None:
        if not (self.source.strip() and self.as_of.strip()):
            raise ValueError(f"{self.name}: a figure needs a source and a date")


class Zone(StrEnum):
    """Which minimum holds. UNSURE: her state has border municipalities and it is not known whether hers is one."""

    GENERAL = "general"
    BORDER = "border"
    UNSURE = "unsure"


@dataclass(frozen=True)
class PayView:
    """Pay of one occupation: the legal minimum, what people report if somebody counted, and the lines that say it."""

    minimum: Figure
    reported: Figure | None
    zone: Zone
    lines: tuple[str, ...]


def zone_of(wages: Wages, state: str | None, municipality: str | None) -> Zone:
    """Her zone: `state` is an id such as CHH, `municipality` as she writes it ("cd juarez")."""
    zone = wages.border_zone
    if state in zone.unlisted:
        return Zone.UNSURE
    listed = zone.municipalities.get(state or "", ())
    if not listed:
        return Zone.GENERAL
    if not (municipality or "").strip():
        return Zone.UNSURE
    hers = _plain(municipality or "")
    named = any(place == hers or place.startswith(f"{hers} ") for place in map(_plain, listed))
    return Zone.BORDER if named else Zone.GENERAL


def _plain(municipality: str) -> str:
    return AROUND.sub("", " ".join(re.findall(r"\w+", fold(municipality))))


def monthly(day: float) -> int:
    """Whole pesos a month of a daily wage for full days of work: `day` x 365 / 12."""
    return round(day * DAYS_A_MONTH)


def minimum(wages: Wages, zone: Zone, work: str = "") -> Figure:
    """The legal minimum for full days. `work`: id of a professional minimum. An unsure zone counts as the lower one."""
    return _figure(_least(wages, zone, work))


def an_hour(wages: Wages, zone: Zone) -> Figure:
    """The legal minimum of one hour, an eighth of a day; in whole pesos of an hour, not of a month."""
    wage = _least(wages, zone, "")
    return Figure(round(wage.day / HOURS_A_DAY), wage.name, wage.source, wage.as_of, wage.url)


def _least(wages: Wages, zone: Zone, work: str) -> Wage:
    wage = next((w for w in wages.professional if w.id == work), wages.general)
    return max(wage, wages.border, key=lambda w: w.day) if zone is Zone.BORDER else wage


def _figure(wage: Wage) -> Figure:
    return Figure(monthly(wage.day), wage.name, wage.source, wage.as_of, wage.url)


def reported(occupation: Occupation, state: str | None = None) -> Figure | None:
    """What people in it say they earn, in her state where that was read; None where nobody counted."""
    pay = occupation.pay
    pesos = pay and (pay.states.get(state or "") or pay.month)
    return Figure(pesos, occupation.name, pay.source, pay.as_of, pay.url) if pay and pesos else None


def pay_of(wages: Wages, occupation: Occupation, zone: Zone, state: str | None = None, named: str = "") -> PayView:
    """Both figures of an occupation and the lines to say. `named`: what her state is called."""
    least, heard = minimum(wages, zone, occupation.minimum), reported(occupation, state)
    says, lines = wages.says, list[str]()
    if heard:
        own = occupation.pay is not None and (state or "") in occupation.pay.states
        lines += [says["reported_state" if own else "reported"].format(pesos=f"{heard.pesos:,}", state=named)]
        lines += [says["from"].format(source=heard.source, as_of=spoken_date(heard.as_of))]
    else:
        lines += [says["no_report"]]
    lines += [says["minimum"].format(pesos=f"{least.pesos:,}", name=least.name, year=wages.year)]
    lines += [says["from"].format(source=least.source, as_of=spoken_date(least.as_of))]
    lines += [says["below"]] if heard and heard.pesos < least.pesos else []
    lines += [says["unsure_zone"]] if zone is Zone.UNSURE else []
    return PayView(least, heard, zone, tuple(lines))


QUARTERS = {"T1": "primer", "T2": "segundo", "T3": "tercer", "T4": "cuarto"}


def spoken_date(as_of: str) -> str:
    """A date of content as it is said: "2024-T1" is "primer trimestre de 2024", "2025-12" "diciembre de 2025"."""
    year, *rest = as_of.split("-")
    if rest and rest[0] in QUARTERS:
        return f"{QUARTERS[rest[0]]} trimestre de {year}"
    if not rest or not all(part.isdecimal() for part in rest):
        return as_of.replace("-", " a ")
    month = f"{MONTHS[int(rest[0]) - 1]} de {year}" if 1 <= int(rest[0]) <= 12 else f"{year} a {rest[0]}"
    return f"{int(rest[1])} de {month}" if len(rest) > 1 else month
