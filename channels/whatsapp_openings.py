"""The templates with which WhatsApp lets somebody be written to after 24 hours: made, and sent in, at Twilio.

What is read is `ContentAndApprovals` of the Content API (Twilio's OpenAPI description of 2026-04-14).
"""

from __future__ import annotations

import re

from twilio.rest import Client
from twilio.rest.content.v1.content_and_approvals import ContentAndApprovalsInstance

from channels.base import Opening

TEXT = "twilio/text"
BLANK = re.compile(r"\{\{(\w+)\}\}")


def approved(client: Client) -> list[Opening]:
    """Plain texts only: what a button of such a template means, Rumbo does not know."""
    found = client.content.v1.content_and_approvals.list(page_size=500)
    openings = [Opening(str(one.sid), body) for one in found if (body := _body(one))]
    return sorted(openings, key=lambda opening: opening.text)


def _body(template: ContentAndApprovalsInstance) -> str:
    """Its words, or "" when it may not be used: its blanks must be 1, 2, 3 …, which is what WhatsApp asks for too."""
    request, kind = template.approval_requests or {}, (template.types or {}).get(TEXT)
    body = str(kind.get("body") or "") if isinstance(kind, dict) else ""
    names = list(dict.fromkeys(BLANK.findall(body)))
    is_usable = sorted(names) == sorted(str(n) for n in range(1, len(names) + 1))
    return body if request.get("status") == "approved" and is_usable else ""
