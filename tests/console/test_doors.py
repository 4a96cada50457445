"""Every route: its right for every role, its token for every form, its headers."""

from __future__ import annotations

import itertools
import re

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from bot.db import now
from bot.staff import audit
from bot.staff.roles import Role
from bot.staff.tables import AuditLine
from console.app import create_app
from console.door import COOKIE, NEEDS
from console.rights import RIGHTS, Right
from console.words import LANGUAGES, book
from tests.console.desk import Browser, sit

OPEN = {"/", "/entrar", "/entrar/codigo", "/invitacion/{token}", "/salir", "/idioma"}
FREE = {"/metrics", "/health", "/estatico"}
CASES = [(*route, right) for route, right in NEEDS.items()]


def concrete(path: str) -> str:
    return re.sub(r"\{\w+(:\w+)?\}", "1", path)


def test_every_route_needs_a_right_but_for_the_way_in():
    assert {path for (_, path), right in NEEDS.items() if right is None} == OPEN


def test_no_route_goes_around_the_door(small_house):
    known = {path for _, path in NEEDS} | FREE
    assert {route.path for route in create_app(small_house).routes} == known


@pytest.mark.parametrize("method, path, right", [case for case in CASES if case[2]])
def test_who_has_not_signed_in_is_sent_to_the_door(small_house, method, path, right):
    answer = Browser(small_house).http.request(method, concrete(path))
    assert answer.status_code == 303 and answer.headers["location"].startswith("/entrar")


@pytest.fixture
def seats(small_house):
    return {role: sit(small_house, role, role, "grupo") for role in Role}


def test_every_role_on_every_route(seats):
    """403 exactly where the table does not give the right; a form without its token is refused either way."""
    wrong = []
    for (method, path, right), role in itertools.product([c for c in CASES if c[2]], Role):
        page = seats[role].http.request(method, concrete(path)).text
        is_forbidden = "Tu función no permite" in page
        if is_forbidden == (right in RIGHTS[role]):
            wrong.append((method, path, role))
    assert wrong == []


def test_every_right_is_needed_somewhere_or_shown_on_a_page():
    assert set(NEEDS.values()) - {None} <= set(Right)


@pytest.mark.parametrize("path", sorted(path for method, path in NEEDS if method == "POST"))
def test_every_form_needs_its_own_token(small_house, path):
    browser = sit(small_house, role=Role.ADMINISTRATOR)
    others = sit(small_house, "Otra", Role.ADMINISTRATOR)
    foreign = re.findall(r'name="csrf" value="(\w+)"', others.get("/numeros").text)[0]
    for fields in ({}, {"csrf": ""}, {"csrf": foreign}):
        assert browser.http.post(concrete(path), data=fields).status_code == 403


def test_headers_are_strict_on_every_answer(small_house):
    browser = sit(small_house)
    for path in ("/entrar", "/numeros", "/no-hay", "/health", "/estatico/console.css"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
        assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
    assert browser.get("/numeros").headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_script_or_style(small_house):
    browser = sit(small_house, role=Role.ADMINISTRATOR)
    gets = [concrete(path) for (method, path), right in NEEDS.items() if method == "GET"]
    for path in gets:
        page = browser.get(path).text
        assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", page) == [], path


def test_the_cookie_is_kept_from_scripts_and_other_sites(small_house):
    cookie = Browser(small_house).get("/entrar").headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE) and "httponly" in cookie and "samesite=lax" in cookie


def test_a_page_that_is_not_there_says_so(small_house):
    answer = sit(small_house).get("/no-hay")
    assert (answer.status_code, "Aquí no hay nada" in answer.text) == (404, True)


def test_both_languages_say_the_same_things():
    assert set(book("es")) == set(book("en"))
    places = {key: [sorted(re.findall(r"\{(\w+)", book(lang)[key])) for lang in LANGUAGES] for key in book("es")}
    assert [key for key, (one, other) in places.items() if one != other] == []


def test_the_language_can_be_changed(small_house):
    browser = sit(small_house)
    browser.post("/idioma", on="/numeros", language="en", back="/numeros")
    assert "Open incidents" in browser.get("/numeros").text


@pytest.mark.parametrize("change", [update(AuditLine).values(act="x"), delete(AuditLine)])
def test_the_database_refuses_to_change_the_audit_log(house, change):
    with house.db.write() as session:
        audit.write(session, None, "tested", now())
    with pytest.raises(DBAPIError, match="only ever added to"), house.db.write() as session:
        session.execute(change)
    with house.db.read() as session:
        assert session.scalars(select(AuditLine.act)).all() == ["tested"]
