"""What stands around a word and announces a person: "me llamo", "la maestra", "dígale a". Used by `names`.

Cues differ in how far they can be believed. After a naming cue nearly any word is a name; after a pointing one
("mi prima", "don") a listed name, a capital or a word on no list; after a speaking one ("me dijo") the same, more
carefully. Words are matched folded, so no accents here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.people.wordlists import Word

_KIN = (
    r"(?:espos[oa]s?|marido|mujer|viej[oa]|pareja|novi[oa]|ex|exmarido|hij[oa]s?|hijit[oa]s?|mij[oa]|niñ[oa]s?|"
    r"niñit[oa]|"
    r"beb[eé]s?|bebit[oa]|bb|nen[ea]|gemel[oa]s|herman[oa]s?|hermanit[oa]s?|carnal[a]?|mama|papa|mami|papi|apa|"
    r"ama|jef[ae]|"
    r"jefit[oa]|abue|abuel[oa]|abuelit[oa]|ti[oa]s?|prim[oa]s?|sobrin[oa]s?|suegr[oa]|cuñad[oa]|concuñ[oa]|"
    r"niet[oa]s?|madrina|"
    r"padrino|ahijad[oa]|comadre|compadre|comadrit[oa]|vecin[oa]|amig[oa]s?|amiguit[oa]|madre|padre|yerno|"
    r"nuera|madrastra|"
    r"padrastro|hijastr[oa]|soci[oa])"
)
_OFFICE = (
    r"(?:patron|patrona|encargad[oa]|supervisora?|gerente|compañer[oa]s?|compa|señora?|señorita|seño|tutora?|asesora?|"
    r"orientadora?|coordinadora?|trabajadora social|secre|secretari[oa]|directora?|subdirectora?|prefect[oa]|"
    r"enfermer[oa]|"
    r"psicolog[oa]|psic|capacitadora?|instructora?|profesora?|maestr[oa]|mtr[oa]|profe|profr|profa|teacher|"
    r"miss|mis|doctora?|"
    r"dra?|lic|licd[oa]|licenciad[oa]|ing|inge|ingenier[oa]|arq|arquitect[oa]|abogad[oa]|contadora?|cp|"
    r"comandante|oficial|"
    r"padre|pastora?|sor|madre|dueñ[oa]|casera|cajer[oa]|muchach[oa]|chav[oa]|chic[oa]|joven|delegad[oa]|"
    r"promotora?|servidor[a]?)"
)
_OWN = r"(?:mi|mis|su|sus|tu|tus|nuestr[oa]|un|una|unos|unas|la|el|los|las|con|del?|al?|y|otr[oa])"
_MIDDLE = r"(?:(?:otr[oa]s?|ex|mej?or|primer|segund[oa]|difunt[oa]|dos|tres|cuatro|querid[oa]|propi[oa]) )?"
_AGED = r"(?: (?:la|el|mas)? ?(?:mayor|menor|grande|chic[oa]|chiquit[oa]|pequeñ[oa]|mediana?o?|trans|gemel[oa]))?"
_CALLED = r"(?:\s+(?:que )?se (?:llama|llaman|yama)|\s+llamad[oa]|\s+de nombre)?"

NAMING = re.compile(
    r"\b(?:me (?:yamo|llamo|llaman|dicen|apodan|conocen como)|mi (?:nombre|nom)(?: completo)? (?:es|era)|mi nombre|"
    r"nombres?(?: completo)?(?: es)?|(?:se|te) (?:llama|llamaba|llaman|llamara|yama)|"
    r"le (?:dicen|decimos|digo|dicen)|dig[ao]me|diganme|dime|llameme|ponga(?:n)?(?:me|le)|ponle|"
    r"(?:mi )?apellidos? (?:es|son)|"
    r"apellid(?:o|os|a)|se apellida|(?:a|con el|de|por) nombre(?: de)?|atentamente|att|atte|attn|firma|de parte de|"
    r"un[oa]? tal|respond[eo] por)[.,:]*\s+(?:es |la |el |soy |a )?$"
)
POINTING = re.compile(
    rf"(?:\b{_OWN}\s+{_MIDDLE}(?:{_KIN}|{_OFFICE}){_AGED}(?:\s*[,:(]\s*|\.?\s+){_CALLED}\s*(?:el |la |es )?$|"
    rf"\b{_OWN}\s+{_KIN}{_AGED}{_CALLED}\s*[,:]?\s+$|"
    r"\b(?:don|doña|dona|dña|sra?|srita|srta|señor[a]?|señorita|lic|licd[oa]|ing|dra?|profe|profr|profa|"
    r"mtr[oa]|miss|sor|arq|"
    r"licenciad[oa]|ingenier[oa]|maestr[oa]|doctora?|mama|papa|abuelit[oa]|ti[oa])[.,]*\s+$)"
)
OF = re.compile(rf"\b(?:{_KIN})\s+(?:del?|de la)\s+$")
APART = re.compile(rf"\b{_OWN}\s+(?:{_KIN}|{_OFFICE})(?:\s+[a-zñ]+){{0,5}}\s*[,(]\s*$")
SOY = re.compile(r"\b(?:soy|soi|habla|aqui|les? (?:escribe|saluda|habla)|saludos?)[,:]?\s+(?:(?:la|el|don|doña)\s+)?$")
SPEAKING = re.compile(
    r"\b(?:(?:me|le|nos|les|te|lo|la)\s+(?:(?:ha|han) )?(?:dijo|dice|apunto|atendio|atiende|ayudo|ayuda|"
    r"recomendo|paso|conto|"
    r"cuenta|explico|inscribio|invito|presto|hablo|marco|escribio|aviso|pidio|comento|cuida|cuidaba|contesto|"
    r"regaño|enseño|"
    r"entrevisto|recibio|contrato|presento|acompaño|corrio)(?: (?:la|el))?|"
    r"(?:dig[ao]\w*|dile|diles|avis\w+|busc\w+|busque\w*|conoc\w+|ayud\w+|recomiend\w*|inscri\w+|registr\w+|"
    r"meter|llev\w+|"
    r"sustitu\w+|cuid\w+|mand\w+|dej\w+|extrañ\w+|pregunt\w+|habl\w+|marc\w+|escrib\w+|entreg\w+|dar\w*|denunci\w+|"
    r"report\w+|pid\w+|pedi|vi|ver) (?:a|al|con|por|x)(?: (?:la|el))?|"
    r"pregunt\w+ (?:por|x)|recomendad[oa] (?:por|x|de)|quien es|quien era|atiende|atendio|(?:contacto|"
    r"emergencia|referencias?)\b.{0,25}:|"
    r"beneficiari[oa](?: es)?|alumn[oa]|usuari[oa]|(?:la|una|mi) hija de|yo y (?:la |el )?)\s+$"
)
HAILING = re.compile(
    r"^\W*(?:hola|oiga|oye|disculpe|disculpa|perdon[ea]?|gracias|muchas gracias|saludos|ok|buen(?:o|a|os|as)?"
    r"(?: (?:dias?|tardes?|noches?))?|que tal)[,.!]*\s+$"
)
PLACE = re.compile(
    r"\b(?:en|(?:soy|vivo|vive|vivimos|vengo|viene|somos|originari[oa]|nac[ií]|naci|llegue|voy|fui|ir|"
    r"irme) (?:de|en|a|por|desde)|"
    r"desde|hasta|rumbo a)\s+$"
)
FOLLOWS = re.compile(
    r"\s*(?:$|[,.;:!?)\n/]|\d|(?:y|e|que|q|se|no|me|m|ya|le|lo|les|nos|te|es|esta|estan|era|fue|tiene|tenia|"
    r"quiere|kiere|queria|quieren|va|iba|vive|vivia|trabaja|trabajaba|estudia|dice|dijo|gana|cumple|cumplio|sale|"
    r"salen|salio|puede|sabe|cuida|vino|viene|anda|hace|hizo|siempre|nunca|tambien|tmb|tampoco|entro|entra|empezo|"
    r"cree|necesita|necesito|tengo|quiero|vivo|soy|busco|de|del|la|el|mi|pero|por|para|pa|x|con|como|aqui|ahi|"
    r"hasta|desde|porque|ojala|apenas|todavia|me|nomas)\b)",
    re.IGNORECASE,
)
OF_THING = re.compile(
    r"\b(?:hospital|escuela|universidad|preparatoria|prepa|secundaria|telesecundaria|primaria|instituto|jardin|kinder|"
    r"clinica|centro|plaza|mercado|unidad|biblioteca|auditorio)(?: [a-zñ]+){0,2} "
    r"(?:dra?|lic|ing|profra?|prof|profe|maestr[oa]|mtr[oa]|gral|general|doctora?|licenciado|ingeniero)\.?\s+$|"
    r"\b(?:curso|carrera|programa|empresa|beca|apoyo|escuela|plataforma|app|aplicacion|lugar|materia|taller|licenciatura|"
    r"diplomado|negocio|tienda|pagina|pueblo|rancho|ranchito|comunidad|libro|pelicula|cancion)"
    r"(?: [a-zñ]+){0,3} se (?:llama|llamaba|yama)\s+(?:la |el )?$"
)
_ENDS = re.compile(r"\s*(?:$|[,.;:!?)\n])")
_OPENS = re.compile(r"(?:^|[.!?¡¿\n:])\s*[¡¿\"'«(]*\s*$")


@dataclass(frozen=True)
class Message:
    """A text with its words, and what the cues need to see of it."""

    text: str
    words: list[Word]

    def gap(self, at: int) -> str:
        """What stands between this word and the one before."""
        return self.text[self.words[at - 1].end if at else 0 : self.words[at].start]

    def before(self, at: int) -> str:
        """The nine words before, folded, with the signs between them."""
        first = max(0, at - 9)
        parts = [self.gap(here) + self.words[here].plain for here in range(first, at)]
        return "".join(parts) + self.gap(at)

    def last(self, at: int) -> str:
        """The word before, folded."""
        return self.words[at - 1].plain if at else ""

    def opens(self, at: int) -> bool:
        """Whether the word opens a sentence: then its capital says nothing."""
        return bool(_OPENS.search(self.text[: self.words[at].start]))

    def stands_out(self, at: int) -> bool:
        """A capital inside a sentence."""
        return self.words[at].is_capital and not self.opens(at)

    def ends(self, at: int) -> bool:
        return bool(_ENDS.match(self.text, self.words[at].end))

    def is_of_thing(self, at: int) -> bool:
        """Whether the name is that of a hospital, a school, a course: "Hospital Dr. ...", "el curso se llama"."""
        return bool(OF_THING.search(self.before(at)))

    def goes_on_as_name(self, at: int) -> bool:
        """Whether what follows is what follows a name: an end, a verb, "que", "y"."""
        return bool(FOLLOWS.match(self.text, self.words[at].end))
