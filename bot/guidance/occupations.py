"""Which occupations fit her, and why: ranked by the weights of `occupations.yml`, every reason a sentence.

Pure: rows and a `Seeker` in, `Match`es out. Scores lie between `bounds`, more of what speaks for an occupation never
lowers its score. Of equal scores the one that asks for less schooling comes first, then they go by id, so the order of
the rows does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.content.work import Occupation, Occupations, Weights
from bot.guidance.wages import spoken_date

LEVELS = ("ninguno", "primaria", "secundaria", "prepa", "tecnica")
"""Schooling finished, in its order; the ids are those of the question about it."""
MINORS = "14-17"


@dataclass(frozen=True)
class Seeker:
    """Who looks. `interests`: type ids, the strongest first. `skills`: ids of strengths. `level`, `state`, `age_band`
    and `hours` (a day) are None while unknown, and then count neither for nor against. `or_more`: she may have more
    hours than she said, so too few of them count for nothing."""

    interests: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    level: str | None = None
    state: str | None = None
    age_band: str | None = None
    hours: float | None = None
    or_more: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing of hers is known that tells one occupation from another, but for where she lives."""
        return not (self.interests or self.skills or self.level or self.hours)


@dataclass(frozen=True)
class Match:
    """One occupation for her: what speaks for it and what to know first, as whole sentences."""

    id: str
    score: int
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """How types, skills and states are called: id -> what reads after "te gusta", after "sabes", and a name.
    `liked`: by type what she herself said that she likes, where we concluded the type from it."""

    interests: Mapping[str, str]
    skills: Mapping[str, str]
    states: Mapping[str, str]
    liked: Mapping[str, str] = field(default_factory=dict)


def rank(guide: Occupations, seeker: Seeker, words: Words) -> list[Match]:
    """All that she may do, the best first. Under 18 only what is marked for it, with where to ask."""
    rows = [o for o in guide.occupations if o.minors or seeker.age_band != MINORS]
    ease = {o.id: LEVELS.index(o.level) for o in rows}
    return sorted((_match(guide, o, seeker, words) for o in rows), key=lambda m: (-m.score, ease[m.id], m.id))


def in_sector(guide: Occupations, sector: str) -> set[str]:
    """Ids of the occupations of one sector."""
    return {o.id for o in guide.occupations if sector in o.sectors}


def sectors_of(guide: Occupations, found: Iterable[Match]) -> list[str]:
    """The sectors of what was found, in its order; those with nothing in it are left out."""
    rows = {o.id: o for o in guide.occupations}
    return list(dict.fromkeys(sector for match in found for sector in rows[match.id].sectors))


def _match(guide: Occupations, row: Occupation, seeker: Seeker, words: Words) -> Match:
    points = list(_points(guide, row, seeker, words))
    said = [guide.says["minors"]] if seeker.age_band == MINORS else []
    heard = sorted((p for p in points if p[0] > 0), key=lambda p: -p[0])
    against = [text for weight, text in points if weight <= 0 and text]
    score = sum(weight for weight, _ in points)
    return Match(row.id, score, tuple(text for _, text in heard), (*against, *said))


Points = Iterable[tuple[int, str]]


def _points(guide: Occupations, row: Occupation, seeker: Seeker, words: Words) -> Points:
    yield from _liked(guide, row, seeker, words)
    yield from _able(guide, row, seeker, words)
    if seeker.state in row.states:
        yield guide.weights.state, guide.says["state"].format(state=words.states.get(seeker.state or "", ""))
    yield from _schooling(guide, row, seeker)
    yield from _time(guide, row, seeker)


def _liked(guide: Occupations, row: Occupation, seeker: Seeker, words: Words) -> Points:
    for kind, weight in zip(row.types, guide.weights.interest, strict=False):
        if kind in seeker.interests:
            said = guide.says["interest_from" if kind in words.liked else "interest"]
            yield weight, said.format(you=words.interests[kind], said=words.liked.get(kind, ""))


def _able(guide: Occupations, row: Occupation, seeker: Seeker, words: Words) -> Points:
    left = guide.weights.skills_most
    for skill in row.skills:
        if skill in seeker.skills and left > 0:
            yield min(guide.weights.skill, left), guide.says["skill"].format(you=words.skills[skill])
            left -= guide.weights.skill


def _schooling(guide: Occupations, row: Occupation, seeker: Seeker) -> Points:
    if seeker.level is None:
        return
    missing = LEVELS.index(row.level) - LEVELS.index(seeker.level)
    if missing > 0:
        yield guide.weights.level_missing * missing, guide.says["level_missing"].format(level=guide.levels[row.level])
    elif row.level == LEVELS[0]:
        yield guide.weights.level, guide.says["no_level"]
    else:
        yield guide.weights.level, guide.says["level"].format(level=guide.levels[seeker.level])


def _time(guide: Occupations, row: Occupation, seeker: Seeker) -> Points:
    if seeker.hours is None:
        return
    fits = seeker.hours >= row.hours
    if seeker.or_more and not fits:
        return
    text = guide.says["hours" if fits else "hours_missing"].format(hours=row.hours, own=f"{seeker.hours:g}")
    yield (guide.weights.hours if fits else guide.weights.hours_missing), text


def bounds(weights: Weights) -> tuple[int, int]:
    """The least and the most any occupation can score."""
    least = (len(LEVELS) - 1) * weights.level_missing + weights.hours_missing
    return least, sum(weights.interest) + weights.skills_most + weights.state + weights.level + weights.hours


def women(guide: Occupations, row: Occupation) -> tuple[str, ...]:
    """How women fare in it, as sentences: their share, both pays, the source, and what makes the figures weak."""
    says, pay, lines = guide.says, row.pay, list[str]()
    if row.women_share is not None:
        lines += [says["women"].format(share=round(row.women_share) if row.women_share >= 1 else "menos de 1")]
    if pay and pay.women and pay.men:
        lines += [says["women_pay"].format(women=f"{pay.women:,}", men=f"{pay.men:,}")]
    if not lines or pay is None:
        return (says["women_none"],)
    lines += [says["women_from"].format(source=pay.source, as_of=spoken_date(pay.as_of))]
    return (*lines, *([pay.note] if pay.note else []))


def asked(guide: Occupations, row: Occupation) -> tuple[str, ...]:
    """What is asked for; while nobody confirmed it, that is said too."""
    told = guide.says["asks"].format(asks=row.asks)
    return (told,) if row.asks_checked else (told, guide.says["asks_unchecked"])


def learn(guide: Occupations, row: Occupation) -> tuple[str, ...]:
    """Where to learn it and how to begin."""
    places = "; ".join(row.learn)
    return guide.says["learn"].format(places=places), guide.says["start"].format(start=row.start)
