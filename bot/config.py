"""Settings, read once from the environment (and `.env`), checked, and never changed afterwards."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import office

ROOT = Path(__file__).resolve().parent.parent

HERE = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 -- named so that it can be told from one address
SHORTEST_KEY = 32

Listed = Annotated[tuple[str, ...], NoDecode]
"""A comma-separated setting."""


class RumboError(Exception):
    """A mistake we know of. Its text is one sentence for whoever runs Rumbo."""


class ConfigError(RumboError):
    """A setting is missing or makes no sense. The text says which and what to do."""


class Settings(BaseSettings):
    """Every setting there is; `.env.example` describes each (a test keeps the two together)."""

    model_config = SettingsConfigDict(frozen=True, env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True)

    database_url: str = ""
    rumbo_var: Path = ROOT / "var"
    rumbo_content: Path = ROOT / "content"
    rumbo_locale: str = "es-MX"
    rumbo_organisation: str = "la organización que ofrece Rumbo"
    rumbo_contact: str = "la persona que te invitó"
    rumbo_office_hours: str = "1-5 09:00-18:00"

    rumbo_public_url: str = ""
    rumbo_staff_url: str = ""
    rumbo_public_port: int = 8080
    rumbo_staff_port: int = 8081
    rumbo_inner_port: int = 5055
    rumbo_bind: str = HERE
    rumbo_staff_bind: str = HERE
    rumbo_small: bool = False
    rumbo_workers: int = Field(default=1, ge=1, le=64)
    rumbo_secret_key: str = ""

    twilio_account_sid: str = ""
    twilio_auth_token: Listed = ()
    twilio_whatsapp_from: str = ""
    twilio_api_base_url: str = ""
    twilio_content_base_url: str = ""
    telegram_bot_token: str = ""
    telegram_webhook_secret: Listed = ()
    telegram_api_base_url: str = ""

    rasa_url: Listed = ("http://127.0.0.1:5005",)
    rumbo_inner_url: Listed = ()
    rumbo_engine_store: str = ""
    rumbo_slow_seconds: float = Field(default=10, gt=0)
    rumbo_lease_seconds: float = Field(default=30, gt=0)

    rumbo_proxy: str = ""
    rumbo_sender_per_minute: float = Field(default=30, gt=0)
    rumbo_sender_burst: int = Field(default=60, ge=1)
    rumbo_address_per_second: float = Field(default=20, gt=0)
    rumbo_address_burst: int = Field(default=300, ge=1)
    rumbo_chat_per_second: float = Field(default=5, gt=0)
    rumbo_chat_burst: int = Field(default=50, ge=1)
    rumbo_smallest_cell: int = Field(default=5, ge=1)
    rumbo_review_share: float = Field(default=0.2, ge=0, le=1)

    @field_validator("twilio_auth_token", "telegram_webhook_secret", "rasa_url", "rumbo_inner_url", mode="before")
    @classmethod
    def split(cls, value: object) -> object:
        return tuple(v.strip().rstrip("/") for v in value.split(",") if v.strip()) if isinstance(value, str) else value

    @field_validator("rumbo_inner_url", mode="after")
    @classmethod
    def one_or_each(cls, value: tuple[str, ...], known: ValidationInfo) -> tuple[str, ...]:
        if len(value) > 1 and len(value) != len(known.data.get("rasa_url", value)):
            raise ValueError("one address, or one for each engine of RASA_URL in the same order")
        return value

    @field_validator("rumbo_workers", mode="after")
    @classmethod
    def one_when_small(cls, value: int, known: ValidationInfo) -> int:
        if value > 1 and known.data.get("rumbo_small"):
            raise ValueError("1 while RUMBO_SMALL puts everything into one process")
        return value

    @field_validator("rumbo_office_hours", mode="after")
    @classmethod
    def readable_hours(cls, value: str) -> str:
        office.read(value)
        return value

    @field_validator("rumbo_public_url", "rumbo_staff_url", mode="after")
    @classmethod
    def no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.rumbo_var}/rumbo.db"

    @property
    def engine_store(self) -> str:
        """Where the engine keeps conversations: beside the tracking database unless told otherwise."""
        if self.rumbo_engine_store:
            return self.rumbo_engine_store
        if self.database.startswith("sqlite"):
            return f"sqlite:///{self.rumbo_var}/engine.db"
        return self.database.replace("postgresql+psycopg://", "postgresql://")

    @property
    def public_url(self) -> str:
        """The address people and services reach us at, without a slash at the end."""
        return self.rumbo_public_url or f"http://127.0.0.1:{self.rumbo_public_port}"

    @property
    def staff_url(self) -> str:
        """The address staff reach the console at, without a slash at the end."""
        return self.rumbo_staff_url or f"http://{reached(self.rumbo_staff_bind)}:{self.rumbo_staff_port}"

    @property
    def inner_urls(self) -> tuple[str, ...]:
        """Where actions and wording answer: for each engine of `rasa_url` its own, or one for all."""
        return self.rumbo_inner_url or (f"http://{self.own_host}:{self.rumbo_inner_port}",)

    @property
    def own_host(self) -> str:
        """How this machine reaches what it binds itself."""
        return reached(self.rumbo_bind)

    def is_ours(self, url: str) -> bool:
        """Whether an address is on this machine, so that `rumbo up` starts what answers there."""
        return urlsplit(url).hostname in (HERE, "localhost", self.rumbo_bind)

    @property
    def is_public(self) -> bool:
        return urlsplit(self.public_url).hostname not in ("127.0.0.1", "localhost", "testserver")

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """What seals personal data: the first seals, all open. Raises `ConfigError`.

        On a local first run one is made under `var/`.
        """
        if not self.rumbo_secret_key and self.is_public:
            raise ConfigError("RUMBO_SECRET_KEY is not set. Make one with: openssl rand -hex 32")
        keys = split_keys(self.rumbo_secret_key or _local_key(self.rumbo_var / "secret.key"))
        if not keys or any(len(key) < SHORTEST_KEY for key in keys):
            raise ConfigError(f"RUMBO_SECRET_KEY must have at least {SHORTEST_KEY} characters; a comma begins another.")
        return keys


def reached(bind: str) -> str:
    """How this machine itself reaches what listens at an address."""
    return HERE if bind in EVERYWHERE else bind


def split_keys(text: str) -> tuple[str, ...]:
    """The keys of a comma-separated list, each once."""
    return tuple(dict.fromkeys(key.strip() for key in text.split(",") if key.strip()))


def _local_key(path: Path) -> str:
    """Read the key, or make it. Several processes start at once: the first to link its file wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_suffix(f".{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(secrets.token_hex(32))
        try:
            os.link(mine, path)
        except FileExistsError:
            """Another process was first; its key is the key."""
        mine.unlink()
    return path.read_text().strip()


@cache
def settings() -> Settings:
    """The settings of this process. Raises `ConfigError` with one sentence a mistake."""
    try:
        return Settings()
    except ValidationError as mistakes:
        said = (f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in mistakes.errors())
        raise ConfigError("; ".join(said)) from None
