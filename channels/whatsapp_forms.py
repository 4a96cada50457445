"""Reads the forms Twilio posts: what a person sent, and how far a message of ours has come."""

from __future__ import annotations

import math
from urllib.parse import parse_qs

from channels.base import Delivery, Inbound, Kind, Receipt, SendError, Unreadable
from channels.whatsapp_errors import from_code

MEDIA_KINDS = (
    ("audio/", Kind.VOICE),
    ("image/webp", Kind.STICKER),
    ("text/vcard", Kind.CONTACT),
    ("text/x-vcard", Kind.CONTACT),
)
MESSAGE_KINDS = {
    "audio": Kind.VOICE,
    "contacts": Kind.CONTACT,
    "document": Kind.MEDIA,
    "image": Kind.MEDIA,
    "location": Kind.LOCATION,
    "sticker": Kind.STICKER,
    "video": Kind.MEDIA,
}
TYPED = ("", "text", "interactive", "button")
"""The `MessageType`s whose `Body` a person wrote or tapped. Newer ones (reaction, order ...) get Kind.OTHER."""

OPT_OUTS = {"STOP": "baja", "START": "alta"}

# https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks and
# twilio_api_v2010.json message_enum_status (read 2026-11-22). The rest (queued, sending, ...) is no news.
DELIVERIES = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "failed": Delivery.FAILED,
    "undelivered": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}


class Form(dict[str, list[str]]):
    """The fields as sent, blank and untrimmed ones included: the signature covers them."""

    def one(self, name: str) -> str:
        """The first value of a field, "" when absent."""
        return self.get(name, [""])[0]

    def getlist(self, name: str) -> list[str]:
        """All values of a field, as the SDK's validator asks for them."""
        return self.get(name, [])


def read_form(body: bytes) -> Form:
    """Parse a form body. Never raises; nonsense makes an empty form."""
    return Form(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True))


def read_event(form: Form) -> Inbound | Receipt | None:
    """What one form says, None when it does not concern us."""
    if not form.one("MessageSid"):
        raise Unreadable("no MessageSid")
    status = form.one("MessageStatus")
    if status and status not in ("receiving", "received"):
        return _receipt(form, status)
    if not _sender(form):
        raise Unreadable("neither From nor MessageStatus")
    return _inbound(form)


def _receipt(form: Form, status: str) -> Receipt | None:
    delivery = DELIVERIES.get(status)
    if delivery is None:
        return None
    error: SendError | None = from_code(form.one("ErrorCode")) if delivery is Delivery.FAILED else None
    return Receipt(form.one("MessageSid"), delivery, error)


def _inbound(form: Form) -> Inbound:
    opt_out = OPT_OUTS.get(form.one("OptOutType").upper())
    choice = None if opt_out else form.one("ButtonPayload") or form.one("ListId") or None
    kind = Kind.TEXT if opt_out else _kind(form, choice)
    alias = form.one("ExternalUserId") or None
    return Inbound(
        provider_id=form.one("MessageSid"),
        sender=_sender(form),
        text=opt_out or _text(form, choice),
        kind=kind,
        choice=choice,
        alias=alias if alias != _sender(form) else None,
        place=_place(form) if kind is Kind.LOCATION else None,
        handle=form.one("MessageSid"),
    )


def _sender(form: Form) -> str:
    # Since usernames (2026) `From` may be `whatsapp:CC.xxx`, Meta's id of the person for this business, so it is
    # taken as it comes. https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids/
    return form.one("From") or form.one("ExternalUserId")


def _text(form: Form, choice: str | None) -> str:
    title = form.one("ButtonText") or form.one("ListTitle") if choice else ""
    return form.one("Body") or title


def _kind(form: Form, choice: str | None) -> Kind:
    if choice:
        return Kind.CHOICE
    if form.one("NumMedia") not in ("", "0"):
        media = form.one("MediaContentType0").lower()
        return next((kind for start, kind in MEDIA_KINDS if media.startswith(start)), Kind.MEDIA)
    if form.one("Latitude") and form.one("Longitude"):
        return Kind.LOCATION
    message = form.one("MessageType").lower()
    if message in TYPED:
        return Kind.TEXT if form.one("Body").strip() else Kind.OTHER
    return MESSAGE_KINDS.get(message, Kind.OTHER)


def _place(form: Form) -> tuple[float, float] | None:
    try:
        place = float(form.one("Latitude")), float(form.one("Longitude"))
    except ValueError:
        return None
    return place if all(math.isfinite(n) for n in place) else None
