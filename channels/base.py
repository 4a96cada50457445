"""What every channel is: it proves who is calling, reads what they said, and sends what we say.

Nothing outside this folder knows Twilio or Telegram, and nothing in this folder knows the rest of Rumbo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class Hook:
    """A webhook call as it arrived. `url` is the public address it was sent to, `headers` have lower-case names."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Kind(StrEnum):
    """What a person sent. Everything that is not text or a choice gets a kind answer of its own."""

    TEXT = "text"
    CHOICE = "choice"
    VOICE = "voice"
    MEDIA = "media"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    EDITED = "edited"
    OTHER = "other"


@dataclass(frozen=True)
class Inbound:
    """One message from a person. `sender` is the channel's own id of that person, `alias` a second one if there is."""

    provider_id: str
    sender: str
    text: str = ""
    kind: Kind = Kind.TEXT
    choice: str | None = None
    alias: str | None = None
    place: tuple[float, float] | None = None
    handle: str | None = None
    """What the channel needs to show that the message arrived (`acknowledge`); opaque to everyone else."""


class Delivery(StrEnum):
    """How far a message of ours has come, in order; `FAILED` is final."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True)
class Receipt:
    """News about a message of ours. `error` says what its failure means, when it failed."""

    provider_id: str
    delivery: Delivery
    error: SendError | None = None


@dataclass(frozen=True)
class Gone:
    """The person stopped or blocked us in the app itself."""

    sender: str


@dataclass(frozen=True)
class Choice:
    """Something to tap. `id` comes back in `Inbound.choice`; it is at most 32 ASCII characters."""

    id: str
    title: str


class MediaKind(StrEnum):
    """How media is shown: at once, or as a file to open."""

    IMAGE = "image"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Media:
    """A picture or a file that goes with a bubble. Its bytes are made when they are needed and never kept.

    `make` may take a second: channels call it in a thread. `url` is where a service may fetch the same bytes for a
    while, without a login. `name` is what the file is called on a telephone that others may see.
    """

    kind: MediaKind
    content_type: str
    name: str
    make: Callable[[], bytes]
    url: str


@dataclass(frozen=True)
class Opening:
    """Words a service has approved for writing to a person first; `{{1}}`, `{{2}}` … are left to fill in."""

    id: str
    text: str


@dataclass(frozen=True)
class Filled:
    """An opening that is used, by its id, and what was put into it, in order."""

    id: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Price:
    """What the service took for one message of ours: `amount` in `unit` (ISO 4217), as the service says."""

    provider_id: str
    amount: Decimal
    unit: str


@dataclass(frozen=True)
class Reply:
    """One bubble, already within the channel's `Limits.text`; its text is what is said about its media.

    With an `opening` it may leave after the channel's window; its text is what the person will read.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    media: Media | None = None
    opening: Filled | None = None


@dataclass(frozen=True)
class Limits:
    """`text` in characters a bubble; `window` is how long after a person's last message we may write freely."""

    text: int
    window: timedelta | None = None


class SendError(Exception):
    """Sending failed. The docstring of each kind is what staff read."""

    retry = False

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after
        """Seconds the service asked us to wait, when it did."""


class Throttled(SendError):
    """The service asked us to slow down."""

    retry = True


class Outage(SendError):
    """The service could not be reached or had a fault; nothing was sent."""

    retry = True


class Misconfigured(SendError):
    """The service does not accept our credentials or sender."""

    retry = True


class Uncertain(SendError):
    """The line broke after we sent; it may have arrived. Tried again once at most."""

    retry = True


class Blocked(SendError):
    """The person stopped or blocked messages from this number."""


class Unreachable(SendError):
    """This person cannot be reached on this channel."""


class Refused(SendError):
    """The service refused the content of this message."""


class WindowClosed(SendError):
    """More than 24 hours since the person last wrote; it waits until they do."""


class Channel(Protocol):
    """A way to talk to people. `verify` and `parse` are pure: no network, no clock, no storage."""

    name: str
    limits: Limits
    accepted: tuple[bytes, str]
    """Body and media type that answer a webhook once it is saved."""

    def verify(self, hook: Hook) -> bool:
        """Whether the call really comes from the service."""
        ...

    def parse(self, hook: Hook) -> list[Inbound | Receipt | Gone]:
        """What the call says, `[]` for what does not concern us. Raises `Unreadable` on a body that makes no sense."""
        ...

    async def acknowledge(self, inbound: Inbound) -> None:
        """Show that it arrived (typing, the tapped keyboard closed). Fire and forget: never raises."""
        ...

    async def send(self, to: str, reply: Reply) -> str:
        """Send one bubble and return the service's id of it. Raises `SendError`."""
        ...

    async def openings(self) -> list[Opening]:
        """What may be written after the window; `[]` without a window. Raises `SendError`."""
        ...

    async def prices(self, day: date) -> list[Price]:
        """What the messages of one day (UTC) cost, as far as the service knows; `[]` where none does. `SendError`."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Unreadable(ValueError):
    """The body of a verified webhook is not what the service documents."""
