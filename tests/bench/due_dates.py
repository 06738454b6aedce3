"""The clock alone: due dates a second, without database or server."""

import random
import time
from datetime import date, datetime, timedelta

from . import addon_tools
from .measure import Rate

COUNT = 50_000


def due_dates():
    """Due dates of all kinds of terms over a year with holidays, without pauses and
    with one.
    """
    clock = addon_tools.load("clock")
    calendar = _office_calendar(clock)
    cases = _cases(clock)
    calendar.closing_after(cases[0][0], 1)  # compiles the calendar
    plain = _per_second(
        lambda: [clock.due(start, term, calendar, 900) for start, term in cases]
    )
    paused = _per_second(
        lambda: [
            clock.due_with_pauses(
                start,
                term,
                calendar,
                [(start + timedelta(hours=2), start + timedelta(days=3))],
                900,
            )
            for start, term in cases
        ]
    )
    return [
        Rate("due dates", plain, bar=20_000),
        Rate("due dates with a pause", paused),
    ]


def _office_calendar(clock):
    day = ((7 * 60 + 30, 11 * 60 + 30), (13 * 60, 17 * 60))
    holidays = ["01-01", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27"]
    holidays += ["04-30", "05-01", "09-01", "09-02"]
    return clock.WorkCalendar(
        (day,) * 5 + ((), ()),
        days_off={date.fromisoformat(f"2026-{day}") for day in holidays},
        extra_days={date(2026, 8, 22): day},
    )


def _cases(clock):
    terms = [
        clock.Term(8, "hour"),
        clock.Term(3, "working_day"),
        clock.Term(2.5, "working_day"),
        clock.Term(15, "calendar_day"),
        clock.Term(1, "month"),
        clock.Term(1, "same_day"),
    ]
    dice = random.Random(2026)
    first = datetime(2026, 1, 5, 7, 30)
    return [
        (first + timedelta(minutes=dice.randrange(350 * 1440)), dice.choice(terms))
        for _number in range(COUNT)
    ]


def _per_second(action):
    start = time.perf_counter()
    action()
    return COUNT / (time.perf_counter() - start)
