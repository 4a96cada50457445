"""Rasa's own Twilio channel, told where the vendor is. Runs in the full engine's Python."""

from __future__ import annotations

import os

from rasa.core.channels.channel import OutputChannel
from rasa.core.channels.twilio import TwilioInput


class Channel(TwilioInput):
    """Another address than api.twilio.com for what it sends; all else is Rasa's."""

    def get_output_channel(self) -> OutputChannel:
        output = super().get_output_channel()
        output.api.base_url = os.environ["STOCK_VENDOR"]
        return output
