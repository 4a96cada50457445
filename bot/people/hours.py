"""When a learner may be written to first: between 9 and 20 h of her own clock, which her state tells."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(20)
CENTRE = ZoneInfo("America/Mexico_City")
ZONES = {
    "BCN": ZoneInfo("America/Tijuana"),
    "BCS": ZoneInfo("America/Mazatlan"),
    "NAY": ZoneInfo("America/Mazatlan"),
    "ROO": ZoneInfo("America/Cancun"),
    "SIN": ZoneInfo("America/Mazatlan"),
    "SON": ZoneInfo("America/Hermosillo"),
}
"""States whose clock differs from the centre's. Towns at a border may differ by an hour (Ciudad Juárez in winter)."""


def zone(state: str | None) -> ZoneInfo:
    """The clock of a state; the centre's when it is not known."""
    return ZONES.get(state or "", CENTRE)


def allowed(state: str | None, moment: datetime) -> datetime:
    """The moment itself when it is in the hours, else the next opening."""
    here = moment.astimezone(zone(state))
    if here.time() < OPENS:
        return here.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0).astimezone(moment.tzinfo)
    if here.time() >= CLOSES:
        tomorrow = here.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return tomorrow.astimezone(moment.tzinfo)
    return moment
