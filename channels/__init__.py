"""The channels Rumbo speaks. A new one is one file, one line here, one folder of payloads."""

from __future__ import annotations

from typing import Protocol

from channels.base import Channel


class Credentials(Protocol):
    """The settings a channel is made of. A channel whose settings are empty is off."""

    @property
    def twilio_account_sid(self) -> str: ...
    @property
    def twilio_auth_token(self) -> tuple[str, ...]: ...
    @property
    def twilio_whatsapp_from(self) -> str: ...
    @property
    def twilio_api_base_url(self) -> str: ...
    @property
    def twilio_content_base_url(self) -> str: ...
    @property
    def telegram_bot_token(self) -> str: ...
    @property
    def telegram_webhook_secret(self) -> tuple[str, ...]: ...
    @property
    def telegram_api_base_url(self) -> str: ...


def load_channels(has: Credentials, public_url: str, cookie_keys: tuple[bytes, ...]) -> dict[str, Channel]:
    """The channels that are on, by name. The SDKs are large: only who needs channels loads them, and only those on."""
    from channels.web import Web

    on: list[Channel] = [Web(*cookie_keys)]
    if has.twilio_account_sid and has.twilio_auth_token and has.twilio_whatsapp_from:
        from channels.whatsapp import WhatsApp

        api, content = has.twilio_api_base_url or None, has.twilio_content_base_url or None
        sid, tokens, sender = has.twilio_account_sid, has.twilio_auth_token, has.twilio_whatsapp_from
        on.append(WhatsApp(sid, tokens, sender, public_url, api, content))
    if has.telegram_bot_token and has.telegram_webhook_secret:
        from channels.telegram import Telegram

        on.append(Telegram(has.telegram_bot_token, has.telegram_webhook_secret, has.telegram_api_base_url or None))
    return {channel.name: channel for channel in on}
