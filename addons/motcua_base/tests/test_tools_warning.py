from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.clock import WorkCalendar
from odoo.addons.motcua_base.tools.warning import LEVELS, level

PROPERTY = settings(max_examples=300, deadline=None, derandomize=True)
WEEK = [((450, 690), (780, 1020))] * 5 + [(), ()]
CALENDAR = WorkCalendar(WEEK)
# Received on a Monday morning, due the Monday after at closing time.
START, DUE = datetime(2026, 3, 2, 8), datetime(2026, 3, 9, 17)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))


@tagged("post_install", "-at_install")
class TestWarning(BaseCase):
    def _level(self, *moment, calendar=CALENDAR, start=START, due=DUE, **values):
        now = datetime(2026, *moment)
        return level(
            now, start, due, calendar, values.get("hours", 24), values.get("days", 2)
        )

    def test_one_level_after_the_other(self):
        for moment, expected in (
            ((3, 4, 16, 59), None),
            ((3, 4, 17), "early"),
            ((3, 5, 23), "early"),
            ((3, 6, 0), "near"),
            ((3, 8, 12), "near"),
            ((3, 9, 0), "due"),
            ((3, 9, 17), "due"),
            ((3, 9, 17, 1), "overdue"),
        ):
            with self.subTest(moment=moment):
                self.assertEqual(self._level(*moment), expected)

    def test_days_off_do_not_count(self):
        calendar = WorkCalendar(WEEK, days_off={date(2026, 3, 5), date(2026, 3, 6)})
        self.assertIsNone(
            self._level(3, 2, 16, calendar=calendar, start=datetime(2026, 2, 27))
        )
        self.assertEqual(
            self._level(3, 3, 17, calendar=calendar, start=datetime(2026, 2, 27)),
            "early",
        )
        self.assertEqual(self._level(3, 4, 8, calendar=calendar), "near")

    def test_short_terms_warn_only_when_due(self):
        start = datetime(2026, 3, 6, 8)
        self.assertIsNone(self._level(3, 6, 9, start=start))
        self.assertEqual(self._level(3, 9, 8, start=start), "due")
        # the same day
        self.assertIsNone(self._level(3, 9, 9, start=datetime(2026, 3, 9, 8)))
        self.assertEqual(
            self._level(3, 9, 18, start=datetime(2026, 3, 9, 8)), "overdue"
        )

    def test_switched_off(self):
        self.assertIsNone(self._level(3, 6, 8, hours=0, days=0))
        self.assertEqual(self._level(3, 6, 8, days=0), "early")
        self.assertEqual(self._level(3, 9, 8, hours=0, days=0), "due")

    @PROPERTY
    @given(MOMENTS, MOMENTS, st.integers(0, 40), st.integers(0, 10))
    def test_never_weaker_as_time_passes(self, now, start, hours, days):
        due = CALENDAR.closing_after(start.date(), 7)
        levels = [
            level(now + timedelta(hours=step), start, due, CALENDAR, hours, days)
            for step in range(0, 240, 12)
        ]
        ranks = [LEVELS.index(name) if name else -1 for name in levels]
        self.assertEqual(ranks, sorted(ranks))
