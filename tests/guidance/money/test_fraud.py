"""Warning signs in a pasted text: what CONDUSEF warns of is found, and what is ordinary is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.money.fraud import Sign, read
from tests.rows import GUIDE

SIGNS = [Sign(s.id, s.groups, s.strong) for s in GUIDE.money.signs]

FRAUDS = {
    "Su crédito de 50 mil está APROBADO. Depósite $5,000 de anticipo hoy mismo": {"advance", "hurry"},
    "Felicidades ganaste un premio, para liberarlo haz una transferencia de 500": {"advance"},
    "Hola te llegó un código de 6 números por error, me lo mandas porfa": {"code"},
    "Buenas tardes, hablamos de su banco. Necesitamos que nos confirme su NIP": {"code"},
    "Para apartar la vacante manda foto de tu INE por ambos lados": {"papers"},
    "Si no pagas hoy vamos a publicar tus fotos y mandar a tus contactos": {"threat", "contacts"},
    "Gana 800 pesos diarios dando likes a videos": {"likes"},
    "Le llamamos de CONDUSEF para su reembolso, confirme los datos de su tarjeta": {"fake_authority"},
    "Préstamo sin buró y sin aval, hasta 100 mil pesos": {"too_good"},
    "Puedes depositar en oxxo a esta tarjeta, es a nombre de la licenciada": {"stranger_account"},
    "La entrevista es en un café del centro, vacante de recepcionista": {"strange_interview"},
    "Te pagamos el viaje a Cancún, el trabajo es en un hotel": {"strange_interview"},
    "Entra a la flor de la abundancia, pones 1000 y recibes 8000 pesos": {"pyramid"},
    "Te aparto la beca Benito Juárez, el costo del registro es de 300": {"fake_authority"},
    "Registro a la beca con gestor, pago de 500 y queda aprobada": {"advance", "fake_authority"},
    "URGENTE paga antes de las 5 o va la orden de aprehensión por morosa": {"hurry", "threat"},
}
ORDINARY = [
    "Hola, ¿a qué hora pasas por la niña?",
    "Mañana te pago lo de la tanda, te deposito en la tarde",
    "Su cita en el centro de salud es el martes a las 9",
    "Ya me entregaron el certificado de la prepa",
    "Gracias por tu compra, tu pedido llega el viernes",
    "La junta de la escuela es el jueves, lleven cooperación",
    "Tu recibo de luz ya está listo",
    "Nos vemos en la entrevista de trabajo el lunes en la oficina de recursos humanos",
]


@pytest.mark.parametrize("text", FRAUDS)
def test_what_is_warned_of_is_found(text):
    found = read(text, SIGNS)
    assert set(found.signs) >= FRAUDS[text]
    assert found.verdict in ("stop", "doubt")


@pytest.mark.parametrize("text", ORDINARY)
def test_what_is_ordinary_has_no_sign_and_no_promise(text):
    assert read(text, SIGNS) == read("", SIGNS)
    assert read(text, SIGNS).verdict == "unclear"


WORDS = st.lists(
    st.sampled_from("deposite anticipo prestamo hoy mismo codigo manda ine foto casa sol likes gana".split())
)


@given(WORDS, WORDS, st.randoms())
def test_more_text_never_takes_a_sign_away_and_rules_may_stand_in_any_order(some, more, random):
    short, long = read(" ".join(some), SIGNS), read(" ".join([*some, *more]), SIGNS)
    assert set(short.signs) <= set(long.signs)
    mixed = read(" ".join(some), random.sample(SIGNS, len(SIGNS)))
    assert (set(mixed.signs), mixed.verdict) == (set(short.signs), short.verdict)


@given(st.text())
def test_any_text_is_read_and_case_does_not_matter(text):
    assert read(text.upper().lower(), SIGNS).verdict == read(text.upper(), SIGNS).verdict
    assert set(read(text, SIGNS).signs) <= {s.name for s in SIGNS}


def test_one_light_sign_is_a_doubt_and_two_are_enough():
    light = [Sign("a", (("uno",),)), Sign("b", (("dos",), ("tres",)))]
    assert [read(t, light).verdict for t in ("uno", "dos", "uno dos tres", "ninguno")] == [
        "doubt",
        "unclear",
        "stop",
        "unclear",
    ]
    assert read("uno", [Sign("a", (("uno",),), strong=True)]).verdict == "stop"
    assert read("x", [Sign("empty", ())]).signs == ()
