"""Every page passes here: who asks, whether the role has the right, whether a form is ours. No route goes around it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.db import now
from bot.limits import read_body
from bot.runtime import Runtime
from bot.staff.accounts import key_of
from bot.staff.roles import Role
from bot.staff.tables import Staff, StaffSession
from console import entering
from console.rights import RIGHTS, Right
from console.words import LANGUAGES

COOKIE = "rumbo_staff"
LANGUAGE = "rumbo_lang"
MOST = 20_000
"""Bytes of a form."""


class Stop(Exception):
    """A page that cannot be shown. `status` as in HTTP; the words are `stop.<key>`."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


@dataclass
class Ask:
    """One request, and who makes it."""

    request: Request
    rumbo: Runtime
    token: str
    """What the cookie holds: of a session, or made up for who has none yet."""
    at: datetime
    staff: Staff | None = None
    proven: bool = False
    form: dict[str, str] = field(default_factory=dict)

    @property
    def me(self) -> Staff:
        assert self.staff is not None
        return self.staff

    @property
    def language(self) -> str:
        return language_of(self.request)

    @property
    def csrf(self) -> str:
        """What every form of this browser carries: nobody else can make it."""
        return hmac.new(self.rumbo.sealer.cookie_keys[0], f"csrf {self.token}".encode(), sha256).hexdigest()

    @property
    def cohort(self) -> str | None:
        """The only cohort this person may see; None when all."""
        return (self.me.group_code or "-") if self.me.role is Role.COUNSELLOR else None

    def may(self, right: Right) -> bool:
        return self.staff is not None and self.proven and right in RIGHTS[self.staff.role]

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def get(self, name: str) -> str:
        return self.request.query_params.get(name, "").strip()[:200]


def language_of(request: Request) -> str:
    chosen = request.cookies.get(LANGUAGE, "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


Page = Callable[[Ask], Response]
ROUTES: list[Route] = []
NEEDS: dict[tuple[str, str], Right | None] = {}
"""(method, path) -> the right; None is open to who has not signed in."""


def page(method: str, path: str, right: Right | None) -> Callable[[Page], Page]:
    """Put a page at an address, behind a right."""

    def put(show: Page) -> Page:
        async def endpoint(request: Request) -> Response:
            body = await read_body(request, MOST) if method == "POST" else b""
            return await run_in_threadpool(_answer, request, body, right, show)

        NEEDS[method, path] = right
        ROUTES.append(Route(path, endpoint, methods=[method], name=show.__name__))
        return show

    return put


def _answer(request: Request, body: bytes, right: Right | None, show: Page) -> Response:
    ask = recognise(request)
    if right is not None and not (ask.staff and ask.proven):
        return with_cookie(ask, RedirectResponse(to_sign_in(request), 303))
    if right is not None and not ask.may(right):
        raise Stop(403, "forbidden")
    if request.method == "POST":
        ask.form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50))
        if not hmac.compare_digest(ask.form.get("csrf", "").encode(), ask.csrf.encode()):
            raise Stop(403, "csrf")
    return with_cookie(ask, show(ask))


def to_sign_in(request: Request) -> str:
    """Where who is not signed in goes, to come back afterwards to what she wanted to read."""
    if request.method != "GET" or request.url.path == "/":
        return "/entrar"
    return f"/entrar?a={request.url.path}"


def recognise(request: Request) -> Ask:
    """Who asks, by the cookie."""
    rumbo: Runtime = request.app.state.rumbo
    given, at = request.cookies.get(COOKIE, ""), now()
    ask = Ask(request, rumbo, given or secrets.token_urlsafe(32), at)
    if not given:
        return ask
    with rumbo.db.read() as session:
        found = entering.who(session, given, at)
    if found is None:
        return ask
    person, stale = found
    ask.staff, ask.proven = person.staff, person.proven
    if stale:
        with rumbo.db.write() as session:
            if held := session.get(StaffSession, key_of(given)):
                held.seen_at = at
    return ask


def with_cookie(ask: Ask, response: Response) -> Response:
    """Give the cookie when it is new. It dies with the browser."""
    if ask.request.cookies.get(COOKIE) != ask.token:
        secure = is_secure(ask)
        response.set_cookie(COOKIE, ask.token, httponly=True, samesite="lax", secure=secure, path="/")
    return response


def is_secure(ask: Ask) -> bool:
    return ask.rumbo.settings.staff_url.startswith("https:")


def back(ask: Ask, fallback: str = "/ahora") -> RedirectResponse:
    """Where a form wants to go afterwards, within the console only."""
    wanted = ask.form.get("back", "")
    return RedirectResponse(wanted if is_inside(wanted) else fallback, 303)


def is_inside(path: str) -> bool:
    """Whether an address is of this console: `//evil` and `/\\evil` are not."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path and "\r" not in path
