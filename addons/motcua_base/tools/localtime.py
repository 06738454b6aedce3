"""The time it is in Vietnam, where the law counts its days, wherever the server stands.

Naive datetimes on both sides, as Odoo stores them. One zone without daylight saving
since 1975.
"""

from datetime import datetime, timedelta, timezone

UTC_OFFSET = timedelta(hours=7)


def to_local(moment):
    """Naive UTC to naive time in Vietnam; empty values as they are."""
    return moment and moment + UTC_OFFSET


def to_utc(moment):
    """Naive time in Vietnam to naive UTC; empty values as they are."""
    return moment and moment - UTC_OFFSET


def today_in_vietnam():
    """The date it is there now, whatever time zone a browser claims."""
    return to_local(datetime.now(timezone.utc).replace(tzinfo=None)).date()
