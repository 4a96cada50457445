"""States and municipalities in a message: which finds are places, and which are surnames, streets or words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rumbo_engine.lookups import Lookups, Match, kind_of
from rumbo_engine.spans import Span, plain, words_after, words_before

# Also surnames, given names or words: a place only where one is spoken of.
DOUBTFUL = frozenset(
    "hidalgo guerrero morelos juarez leon zamora cordoba merida lerdo linares salamanca obregon guadalupe allende "
    "escobedo cardenas valladolid jerez acuña polanco progreso corregidora delicias cuauhtemoc empalme parras "
    "palenque "
    "tula frontera chis mich manzanillo fortin creel peñasco perote arriaga jalapa jalpan zapotlan sayula tala "
    "cajeme "
    "motul uman tepa chimal nauca ecate tulti cuerna iztapa coapa xico lerma colima sonora victoria libres "
    "izcalli gam df de ajusco santiago arandas acala suchiate cardel cortazar comonfort villagran romita altamira "
    "nogales sauz armeria tecate chalco sonoita ags nl bc mty zac pue tj".split()
)
DOUBTFUL_PHRASES = frozenset(
    "la paz,benito juarez,miguel hidalgo,lazaro cardenas,santa catarina,el salto,la barca,san luis,venustiano "
    "carranza,"
    "alvaro obregon,rio bravo,rio verde,el marques,nicolas romero,guadalupe victoria,pedro escobedo,san nicolas,"
    "santa rosalia,el istmo,san angel".split(",")
)
_PLACE_BEFORE = re.compile(
    r" (?:en|de|desde|a|por|para|hacia|vivo|estado|municipio|ciudad|cd|edo|radico|naci|alcaldia|delegacion|es|"
    r"hasta|rumbo|"
    r"aca|aqui|alla|llego|vine|vengo|voy)(?: el| la| los| todo)?(?: (?:de|en|estado|municipio|delegacion|"
    r"alcaldia)(?: la)?)? $"
)
_NAMED = re.compile(
    r" (?:calle|av|avenida|ave|calz|calzada|boulevard|blvd|colonia|col|metro|mercado|escuela|hospital|primaria|"
    r"secundaria|prepa|"
    r"preparatoria|plaza|jardin|unidad|parque|señor|señora|señorita|sr|sra|doña|don|dona|profe|profesor|"
    r"profesora|maestra|maestro|doctora|"
    r"doctor|dr|dra|licenciado|licenciada|lic|familia|los|viuda|beca|becas|benito|miguel|llamo|llama|virgen|dia|"
    r"feria|nombre|"
    r"jose|juan|maria|ana|luis|carlos|jorge|rosa|luz|lupita|lupe|karla|laura|pedro|antonio|fernanda|alejandra|"
    r"martha|marta|"
    r"apellido|san|santa|dice|dicen|comadre|compadre|tia|tio|prima|primo|vecina|hermana|hermano|hijo|hija|amiga|"
    r"esposo)(?: de| del| la)? $"
)
_STREET = re.compile(r" (?:calle|av|avenida|ave|calz|calzada|boulevard|blvd) $")
_GIVEN = re.compile(r"\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\s+$")
_PREPOSITION = re.compile(r"\b(?:en|de|desde|soy|vivo|por|para|a|estado|municipio|del|acá|aquí)\s+$", re.IGNORECASE)
_FEW = 2  # other words in a message that is hardly more than the place
_NO_SLIP = frozenset({"tabaco"})  # a word of its own, one letter from a place


def find(text: str, lookups: Lookups) -> Iterator[Span]:
    """Municipalities and states; "Cárdenas, Tabasco" is one of each."""
    matches = [m for m in lookups.find(text) if kind_of(m[2]) in ("state", "municipality")]
    towns = [_town(text, m, matches) for m in matches if kind_of(m[2]) == "municipality"]
    states = [m for m in matches if kind_of(m[2]) == "state" and not any(m[0] < e and s < m[1] for s, e, _ in towns)]
    for start, end, name in sorted({*towns, *states}):
        if _is_place(text, start, end, [*towns, *states]):
            kind, _, value = name.partition(":")
            yield start, end, kind, value


def _town(text: str, town: Match, matches: Iterable[Match]) -> Match:
    """The town alone, when the phrase that was found ends with the name of its state."""
    for start, end, name in matches:
        if kind_of(name) == "state" and town[0] < start and end == town[1] and name[-3:] == town[2][-3:]:
            before = text[town[0] : start].rstrip(" ,.(").removesuffix(" en").removesuffix(" de")
            return town[0], town[0] + len(before), town[2]
    return town


def _is_place(text: str, start: int, end: int, found: list[Match]) -> bool:
    before = words_before(text, start)
    if _STREET.search(before):
        return False
    phrase = plain(text[start:end])
    if phrase in _NO_SLIP:
        return False
    if phrase not in DOUBTFUL and phrase not in DOUBTFUL_PHRASES:
        return True
    if _NAMED.search(before) or _is_surname(text, start):
        return False
    return (
        bool(_PLACE_BEFORE.search(before))
        or _is_alone(before, words_after(text, end))
        or _is_beside(text, start, end, found)
    )


def _is_surname(text: str, start: int) -> bool:
    """After a word with a capital that is no preposition and does not begin the sentence alone."""
    return bool(_GIVEN.search(text[:start])) and not _PREPOSITION.search(text[:start]) and text[start].isupper()


def _is_alone(before: str, after: str) -> bool:
    return len(before.split()) + len(after.split()) < _FEW and not re.search(r" (?:soy|llamo|me) ", before)


def _is_beside(text: str, start: int, end: int, found: list[Match]) -> bool:
    """Right after or before another place: "Pachuca, Hidalgo"."""
    near = [text[e:start] for _, e, _ in found if e <= start] + [text[end:s] for s, _, _ in found if s >= end]
    return any(not gap.strip(" ,.-/") for gap in near)
