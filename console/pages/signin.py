"""In and out: the password, the code of the telephone, the invitation, the language."""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.responses import Response

from bot.indicators.keeping import Keeper
from bot.limits import refuse
from bot.staff import audit
from bot.staff.tables import Staff
from console import entering, passwords
from console.door import LANGUAGE, Ask, Stop, back, is_inside, is_secure, page
from console.frame import go, render
from console.words import LANGUAGES

YEAR = 365 * 24 * 3600
TYPED = 200
"""Signs of a name or a password that are looked at."""


@page("GET", "/", None)
def front(ask: Ask) -> Response:
    return go(_onward(ask)) if ask.proven else go("/entrar")


@page("GET", "/entrar", None)
def sign_in_form(ask: Ask) -> Response:
    wanted = ask.get("a")
    return render(ask, "signin.html", wrong=False, back=wanted if is_inside(wanted) else "")


@page("POST", "/entrar", None)
def sign_in(ask: Ask) -> Response:
    """Name and password. Whatever was wrong, the answer is the same, and takes as long."""
    refuse(ask.request.app.state.tries.take(ask.request.app.state.guard.address(ask.request)))
    name, password = ask.form.get("name", "")[:TYPED], ask.form.get("password", "")[: passwords.LONGEST + 1]
    with ask.rumbo.db.write() as session:
        staff = entering.knows(session, name)
        known = staff.password if staff and entering.spend(session, staff, ask.at) else None
    if not passwords.is_right(known, password) or staff is None:
        return render(ask, "signin.html", 401, wrong=True, back=ask.form.get("back", ""))
    with ask.rumbo.db.write() as session:
        mine = session.get_one(Staff, staff.id)
        entering.forgive(mine)
        ask.token = entering.start(session, mine, ask.at)
    wanted = ask.form.get("back", "")
    return go(f"/entrar/codigo?a={wanted}" if is_inside(wanted) and wanted != "/" else "/entrar/codigo")


def _half(ask: Ask) -> Staff:
    """Who gave a password and not yet a code. Raises `Stop`."""
    if ask.staff is None or ask.proven:
        raise Stop(403, "again")
    return ask.staff


@page("GET", "/entrar/codigo", None)
def code_form(ask: Ask) -> Response:
    """The code; the first time with the picture that brings the secret to the telephone."""
    return _code_page(ask, _half(ask), 200, wrong=False)


@page("POST", "/entrar/codigo", None)
def code(ask: Ask) -> Response:
    half = _half(ask)
    with ask.rumbo.db.write() as session:
        staff = session.get_one(Staff, half.id)
        given = ask.form.get("code", "")[:12]
        token = entering.prove(session, ask.rumbo.sealer, ask.token, staff, given, ask.at)
    if token is None:
        return _code_page(ask, half, 401, wrong=True)
    ask.token, ask.proven, ask.staff = token, True, staff
    return _warmed(ask, back(ask, _onward(ask)))


def _warmed(ask: Ask, response: Response) -> Response:
    """Reading all learners takes seconds where there are many: it begins before the overview is opened."""
    keeper: Keeper = ask.request.app.state.keeper
    if keeper.is_stale(ask.at):
        response.background = BackgroundTask(keeper.renew_once)
    return response


def _code_page(ask: Ask, half: Staff, status: int, wrong: bool) -> Response:
    wanted = ask.get("a") or ask.form.get("back", "")
    values = {"wrong": wrong, "back": wanted if is_inside(wanted) else "", "secret": "", "picture": ""}
    if half.totp and half.totp_step is None:
        secret = ask.rumbo.sealer.unseal(half.totp)
        values |= {"secret": secret, "picture": passwords.picture(secret, half.name)}
    return render(ask, "code.html", status, **values)


@page("GET", "/invitacion/{token}", None)
def invitation_form(ask: Ask) -> Response:
    return _invitation_page(ask, 200, None)


def _invitation_page(ask: Ask, status: int, weakness: str | None) -> Response:
    with ask.rumbo.db.read() as session:
        staff = entering.invited(session, ask.path("token"), ask.at)
    if staff is None:
        raise Stop(410, "invitation")
    least = passwords.SHORTEST
    return render(
        ask, "invitation.html", status, name=staff.name, weakness=weakness, least=least, link=ask.path("token")
    )


@page("POST", "/invitacion/{token}", None)
def invitation(ask: Ask) -> Response:
    """The password is set and the link is used up; the code follows."""
    token, password = ask.path("token"), ask.form.get("password", "")
    with ask.rumbo.db.read() as session:
        staff = entering.invited(session, token, ask.at)
    if staff is None:
        raise Stop(410, "invitation")
    if problem := passwords.weakness(password, ask.form.get("again", ""), staff.name):
        return _invitation_page(ask, 422, problem)
    made = passwords.hashed(password)
    with ask.rumbo.db.write() as session:
        half = entering.take_invite(session, ask.rumbo.sealer, token, made, ask.at)
    if half is None:
        raise Stop(410, "invitation")
    ask.token = half
    return go("/entrar/codigo")


@page("POST", "/salir", None)
def sign_out(ask: Ask) -> Response:
    with ask.rumbo.db.write() as session:
        if ask.staff:
            audit.write(session, ask.staff.id, "signed_out", ask.at)
        entering.end(session, ask.token)
    return go("/entrar")


@page("POST", "/idioma", None)
def language(ask: Ask) -> Response:
    chosen, response = ask.form.get("language", ""), back(ask, "/")
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE, chosen, max_age=YEAR, httponly=True, samesite="lax", secure=is_secure(ask))
    return response


def _onward(ask: Ask) -> str:
    """The first page this role may see."""
    from console.frame import NAVIGATION

    return next(path for _, path, right in NAVIGATION if ask.may(right))
