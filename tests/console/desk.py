"""A browser of somebody of the team, over the real console and a real database."""

from __future__ import annotations

import re
from typing import Any

from starlette.testclient import TestClient

from bot.db import now
from bot.runtime import Runtime
from bot.staff import accounts
from bot.staff.tables import Role, Staff
from console import entering
from console.app import create_app
from console.door import COOKIE

PASSWORD = "cuatro gatos en el tejado"


class Browser:
    """Keeps its cookie, and sends forms with the token of the page they stand on."""

    def __init__(self, house: Runtime) -> None:
        self.house = house
        self.http = TestClient(create_app(house), base_url="http://testserver", follow_redirects=False)

    def get(self, path: str) -> Any:
        return self.http.get(path)

    def post(self, path: str, on: str = "/entrar", **fields: str) -> Any:
        """Fill in a form that stands on the page `on`."""
        return self.http.post(path, data=fields | {"csrf": token_of(self.http.get(on).text)})


def token_of(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found, page[:500]
    return found[1]


def hire(house: Runtime, name: str = "Ana", role: Role = Role.COORDINATOR, cohort: str | None = None) -> Staff:
    with house.db.write() as session:
        return accounts.add(session, name, role, cohort, now())


def sit(house: Runtime, name: str = "Ana", role: Role = Role.COORDINATOR, cohort: str | None = None) -> Browser:
    """Somebody who is signed in."""
    staff, browser = hire(house, name, role, cohort), Browser(house)
    with house.db.write() as session:
        browser.http.cookies.set(COOKIE, entering.start(session, staff, now(), proven=True))
    return browser
