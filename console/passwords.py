"""Passwords (argon2id) and codes of the second factor (TOTP, RFC 6238)."""

from __future__ import annotations

import hmac
from datetime import datetime
from threading import Lock

import pyotp
import segno
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""As OWASP's Password Storage Cheat Sheet asks at least: 19 MiB, which a small machine has to spare."""
NOBODYS = HASHER.hash("nobody's")
STEP = 30
_one_at_a_time = Lock()
"""However many try to sign in at once, one hash is computed: memory stays what it is."""


def hashed(password: str) -> str:
    with _one_at_a_time:
        return HASHER.hash(password)


def is_right(known: str | None, given: str) -> bool:
    """Takes as long for nobody's password as for somebody's."""
    with _one_at_a_time:
        try:
            right = HASHER.verify(known or NOBODYS, given[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return right and known is not None


def weakness(password: str, again: str, name: str) -> str | None:
    """What is wrong with a new password, or None. Length is what counts (NIST SP 800-63B)."""
    if password != again:
        return "differs"
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    return "plain" if name.casefold() in password.casefold() or len(set(password)) < 5 else None


def new_secret() -> str:
    return pyotp.random_base32()


def step_of(secret: str, code: str, last: int | None, at: datetime) -> int | None:
    """The time step whose code this is, one before or after included; None when it is none, or was taken before."""
    totp, present = pyotp.TOTP(secret), int(at.timestamp()) // STEP
    given = "".join(code.split())
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), given.encode()):
            return step if last is None or step > last else None
    return None


def picture(secret: str, name: str) -> str:
    """The QR code for an authenticator, as SVG without styles."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Rumbo")
    return str(segno.make(address, error="m").svg_inline(scale=5, border=3, dark="#2b2027", light="#ffffff"))
