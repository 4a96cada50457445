"""A business of her own: an idea from what she has, and the few numbers that say whether it holds.

Pure: rows of `business.yml` and her numbers in. Money in whole pesos; a price and a cost may have cents.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.content.rehearsal import Business, Fact, Idea
from bot.guidance.assumptions import plain
from bot.guidance.occupations import MINORS
from bot.guidance.wages import spoken_date

WEEKS_A_MONTH = Fraction(52, 12)


@dataclass(frozen=True)
class IdeaFit:
    """One idea for her, with whole sentences of why. The score is how many of them there are."""

    idea: Idea
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class OnePage:
    """What stands on her page. `margin`: pesos left of one sale; `even`: units a week from which nothing is lost, None
    when a sale leaves nothing; `recover`: units that bring back what she put in. `lines` say the numbers."""

    what: str
    buyers: str
    price: float
    cost: float
    margin: float
    even: int | None
    recover: int | None
    first_sale: str
    lines: tuple[str, ...]


def ideas(
    guide: Business,
    has: Iterable[str],
    skills: Mapping[str, str],
    liked: Mapping[str, str],
    age_band: str | None = None,
) -> list[IdeaFit]:
    """Ideas that begin with what there is, the best first. `skills`: id -> "cocinar…"; `liked`: id -> "te gusta…"."""
    rows = [i for i in guide.ideas if i.minors or age_band != MINORS]
    fits = [_fit(guide, idea, set(has), skills, liked) for idea in rows]
    return sorted(fits, key=lambda f: (-f.score, f.idea.id))


def _fit(guide: Business, idea: Idea, has: set[str], skills: Mapping[str, str], liked: Mapping[str, str]) -> IdeaFit:
    says = guide.says
    reasons = [says["idea_has"].format(what=guide.has[thing].lower()) for thing in idea.has if thing in has]
    reasons += [says["idea_liked"].format(phrase=liked[like]) for like in idea.liked if like in liked]
    reasons += [says["idea_skill"].format(you=skills[skill]) for skill in idea.skills if skill in skills]
    return IdeaFit(idea, len(reasons), tuple(reasons))


def break_even(price: float, cost: float, fixed: float) -> int | None:
    """Units a week from which nothing is lost, rounded up; None when a sale leaves nothing. `fixed`: pesos a month.
    Exact in fractions, so that a price in cents does not ask for one unit too many."""
    margin = _exact(price) - _exact(cost)
    return None if margin <= 0 else math.ceil(_exact(fixed) / WEEKS_A_MONTH / margin)


def recovered(price: float, cost: float, start: float) -> int | None:
    """Units that bring back what it took to begin; None when a sale leaves nothing."""
    margin = _exact(price) - _exact(cost)
    return None if margin <= 0 else math.ceil(_exact(start) / margin)


def _exact(pesos: float) -> Fraction:
    return Fraction(str(pesos))


def week_left(price: float, cost: float, fixed: float, units: float) -> float:
    """Pesos a week that stay with her when she sells so many units; below 0 is what is missing."""
    return float((_exact(price) - _exact(cost)) * _exact(units) - _exact(fixed) / WEEKS_A_MONTH)


def one_page(
    guide: Business,
    idea: Idea,
    price: float,
    cost: float,
    fixed: float = 0,
    start: float = 0,
    units: float | None = None,
) -> OnePage:
    """Her plan on a page from her own numbers, none below 0 (`ValueError`). `idea` may be one she wrote herself;
    `units`: how many she means to sell a week."""
    if min(price, cost, fixed, start, units or 0) < 0:
        raise ValueError("price, cost, fixed, start and units are 0 or more")
    margin = float(_exact(price) - _exact(cost))
    even, back = break_even(price, cost, fixed), recovered(price, cost, start)
    page = OnePage(idea.what, idea.buyers, price, cost, margin, even, back, idea.first_sale, ())
    lines = [*_lines(guide, page, idea.unit, fixed, start), *_week(guide, page, fixed, units), guide.says["hers"]]
    return replace(page, lines=tuple(lines))


def _lines(guide: Business, page: OnePage, unit: str, fixed: float, start: float) -> list[str]:
    says, margin = guide.says, plain(abs(page.margin))
    if page.even is None or page.recover is None:
        return [says["loss" if page.margin < 0 else "nothing"].format(margin=margin)]
    lines = [says["margin"].format(margin=margin, price=plain(page.price), cost=plain(page.cost))]
    sums = {"fixed": plain(fixed), "week": plain(round(fixed / float(WEEKS_A_MONTH))), "margin": margin}
    said = ("even_none", "even_one")[page.even] if page.even < FEW else "even"
    lines += [says[said].format(units=plain(page.even), unit=unit, **sums)]
    lines += [says["recover"].format(start=plain(start), units=plain(page.recover), unit=unit)] if start else []
    return lines


FEW = 2
"""Fewer units than these are said in words of their own."""


def _week(guide: Business, page: OnePage, fixed: float, units: float | None) -> list[str]:
    """What a week brings with the sales she counts on."""
    if units is None or page.even is None:
        return []
    left = week_left(page.price, page.cost, fixed, units)
    said = "week" if round(left) > 0 else "week_even" if round(left) == 0 else "week_short"
    return [guide.says[said].format(units=plain(units), left=plain(abs(round(left))))]


def own_idea(guide: Business, title: str, buyers: str = "", first_sale: str = "") -> Idea:
    """An idea in her words."""
    unit = guide.says["own_unit"]
    return Idea(id=OWN, title=title, what=title, unit=unit, buyers=buyers, first_sale=first_sale)


OWN = "own"
"""The id of an idea that is not ours."""


def told(guide: Business, fact: Fact, age_band: str | None) -> tuple[str, ...]:
    """One of the facts: what it is; what it brings, costs and how to begin; where it was read."""
    says, young = guide.says, age_band == MINORS and fact.young
    begin = fact.young if young else fact.start
    about = {"gives": fact.gives, "costs": fact.costs, "begin": begin}
    source = says["from"].format(source=fact.source, as_of=spoken_date(fact.as_of))
    return fact.text, "\n".join(says[name].format(what=text) for name, text in about.items()), source
