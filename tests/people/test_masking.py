"""Masking on sentences as people type them: what must go, what must stay, and that the small spaCy model works."""

from __future__ import annotations

import pytest

from bot.people import names
from bot.people.masking import PLACEHOLDERS, mask

TAKEN = [
    ("soy Juan Pérez y vivo en Toluca", "soy «nombre» y vivo en Toluca"),
    ("me llamo yaretzi", "me llamo «nombre»"),
    ("hola me llamo jessica y quiero un curso", "hola me llamo «nombre» y quiero un curso"),
    ("mi hija luz tiene 5 años", "mi hija «nombre» tiene 5 años"),
    ("con la señora esperanza", "con la señora «nombre»"),
    ("mi jefe Don Chema", "mi jefe Don «nombre»"),
    ("fui con la licenciada Gutiérrez", "fui con la licenciada «nombre»"),
    ("rosa maria sanchez", "«nombre»"),
    ("MI NOMBRE ES ROSA MARTINEZ", "MI NOMBRE ES «nombre»"),
    ("mi prima Zitlaly Xochihua trabaja ahí", "mi prima «nombre» trabaja ahí"),
    ("mi hija Esperanza Ramírez de la Cruz va en la prepa", "mi hija «nombre» va en la prepa"),
    ("mi cel es 5512345678", "mi cel es «teléfono»"),
    ("mi numero 722 123 4567", "mi numero «teléfono»"),
    ("marcame al (55) 1234-5678", "marcame al «teléfono»"),
    ("+52 1 33 1234 5678", "«teléfono»"),
    ("044 55 1234 5678", "«teléfono»"),
    ("mi tel 123 4567", "mi tel «teléfono»"),
    ("cincuenta y cinco doce treinta y cuatro cincuenta y seis setenta y ocho", "«teléfono»"),
    ("mi correo es juanita.p@gmail.com", "mi correo es «correo»"),
    ("juanita arroba gmail punto com", "«correo»"),
    ("curp goml900101mdfmrr09", "curp «curp»"),
    ("mi rfc es HEPL920314KX2", "mi rfc es «rfc»"),
    ("deposita a 4111 1111 1111 1111", "deposita a «tarjeta»"),
    ("clabe 012180001234567897", "clabe «tarjeta»"),
    ("mi nss es 12345678901", "mi nss es «número»"),
    ("mi instagram es @kari.lopez", "mi instagram es «usuario»"),
    ("vivo en calle hidalgo 123 col centro", "vivo en «dirección»"),
    ("Av. Juárez #45 int 3, Col. Guerrero, C.P. 06300", "«dirección»"),
    ("vivo en la mz 4 lt 12", "vivo en la «dirección»"),
    ("mi domicilio es privada de los pinos #12 fracc villas del sol", "mi domicilio es «dirección»"),
]

KEPT = """gano 8,500 pesos al mes
me pagan $8,500.00
debo 25,000.50 a coppel
mi salario es de 278.80 diarios
son 10 000 pesos
1200 1300 1400 es lo que gano
tengo 34 años y 3 hijos
naci el 12 de mayo de 1990
del 15/03/2024 al 20/04/2024
la cita es el 2024-05-12 10:30
del 2019 al 2021 trabaje en una maquila
vivo en Ecatepec, Estado de México
soy de Guadalupe Nuevo León
Ciudad Juárez es muy caro
Playa del Carmen
soy de San Juan del Río
soy de Hidalgo
quiero la Beca Benito Juárez
vendo dulces en la primaria Emiliano Zapata
el Día de la Virgen de Guadalupe
quiero vender flores y rosas
gracias a dios tengo esperanza
mi hija es la luz de mi vida
me da consuelo hablar
Hoy es domingo
Con amor y paz
en abril entro
me llamó la atención ese curso
soy madre soltera
Soy Enfermera
Buenas tardes, Rumbo
Quiero estudiar Gastronomía en el CONALEP
llame al 800 911 2000
marque 911
vivo en la calle con mis hijos
mi colonia es tranquila
calle con baches
ANDO BUSCANDO TRABAJO EN TOLUCA
la señora que me cuida a la niña""".splitlines()


@pytest.mark.parametrize(("text", "masked"), TAKEN)
def test_what_tells_who_someone_is_goes(text, masked):
    assert mask(text).text == masked


@pytest.mark.parametrize("text", KEPT)
def test_the_rest_stays_readable(text):
    assert mask(text).text == text


@pytest.mark.parametrize("text", [text for text, _ in TAKEN])
def test_spans_are_in_order_inside_the_text_and_say_what_was_taken(text):
    masked = mask(text)
    rebuilt, done = "", 0
    for start, end, kind in masked.spans:
        assert done <= start < end <= len(text)
        rebuilt += text[done:start] + PLACEHOLDERS[kind]
        done = end
    assert rebuilt + text[done:] == masked.text


def test_masking_twice_changes_nothing():
    once = mask("soy Ana López, 55 1234 5678, ana@correo.mx").text
    assert mask(once).text == once == "soy «nombre», «teléfono», «correo»"


def test_the_small_spanish_model_works_in_this_spacy():
    assert "PER" in [entity.label_ for entity in names._model()("Ayer vino Eduviges Terrazas a la oficina.").ents]
    assert mask("Ayer hablé con Brunilda Ostos en la oficina").text == "Ayer hablé con «nombre» en la oficina"


def test_the_model_is_not_asked_when_there_is_nothing_to_ask(monkeypatch):
    monkeypatch.setattr(names, "_model", lambda: pytest.fail("the model was loaded for nothing"))
    mask("quiero un curso de computacion")
