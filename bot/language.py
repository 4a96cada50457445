"""How people type, brought to one form: the ground under the safety net and the intent classifier.

`fold` undoes what varies without meaning (case, accents, invisible characters, "holaaaa"); `words` cuts the
folded text into words and writes out the abbreviations of Mexican chats. Standard library only, because the
engine (Python 3.10) and the bot (3.11 and later) must read a message in exactly the same way.
"""

import re
import unicodedata
from functools import lru_cache

_KEEP_TILDE = "n\N{COMBINING TILDE}"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}
_RUN = re.compile(r"(?!\bm+\b)([^\W\d_])\1{2,}")  # "mmm" hums, "holaaa" shouts
_DOUBLED = re.compile(r"([aiu])\1|(?<=[^\W\d_])(?<!\bz)(o)o\b")
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")

# What is typed -> what is meant. Only spellings that mean one thing; "ay" (ouch, there is) stays as it is.
SPELLINGS: dict[str, str] = {
    typed: meant
    for meant, spellings in {
        "que": "q k ke qe",
        "porque": "xq pq xk pk xke xque porq porke poque xqe",
        "por": "x",
        "para": "pa pra",
        "para que": "paq paque",
        "pues": "ps pss pz pos",
        "tambien": "tmb tb tbn tmbn tmbien tambn tambein",
        "de": "d",
        "del": "dl",
        "te": "t",
        "me": "m",
        "en": "n",
        "con": "cn kn",
        "como": "komo cmo kmo",
        "cuando": "kuando cdo cuano",
        "cual": "kual",
        "quien": "kien qien",
        "donde": "dnd dond dnde onde",
        "aqui": "aki aqi",
        "ahi": "ai ahy",
        "ahora": "aora",
        "ahorita": "orita ahorit aorita horita",
        "hoy": "oy oi",
        "hasta": "asta",
        "no": "nel nop nope nah nones nelson noup",
        "si": "simon sip sipi sep",
        "no se": "nose nc nse",
        "no te preocupes": "ntp",
        "no hay problema": "nhp",
        "te quiero mucho": "tqm",
        "por favor": "porfa xfa porfis xfis xfavor porfavor xfabor pls plis plz please",
        "informacion": "info informasion informacio imformacion",
        "quiero": "kiero qiero quero kero qero quieo",
        "quiere": "kiere qiere",
        "quieren": "kieren qieren",
        "quieres": "kieres qieres",
        "queria": "keria qeria",
        "quisiera": "kisiera qisiera quiciera",
        "hola": "ola oli holi holis olis hla",
        "hacer": "aser acer haser hacr",
        "hago": "ago",
        "hablar": "ablar hablr",
        "a ver": "aver",
        "hijo": "ijo",
        "hija": "ija",
        "hijos": "ijos",
        "hijas": "ijas",
        "ayuda": "alluda aiuda ayda hayuda",
        "ayudar": "alludar aiudar",
        "necesito": "nesesito nececito nesecito nesesto nesito necesto ncesito",
        "tengo": "tngo tego",
        "voy": "voi boy",
        "estoy": "estoi toy toi stoy",
        "soy": "soi",
        "esta": "sta ta",
        "estas": "stas tas",
        "estaba": "taba staba",
        "puedo": "pueo puedp pdo",
        "puede": "puee pde",
        "vamos": "vms bamos",
        "vivir": "bibir vibir bivir",
        "trabajo": "travajo trabjo trabajp",
        "trabajar": "travajar trabjar",
        "empleo": "enpleo empelo",
        "estudiar": "studiar estudar",
        "escuela": "eskuela escuel",
        "dinero": "diner dinro",
        "violencia": "biolencia violensia",
        "suicidio": "suisidio sucidio",
        "suicidarme": "suisidarme sucidarme",
        "bien": "bn vien",
        "bueno": "bno weno wueno",
        "buenos": "bnos wenos",
        "buenas": "bnas wenas",
        "mucho": "muxo muncho",
        "mucha": "muxa muncha",
        "muy": "mui",
        "mas": "+",
        "todo": "tdo to2",
        "todos": "tds tdos",
        "nada": "nd nda",
        "verdad": "vdd vd berdad",
        "gracias": "grax grcs grs gracs grasias graxias thx ty thanks",
        "ok": "oki okis okas oks okey okay okei okok",
        "guey": "wey we guei",
        "mensaje": "msj msg mensj",
        "mensajes": "msjs",
        "whatsapp": "wsp whats wats wasap guasap wpp whatssap watsap whatsap",
        "facebook": "fb face feis",
        "telefono": "tel",
        "celular": "cel",
        "numero": "num nro",
        "computadora": "compu",
        "preparatoria": "prepa",
        "secundaria": "secu",
        "universidad": "uni",
        "curriculum": "cv curriculo curriculun",
        "horas": "hrs",
        "minutos": "min mins",
        "asi": "haci azi",
        "entonces": "entons entonses entoces tons tonces",
        "tampoco": "tampco",
        "hermano": "ermano",
        "hermana": "ermana",
        "adios": "adioz ads",
        "bye": "bai bay",
        "luego": "lueg lugo",
    }.items()
    for typed in spellings.split()
}


@lru_cache(maxsize=4096)
def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in _INVISIBLE


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, no accents (but ñ), no invisible characters, no exaggeration; spaces and signs stay.

    Compatibility forms are composed first (NFKC, a superset of NFC), so that bold, italic and full-width
    letters are read too. Three or more of a letter become one; of doubled vowels only aa, ii, uu and a final
    oo are undone, because leer, creer and cooperativa are words. Digits are never squeezed: 1000 stays 1000.
    """
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
    joined = " ".join(apart.replace(_KEEP_TILDE, "ñ").split())
    if not (joined.isascii() and joined.isprintable()):
        joined = unicodedata.normalize("NFC", "".join(filter(_is_visible, joined)))
    return _DOUBLED.sub(r"\1\2", _RUN.sub(r"\1", joined))


def words(text: str) -> list[str]:
    """The words of `text` after folding, abbreviations written out; an emoji is a word of its own."""
    found: list[str] = []
    for token in _TOKEN.findall(fold(text)):
        meant = SPELLINGS.get(token)
        if meant is not None:
            found.extend(meant.split())
        elif token.isalnum() or unicodedata.category(token) == "So":
            found.append(token)
    return found
