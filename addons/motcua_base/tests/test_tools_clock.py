from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.clock import (
    ClockError,
    Term,
    WorkCalendar,
    days_covered,
    due,
    due_with_pauses,
    handover_due,
    moved_due,
    portal_verdict,
    remaining,
    step_due,
    verdict,
)

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)

OFFICE = ((450, 690), (780, 1020))  # 7:30-11:30, 13:00-17:00
WEEK = (OFFICE,) * 5 + ((), ())
# domain.md 4.3
DAYS_OFF_2026 = frozenset(
    [
        date(2026, 1, 1),
        date(2026, 1, 2),
        *(date(2026, 2, day) for day in range(16, 21)),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 2),
    ]
)
MAKE_UP_2026 = {date(2026, 1, 10): OFFICE, date(2026, 8, 22): OFFICE}
CALENDAR = WorkCalendar(WEEK, DAYS_OFF_2026, MAKE_UP_2026)
FIFTEEN = 15 * 60


def at(month, day, hour=17, minute=0):
    return datetime(2026, month, day, hour, minute)


RECEIVED = at(3, 2, 10)  # a Monday


def working_days(calendar, after, until):
    """Working dates after one date up to and with the other, counted one by one."""
    return sum(
        calendar.is_working_day(after + timedelta(days=n))
        for n in range(1, (until - after).days + 1)
    )


def interval_lists(min_size=0):
    cuts = st.lists(
        st.integers(0, 47), min_size=2 * min_size, max_size=4, unique=True
    ).map(sorted)
    return cuts.map(
        lambda cut: tuple(
            (a * 30, b * 30) for a, b in zip(cut[::2], cut[1::2], strict=False)
        )
    )


def _union(pauses, start):
    """Disjoint pauses after ``start`` that cover the same time, in order."""
    union = []
    for begin, end in sorted(pauses):
        begin = max(begin, start)
        if end <= start:
            continue
        if union and begin <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((begin, end))
    return union


def _next_closing(calendar, moment):
    """The first closing time at or after ``moment``, day by day."""
    day = moment.date()
    while not calendar.is_working_day(day) or calendar.day_end(day) < moment:
        day += timedelta(days=1)
    return calendar.day_end(day)


dates = st.dates(date(2025, 6, 1), date(2027, 6, 1))
moments = st.builds(
    datetime.combine,
    dates,
    st.builds(
        time,
        st.integers(0, 23),
        st.sampled_from([0, 15, 30, 59]),
        st.sampled_from([0, 37]),
    ),
)
calendars = st.one_of(
    st.just(CALENDAR),
    st.builds(
        WorkCalendar,
        st.tuples(interval_lists(min_size=1), *[interval_lists()] * 6),
        st.frozensets(dates, max_size=30),
        st.dictionaries(dates, interval_lists(), max_size=5),
    ),
)
# Every working day of these is equally long.
even_calendars = st.builds(
    lambda off, extra: WorkCalendar(WEEK, off, dict.fromkeys(extra, OFFICE)),
    st.frozensets(dates, max_size=30),
    st.frozensets(dates, max_size=5),
)
hours = st.integers(1, 400).map(lambda n: Term(n / 4, "hour"))
whole_days = st.integers(1, 40).map(lambda n: Term(n, "working_day"))
day_parts = st.integers(1, 160).map(lambda n: Term(n / 4, "working_day"))
calendar_terms = st.one_of(
    st.integers(1, 60).map(lambda n: Term(n, "calendar_day")),
    st.integers(1, 6).map(lambda n: Term(n, "month")),
)
terms = st.one_of(
    hours, whole_days, day_parts, calendar_terms, st.just(Term(1, "same_day"))
)
pause_lists = st.lists(
    st.tuples(moments, st.integers(0, 60 * 24 * 40)).map(
        lambda pause: (pause[0], pause[0] + timedelta(minutes=pause[1]))
    ),
    max_size=4,
)
policies = st.sampled_from(["pause", "restart"])


def under(policy, pauses):
    return [(begin, end, policy) for begin, end in pauses]


cutoffs = st.none() | st.integers(0, 1440)


@tagged("motcua_tools")
class TestClockCalendar(BaseCase):
    def test_days_of_2026(self):
        self.assertTrue(CALENDAR.is_working_day(date(2026, 2, 13)))
        for day in range(14, 23):  # the nine days of Tết
            self.assertFalse(CALENDAR.is_working_day(date(2026, 2, day)))
        self.assertEqual(
            CALENDAR.next_working_day(date(2026, 2, 13)), date(2026, 2, 23)
        )
        # A swapped Saturday is a working day, its Monday is not.
        self.assertTrue(CALENDAR.is_working_day(date(2026, 8, 22)))
        self.assertFalse(CALENDAR.is_working_day(date(2026, 8, 31)))
        self.assertEqual(CALENDAR.next_working_day(date(2026, 8, 28)), date(2026, 9, 3))
        self.assertEqual(CALENDAR.day_end(date(2026, 1, 10)), at(1, 10))

    def test_a_day_off_has_no_closing_time(self):
        with self.assertRaises(ClockError):
            CALENDAR.day_end(date(2026, 2, 17))

    def test_make_up_day_wins_over_holiday(self):
        day = date(2026, 3, 3)
        calendar = WorkCalendar(WEEK, {day}, {day: ((480, 600),)})
        self.assertEqual(calendar.day_end(day), at(3, 3, 10))

    def test_work_minutes(self):
        self.assertEqual(
            CALENDAR.work_minutes(at(3, 2, 11), at(3, 2, 13, 30)), 60
        )  # lunch does not count
        self.assertEqual(
            CALENDAR.work_minutes(at(2, 13, 16), at(2, 23, 8)), 90
        )  # across Tết
        self.assertEqual(
            CALENDAR.work_minutes(at(8, 21, 16), at(8, 24, 8)), 60 + 480 + 30
        )  # a make-up Saturday

    def test_negative_working_days(self):
        self.assertEqual(
            CALENDAR.add_working_days(date(2026, 2, 24), -2), date(2026, 2, 13)
        )
        self.assertEqual(
            CALENDAR.add_working_days(date(2026, 2, 17), 0), date(2026, 2, 17)
        )

    def test_open_until_midnight_closes_on_its_own_date(self):
        calendar = WorkCalendar([((0, 1440),)] * 7)
        self.assertEqual(
            due(at(3, 2, 10), Term(1, "working_day"), calendar).date(), date(2026, 3, 3)
        )

    def test_bad_calendars(self):
        for week in (
            [()] * 7,
            [OFFICE] * 6,
            [((600, 500),)] * 7,
            [((-1, 500),)] * 7,
            [((500, 1441),)] * 7,
        ):
            with self.assertRaises(ClockError):
                WorkCalendar(week)

    def test_bad_dates(self):
        with self.assertRaises(ClockError):
            due(datetime(20, 2, 6), Term(1, "working_day"), CALENDAR)
        with self.assertRaises(ClockError):
            due(at(3, 2), Term(10**9, "working_day"), CALENDAR)
        with self.assertRaises(ClockError):
            due(at(3, 2), Term(10**9, "hour"), CALENDAR)
        for unit in ("calendar_day", "month"):
            with self.assertRaises(ClockError):
                due(at(3, 2), Term(10**12, unit), CALENDAR)
        with self.assertRaises(ClockError):
            CALENDAR.add_minutes(at(3, 2), -1)
        with self.assertRaises(ClockError):
            CALENDAR.work_minutes(at(3, 2), at(3, 3).astimezone())

    @PROPERTY
    @given(calendars, moments, st.timedeltas(timedelta(), timedelta(days=40)))
    def test_work_minutes_counts_every_minute(self, calendar, a, length):
        """Against a plain walk through the days."""
        b = a + timedelta(minutes=length // timedelta(minutes=1))
        walked = timedelta()
        for n in range((b.date() - a.date()).days + 1):
            midnight = datetime.combine(a.date() + timedelta(days=n), time())
            if calendar.is_working_day(midnight):
                for start, end in calendar._intervals(midnight.toordinal()):
                    walked += max(
                        timedelta(),
                        min(b, midnight + timedelta(minutes=end))
                        - max(a, midnight + timedelta(minutes=start)),
                    )
        self.assertEqual(calendar.work_minutes(a, b), walked / timedelta(minutes=1))
        self.assertEqual(calendar.work_minutes(b, a), -calendar.work_minutes(a, b))

    @PROPERTY
    @given(calendars, dates, st.integers(1, 400))
    def test_nth_working_day(self, calendar, day, n):
        later = calendar.add_working_days(day, n)
        self.assertEqual(
            calendar.add_working_days(calendar.next_working_day(day), n - 1), later
        )
        self.assertTrue(calendar.is_working_day(later))
        self.assertEqual(working_days(calendar, day, later), n)
        earlier = calendar.add_working_days(day, -n)
        self.assertEqual(
            working_days(
                calendar, earlier - timedelta(days=1), day - timedelta(days=1)
            ),
            n,
        )

    def test_answers_do_not_depend_on_what_was_asked_before(self):
        """The compiled table grows in both directions."""
        calendar = WorkCalendar(WEEK, DAYS_OFF_2026)
        for year in (2026, 2025, 2031, 1990, 2028, 2060):
            start = datetime(year, 3, 1, 9)
            fresh = WorkCalendar(WEEK, DAYS_OFF_2026)
            self.assertEqual(
                calendar.add_minutes(start, 5000), fresh.add_minutes(start, 5000)
            )
            self.assertEqual(
                calendar.add_working_days(start, 300),
                fresh.add_working_days(start, 300),
            )


@tagged("motcua_tools")
class TestClockDue(BaseCase):
    def test_five_working_days(self):
        # domain.md 4.1: received Monday 10:00, due next Monday at closing.
        self.assertEqual(due(at(3, 2, 10), Term(5, "working_day"), CALENDAR), at(3, 9))

    def test_tet(self):
        self.assertEqual(due(at(2, 12, 9), Term(3, "working_day"), CALENDAR), at(2, 24))
        self.assertEqual(
            due(at(2, 12, 9), Term(5, "calendar_day"), CALENDAR), at(2, 23)
        )  # last day 17/2 is Tết
        self.assertEqual(
            due(at(2, 13, 16), Term(2, "hour"), CALENDAR), at(2, 23, 8, 30)
        )
        self.assertEqual(due(at(1, 17, 9), Term(1, "month"), CALENDAR), at(2, 23))

    def test_make_up_saturdays(self):
        self.assertEqual(due(at(1, 9, 9), Term(1, "working_day"), CALENDAR), at(1, 10))
        # 21/8 is a Friday: Saturday 22/8 counts, so do 24 to 28; 31/8 to 2/9 do not.
        self.assertEqual(due(at(8, 21, 9), Term(7, "working_day"), CALENDAR), at(9, 3))
        self.assertEqual(
            due(at(8, 21, 9), Term(1, "calendar_day"), CALENDAR), at(8, 22)
        )

    def test_liberation_and_labour_days(self):
        self.assertEqual(due(at(4, 29, 9), Term(1, "working_day"), CALENDAR), at(5, 4))
        self.assertEqual(
            due(at(4, 15, 9), Term(15, "calendar_day"), CALENDAR), at(5, 4)
        )
        self.assertEqual(
            due(at(4, 24, 9), Term(1, "working_day"), CALENDAR), at(4, 28)
        )  # Giỗ Tổ in lieu

    def test_months(self):
        self.assertEqual(
            due(at(1, 30, 9), Term(1, "month"), CALENDAR), at(3, 2)
        )  # 28/2 is a Saturday
        self.assertEqual(
            due(at(3, 31, 9), Term(1, "month"), CALENDAR), at(5, 4)
        )  # 30/4 is a holiday
        self.assertEqual(due(at(3, 31, 9), Term(3, "month"), CALENDAR), at(6, 30))
        self.assertEqual(
            due(at(11, 30, 9), Term(3, "month"), CALENDAR), datetime(2027, 3, 1, 17)
        )
        leap = due(datetime(2027, 11, 29, 9), Term(3, "month"), CALENDAR)
        self.assertEqual(leap, datetime(2028, 2, 29, 17))

    def test_same_day_with_cut_off_at_three(self):
        term = Term(1, "same_day")
        self.assertEqual(
            due(at(3, 2, 7), term, CALENDAR, FIFTEEN), at(3, 2)
        )  # waiting at the door
        self.assertEqual(due(at(3, 2, 14, 59), term, CALENDAR, FIFTEEN), at(3, 2))
        self.assertEqual(due(at(3, 2, 15), term, CALENDAR, FIFTEEN), at(3, 3))
        self.assertEqual(
            due(at(3, 6, 15, 1), term, CALENDAR, FIFTEEN), at(3, 9)
        )  # Friday
        self.assertEqual(
            due(at(3, 7, 9), term, CALENDAR, FIFTEEN), at(3, 9)
        )  # Saturday
        self.assertEqual(
            due(at(2, 13, 15, 30), term, CALENDAR, FIFTEEN), at(2, 23)
        )  # before Tết
        self.assertEqual(due(at(3, 2, 16), term, CALENDAR), at(3, 2))  # no cut-off
        self.assertEqual(
            due(at(3, 2, 18), term, CALENDAR), at(3, 3)
        )  # filed online in the evening

    def test_cut_off_after_closing_of_a_short_day(self):
        calendar = WorkCalendar((OFFICE,) * 5 + (OFFICE[:1], ()))
        self.assertEqual(
            due(at(3, 7, 11), Term(1, "same_day"), calendar, FIFTEEN), at(3, 7, 11, 30)
        )
        self.assertEqual(
            due(at(3, 7, 12), Term(1, "same_day"), calendar, FIFTEEN), at(3, 9)
        )

    def test_hours(self):
        # 08 working hours to answer an online filing, also one sent at night (domain.md
        # 1.4).
        self.assertEqual(due(at(3, 2, 9), Term(8, "hour"), CALENDAR), at(3, 3, 9))
        self.assertEqual(due(at(3, 1, 23), Term(8, "hour"), CALENDAR), at(3, 2))
        self.assertEqual(
            due(at(3, 2, 11, 15), Term(0.5, "hour"), CALENDAR), at(3, 2, 13, 15)
        )

    def test_fraction_of_a_working_day(self):
        self.assertEqual(
            due(at(3, 2, 9), Term(2.5, "working_day"), CALENDAR), at(3, 5, 11, 30)
        )
        self.assertEqual(
            due(at(3, 2, 9), Term(0.75, "working_day"), CALENDAR), at(3, 3, 15)
        )

    def test_bad_terms(self):
        for quantity, unit in (
            (0, "hour"),
            (-1, "working_day"),
            (1.5, "calendar_day"),
            (0.5, "month"),
            (1, "week"),
            (float("nan"), "hour"),
            (float("inf"), "working_day"),
        ):
            with self.assertRaises(ClockError):
                Term(quantity, unit)

    @PROPERTY
    @given(calendars, moments, terms, cutoffs)
    def test_due_lies_ahead_in_working_time(self, calendar, start, term, cutoff):
        moment = due(start, term, calendar, cutoff)
        self.assertGreater(moment, start)
        self.assertTrue(calendar.is_working_day(moment))
        if term.ends_at_closing:
            self.assertEqual(moment, calendar.day_end(moment))

    @PROPERTY
    @given(calendars, moments, hours)
    def test_hours_are_working_hours(self, calendar, start, term):
        self.assertEqual(
            calendar.work_minutes(start, due(start, term, calendar)), term.quantity * 60
        )

    @PROPERTY
    @given(calendars, moments, whole_days)
    def test_days_are_working_days_after_the_day_of_reception(
        self, calendar, start, term
    ):
        moment = due(start, term, calendar)
        self.assertEqual(
            working_days(calendar, start.date(), moment.date()), term.quantity
        )

    @PROPERTY
    @given(calendars, moments, calendar_terms)
    def test_last_day_moves_only_over_days_off(self, calendar, start, term):
        moment = due(start, term, calendar)
        if term.unit == "calendar_day":
            self.assertEqual(
                working_days(
                    calendar,
                    start.date() + timedelta(days=term.quantity - 1),
                    moment.date(),
                ),
                1,
            )
        else:
            months = (moment.year - start.year) * 12 + moment.month - start.month
            self.assertGreaterEqual(months, term.quantity)

    @PROPERTY
    @given(calendars, moments, moments, terms, cutoffs)
    def test_received_later_is_never_due_earlier(
        self, calendar, one, other, term, cutoff
    ):
        one, other = sorted((one, other))
        self.assertLessEqual(
            due(one, term, calendar, cutoff), due(other, term, calendar, cutoff)
        )

    @PROPERTY
    @given(
        calendars,
        moments,
        st.sampled_from(["hour", "working_day", "calendar_day", "month"]),
        st.data(),
    )
    def test_longer_term_is_never_due_earlier(self, calendar, start, unit, data):
        numbers = (
            st.integers(1, 40)
            if unit in ("calendar_day", "month")
            else st.floats(0.01, 40)
        )
        short, long = sorted((data.draw(numbers), data.draw(numbers)))
        self.assertLessEqual(
            due(start, Term(short, unit), calendar),
            due(start, Term(long, unit), calendar),
        )

    def test_handed_over_the_same_day_or_first_thing_in_the_morning(self):
        cases = {
            at(3, 2, 10): at(3, 2),
            at(3, 2, 14, 59): at(3, 2),
            at(3, 2, 15): at(3, 3, 8, 30),
            at(3, 2, 18): at(3, 3, 8, 30),
            at(3, 6, 16): at(3, 9, 8, 30),  # a Friday
            at(3, 7, 9): at(3, 9, 8, 30),
            at(2, 13, 15, 30): at(2, 23, 8, 30),  # Tết lies between
        }
        for received, expected in cases.items():
            with self.subTest(received=received):
                self.assertEqual(handover_due(received, CALENDAR, FIFTEEN), expected)

    @PROPERTY
    @given(calendars, moments, st.integers(0, 1440))
    def test_a_hand_over_is_due_on_the_next_working_day_at_the_latest(
        self, calendar, received, cutoff
    ):
        moment = handover_due(received, calendar, cutoff)
        self.assertGreaterEqual(moment, received)
        self.assertLessEqual(working_days(calendar, received.date(), moment.date()), 1)

    @PROPERTY
    @given(
        st.frozensets(dates, max_size=30), st.integers(0, 60), moments, terms, cutoffs
    )
    def test_another_holiday_is_never_earlier(self, off, after, start, term, cutoff):
        holiday = start.date() + timedelta(days=after)
        week = (OFFICE,) * 5 + (OFFICE[:1], ())
        self.assertLessEqual(
            due(start, term, WorkCalendar(week, off), cutoff),
            due(start, term, WorkCalendar(week, off | {holiday}), cutoff),
        )


@tagged("motcua_tools")
class TestClockPauses(BaseCase):
    def due(
        self,
        quantity,
        unit,
        pauses,
        policy="pause",
        start=RECEIVED,
        calendar=CALENDAR,
    ):
        return due_with_pauses(
            start, Term(quantity, unit), calendar, under(policy, pauses)
        )

    def test_no_pause(self):
        self.assertEqual(self.due(5, "working_day", []), at(3, 9))

    def test_two_days_of_waiting_give_two_days(self):
        self.assertEqual(
            self.due(5, "working_day", [(at(3, 3, 9), at(3, 5, 9))]), at(3, 11)
        )

    def test_answered_on_the_same_day_costs_nothing(self):
        for unit, quantity, same in (
            ("working_day", 5, at(3, 9)),
            ("working_day", 2.5, at(3, 5, 11, 30)),
            ("calendar_day", 10, at(3, 12)),
            ("month", 1, at(4, 2)),
        ):
            with self.subTest(unit=unit, quantity=quantity):
                pauses = [(at(3, 3, 9), at(3, 3, 16, 30))]
                self.assertEqual(self.due(quantity, unit, []), same)
                self.assertEqual(self.due(quantity, unit, pauses), same)

    def test_many_minutes_of_waiting_add_nothing(self):
        # Ten pauses of a minute once moved five working days by ten.
        pauses = [
            (at(12, day, hour, 30), at(12, day, hour, 31))
            for day in (7, 8, 9, 10, 11)
            for hour in (9, 15)
        ]
        for unit in ("working_day", "calendar_day"):
            self.assertEqual(
                self.due(5, unit, pauses, start=at(12, 7, 9)),
                self.due(5, unit, [], start=at(12, 7, 9)),
            )
        self.assertEqual(
            self.due(40, "hour", pauses, start=at(12, 7, 9)), at(12, 14, 9, 10)
        )

    def test_several_pauses_on_one_date_add_no_more_than_their_union(self):
        apart = [(at(3, 3, 9), at(3, 4, 9)), (at(3, 4, 14), at(3, 5, 9))]
        whole = [(at(3, 3, 9), at(3, 5, 9))]
        for unit in ("working_day", "calendar_day"):
            for pauses in (apart, whole, apart + whole):
                self.assertEqual(self.due(2, unit, pauses), at(3, 6))

    def test_days_covered(self):
        for begin, end, working, calendar_days in (
            (at(3, 2, 10), at(3, 4, 10), 2, 2),
            (at(3, 2, 8), at(3, 2, 16, 59), 0, 0),
            (at(3, 6, 10), at(3, 9, 10), 1, 3),  # over a weekend
            (at(3, 6, 10), at(3, 8, 10), 0, 2),  # answered on a Sunday
            (at(3, 6, 17), at(3, 9, 7), 0, 3),  # before Monday was worked
            (at(2, 13, 9), at(2, 23, 9), 1, 10),  # over Tết
            (at(8, 21, 9), at(8, 22, 9), 1, 1),  # a Saturday made up for
            (at(12, 31, 9), datetime(2027, 1, 4, 9), 2, 4),
        ):
            with self.subTest(begin=begin, end=end):
                self.assertEqual(
                    days_covered(begin, end, "working_day", CALENDAR), working
                )
                self.assertEqual(
                    days_covered(begin, end, "month", CALENDAR), calendar_days
                )

    def test_paused_over_its_last_closing_it_is_due_at_the_next(self):
        pauses = [(at(3, 9, 16, 59), at(3, 9, 17, 1))]
        for quantity, unit in ((5, "working_day"), (7, "calendar_day")):
            self.assertEqual(self.due(quantity, unit, pauses), at(3, 10))

    def test_waiting_over_the_weekend_costs_nothing(self):
        self.assertEqual(
            self.due(5, "working_day", [(at(3, 6, 17), at(3, 9, 7))]), at(3, 9)
        )

    def test_hours_go_on_from_the_resume_moment(self):
        self.assertEqual(
            self.due(8, "hour", [(at(3, 2, 11), at(3, 4, 9))]), at(3, 5, 8)
        )

    def test_fractions_of_days_move_by_days_as_well(self):
        self.assertEqual(
            self.due(2.5, "working_day", [(at(3, 3, 9), at(3, 4, 10))]),
            at(3, 6, 11, 30),
        )

    def test_calendar_days_move_by_date(self):
        self.assertEqual(
            self.due(10, "calendar_day", [(at(3, 3, 9), at(3, 4, 10))]), at(3, 13)
        )
        self.assertEqual(
            self.due(10, "calendar_day", [(at(3, 3, 9), at(3, 5, 8))]), at(3, 16)
        )  # 12 + 2 = Saturday 14
        self.assertEqual(self.due(1, "month", [(at(3, 3, 9), at(3, 4, 9))]), at(4, 3))

    def test_pause_in_the_days_of_grace(self):
        # Last day Saturday 7/3, due Monday 9/3; asked on Monday, answered on Thursday:
        # not due before Thursday.
        self.assertEqual(
            self.due(5, "calendar_day", [(at(3, 9, 9), at(3, 12, 9))]), at(3, 12)
        )

    def test_answered_after_closing(self):
        calendar = WorkCalendar((OFFICE,) * 5 + (OFFICE[:1], ()))
        pauses = [(at(3, 9, 16, 50), at(3, 14, 16, 50))]  # until a Saturday afternoon
        self.assertEqual(
            self.due(7, "calendar_day", pauses, calendar=calendar), at(3, 16)
        )

    def test_open_pause_has_no_due_date(self):
        for policy in ("pause", "restart"):
            self.assertIsNone(self.due(5, "working_day", [(at(3, 3, 9), None)], policy))

    def test_pause_outside_the_term_changes_nothing(self):
        for policy in ("pause", "restart"):
            pauses = [
                (at(2, 3, 9), at(3, 2, 10)),
                (at(3, 9, 17), at(3, 20)),
                (at(4, 1), None),
            ]
            self.assertEqual(self.due(5, "working_day", pauses, policy), at(3, 9))

    def test_pause_running_at_reception_counts_from_reception(self):
        self.assertEqual(self.due(8, "hour", [(at(2, 2), at(3, 2, 11))]), at(3, 3, 11))

    def test_restart_counts_in_full_from_the_last_supplement(self):
        # NĐ 61/2018 article 19.4
        pauses = [(at(3, 3, 9), at(3, 5, 9)), (at(3, 9, 9), at(3, 10, 9))]
        self.assertEqual(self.due(5, "working_day", pauses, "restart"), at(3, 17))
        self.assertEqual(
            self.due(8, "hour", pauses[:1], "restart", start=at(3, 2, 16)), at(3, 6, 9)
        )

    def test_only_the_supplement_restarts(self):
        # Paying stands still, then a supplement starts the term again, then a stop.
        pauses = [
            (at(3, 3, 9), at(3, 4, 9), "pause"),
            (at(3, 5, 9), at(3, 9, 9), "restart"),
            (at(3, 10, 9), at(3, 11, 9), "pause"),
        ]
        self.assertEqual(
            due_with_pauses(at(3, 2, 9), Term(5, "working_day"), CALENDAR, pauses),
            at(3, 17),
        )

    def test_after_a_restart_calendar_days_count_from_it(self):
        pauses = [
            (at(3, 3, 9), at(3, 10, 9), "restart"),
            (at(3, 11, 9), at(3, 12, 9), "pause"),
        ]
        self.assertEqual(
            due_with_pauses(at(3, 2, 9), Term(10, "calendar_day"), CALENDAR, pauses),
            at(3, 23),  # 10 + 10 + 1 = Saturday 21
        )

    def test_restart_of_a_same_day_term_knows_the_cut_off(self):
        self.assertEqual(
            due_with_pauses(
                at(3, 2, 9),
                Term(1, "same_day"),
                CALENDAR,
                [(at(3, 2, 10), at(3, 3, 15, 30), "restart")],
                FIFTEEN,
            ),
            at(3, 4),
        )

    def test_a_due_moment_agreed_on_moves_with_later_pauses(self):
        pauses = [(at(3, 3, 9), at(3, 5, 9)), (at(3, 9, 16), at(3, 11, 9))]
        self.assertEqual(
            moved_due(at(3, 10, 10), pauses, CALENDAR, at(3, 6)), at(3, 11, 14)
        )
        self.assertEqual(
            moved_due(at(3, 9, 10), pauses, CALENDAR, at(3, 6)), at(3, 9, 10)
        )
        pauses = [(at(3, 9, 16), None)]
        self.assertIsNone(moved_due(at(3, 10), pauses, CALENDAR, at(3, 6)))

    def test_an_agreed_date_moves_in_the_unit_of_the_term(self):
        for unit, moved in (
            ("working_day", at(3, 11)),
            ("same_day", at(3, 11)),
            ("calendar_day", at(3, 11)),
        ):
            with self.subTest(unit=unit):
                same_day = [(at(3, 3, 9), at(3, 3, 16))]
                self.assertEqual(
                    moved_due(at(3, 9), same_day, CALENDAR, at(3, 2), unit), at(3, 9)
                )
                two_days = [(at(3, 3, 9), at(3, 5, 16))]
                self.assertEqual(
                    moved_due(at(3, 9), two_days, CALENDAR, at(3, 2), unit), moved
                )

    def test_errors(self):
        with self.assertRaises(ClockError):
            self.due(1, "hour", [(at(3, 4), at(3, 5))], "stop")
        with self.assertRaises(ClockError):
            self.due(1, "hour", [(at(3, 5), at(3, 4))])

    @PROPERTY
    @given(calendars, moments, terms, pause_lists, policies)
    def test_a_pause_never_shortens(self, calendar, start, term, pauses, policy):
        moment = due_with_pauses(start, term, calendar, under(policy, pauses))
        self.assertGreaterEqual(moment, due(start, term, calendar))
        if term.ends_at_closing:
            self.assertEqual(moment, calendar.day_end(moment))

    @PROPERTY
    @given(calendars, moments, terms, pause_lists, policies)
    def test_never_due_while_the_clock_stands_still(
        self, calendar, start, term, pauses, policy
    ):
        moment = due_with_pauses(start, term, calendar, under(policy, pauses))
        self.assertFalse(
            [1 for begin, end in pauses if begin < moment < end and end > start]
        )

    @PROPERTY
    @given(calendars, moments, terms, pause_lists)
    def test_pauses_add_no_more_than_they_cover(self, calendar, start, term, pauses):
        """One after the other, each moves the due moment by the working time or the
        days that it covers at most; only where the term would run out while the clock
        stands still, to the next closing time."""
        pauses = _union(pauses, start)
        before = due(start, term, calendar)
        for count, (begin, end) in enumerate(pauses, 1):
            after = due_with_pauses(start, term, calendar, pauses[:count])
            if begin >= before:
                self.assertEqual(after, before)
            elif term.unit == "hour":
                covered = calendar.work_seconds(begin, end)
                self.assertLessEqual(calendar.work_seconds(before, after), covered)
            else:
                days = days_covered(begin, end, term.unit, calendar)
                if term.unit in ("calendar_day", "month"):
                    last = before.date() + timedelta(days=days)
                else:
                    last = calendar.add_working_days(before.date(), days)
                limit = calendar.closing_from(last)
                if before < end:
                    limit = max(limit, _next_closing(calendar, end))
                self.assertLessEqual(after, limit)
            before = after

    @PROPERTY
    @given(calendars, moments, whole_days, pause_lists)
    def test_pauses_add_no_more_working_days_than_they_touch(
        self, calendar, start, term, pauses
    ):
        touched = {
            begin.date() + timedelta(days=n)
            for begin, end in _union(pauses, start)
            for n in range((end.date() - begin.date()).days + 1)
        }
        touched = {day for day in touched if calendar.is_working_day(day)}
        first = due(start, term, calendar)
        moved = due_with_pauses(start, term, calendar, pauses)
        self.assertLessEqual(
            working_days(calendar, first.date(), moved.date()), len(touched)
        )

    @PROPERTY
    @given(
        calendars,
        moments,
        st.one_of(whole_days, day_parts, calendar_terms),
        st.lists(st.tuples(st.integers(0, 60), st.integers(0, 1438)), max_size=9),
    )
    def test_a_minute_of_waiting_within_a_day_adds_nothing(
        self, calendar, start, term, minutes
    ):
        day = datetime.combine(start.date(), time())
        pauses = [
            (day + timedelta(n, minutes=m), day + timedelta(n, minutes=m + 1))
            for n, m in minutes
        ]
        first = due(start, term, calendar)
        pauses = [pause for pause in pauses if not pause[0] < first < pause[1]]
        self.assertEqual(due_with_pauses(start, term, calendar, pauses), first)

    @PROPERTY
    @given(calendars, moments, hours, pause_lists)
    def test_hours_outside_pauses_equal_the_term(self, calendar, start, term, pauses):
        moment = due_with_pauses(start, term, calendar, pauses)
        edges = sorted(
            {
                start,
                moment,
                *(edge for pause in pauses for edge in pause if start < edge < moment),
            }
        )
        worked = sum(
            calendar.work_minutes(a, b)
            for a, b in pairwise(edges)
            if not any(begin <= a and b <= end for begin, end in pauses)
        )
        self.assertAlmostEqual(worked, term.quantity * 60, places=6)

    @PROPERTY
    @given(
        calendars,
        moments,
        terms,
        pause_lists,
        policies,
        st.randoms(use_true_random=False),
    )
    def test_overlap_and_order_do_not_matter(
        self, calendar, start, term, pauses, policy, random
    ):
        doubled = pauses + pauses[:2]
        random.shuffle(doubled)
        self.assertEqual(
            due_with_pauses(start, term, calendar, under(policy, doubled)),
            due_with_pauses(start, term, calendar, under(policy, pauses)),
        )

    @PROPERTY
    @given(calendars, moments, moments, terms, pause_lists, policies)
    def test_received_later_is_never_due_earlier(
        self, calendar, one, other, term, pauses, policy
    ):
        """Holds where both were received before the first pause: no pause can begin
        before the reception.
        """
        one, other = sorted((one, other))
        pauses = [(begin, end) for begin, end in pauses if begin >= other]
        self.assertLessEqual(
            due_with_pauses(one, term, calendar, under(policy, pauses)),
            due_with_pauses(other, term, calendar, under(policy, pauses)),
        )

    @PROPERTY
    @given(
        st.frozensets(dates, max_size=20),
        st.integers(0, 60),
        moments,
        terms,
        pause_lists,
        policies,
    )
    def test_another_holiday_is_never_earlier(
        self, off, after, start, term, pauses, policy
    ):
        """Holds where working days are equally long. (Where they are not, a holiday may
        swap a long day before a pause for a short one, leaving less working time for
        after it.)
        """
        holiday = start.date() + timedelta(days=after)
        self.assertLessEqual(
            due_with_pauses(
                start, term, WorkCalendar(WEEK, off), under(policy, pauses)
            ),
            due_with_pauses(
                start, term, WorkCalendar(WEEK, off | {holiday}), under(policy, pauses)
            ),
        )


@tagged("motcua_tools")
class TestClockVerdict(BaseCase):
    def test_verdicts(self):
        # domain.md 1.5
        self.assertEqual(verdict(at(3, 6, 16), at(3, 9)), "early")
        self.assertEqual(verdict(at(3, 9, 8), at(3, 9)), "on_time")
        self.assertEqual(verdict(at(3, 9), at(3, 9)), "on_time")
        self.assertEqual(verdict(at(3, 9, 17, 1), at(3, 9)), "overdue")
        self.assertEqual(verdict(at(3, 9), None), "on_time")

    def test_the_verdict_of_the_portal(self):
        # QĐ 766 item 2.1; received Monday 2/3, promised for Monday 9/3 17:00
        since, promised = at(3, 2, 9), at(3, 9)
        one = [(at(3, 4, 9), at(3, 11, 9))]
        two = [*one, (at(3, 12, 9), at(3, 12, 10))]
        for end, supplements, expected in (
            (at(3, 6), [], "early"),
            (at(3, 9), [], "on_time"),
            (at(3, 9, 17, 1), [], "overdue"),
            # a week of waiting is taken off
            (at(3, 13), one, "early"),
            (at(3, 16, 16), one, "on_time"),
            (at(3, 17), one, "overdue"),
            # asked twice: overdue, however fast
            (at(3, 13), two, "overdue"),
            # ended while it was awaited: the request is the end
            (at(4, 20), [(at(3, 4, 9), None)], "early"),
            (at(4, 20), [(at(3, 4, 9), at(4, 20))], "early"),
            (at(4, 20), [(at(3, 9, 9), None)], "on_time"),
            (at(4, 20), [(at(3, 10, 9), None)], "overdue"),
        ):
            with self.subTest(end=end, supplements=supplements):
                self.assertEqual(
                    portal_verdict(end, promised, supplements, since), expected
                )
        # a date promised after the supplement has it in it already
        self.assertEqual(
            portal_verdict(at(3, 13), at(3, 12), one, at(3, 11)), "overdue"
        )
        self.assertEqual(portal_verdict(at(3, 13), None, one, since), "on_time")

    @PROPERTY
    @given(moments, moments, st.lists(st.tuples(moments, moments), max_size=3))
    def test_without_supplements_both_verdicts_agree(self, end, promised, pauses):
        self.assertEqual(portal_verdict(end, promised, [], end), verdict(end, promised))
        waited = [tuple(sorted(pause)) for pause in pauses]
        if len(waited) > 1:
            self.assertEqual(portal_verdict(end, promised, waited, end), "overdue")

    def test_remaining(self):
        self.assertEqual(remaining(at(3, 6, 16), at(3, 9), CALENDAR), 60 + 480)
        self.assertEqual(remaining(at(3, 10, 8), at(3, 9), CALENDAR), -30)

    def test_steps_of_a_day(self):
        # domain.md 7.5: reception 2 h, appraisal 3 h, signature 2 h, issue 1 h
        shares = [2 / 8, 5 / 8, 7 / 8, 1]
        self.assertEqual(
            [step_due(at(3, 1), at(3, 2), share, CALENDAR) for share in shares],
            [at(3, 2, 9, 30), at(3, 2, 14), at(3, 2, 16), at(3, 2)],
        )

    def test_bad_shares(self):
        for share in (0, -0.5, 1.01):
            with self.assertRaises(ClockError):
                step_due(at(3, 2), at(3, 3), share, CALENDAR)

    @PROPERTY
    @given(
        calendars, moments, terms, st.lists(st.floats(0.001, 1), min_size=2, max_size=5)
    )
    def test_steps_follow_each_other_within_the_term(
        self, calendar, start, term, shares
    ):
        end = due(start, term, calendar)
        steps = [step_due(start, end, share, calendar) for share in sorted(shares)]
        self.assertEqual(steps, sorted(steps))
        self.assertLessEqual(start, steps[0])
        self.assertLessEqual(steps[-1], end)
        self.assertEqual(step_due(start, end, 1, calendar), end)

    @PROPERTY
    @given(calendars, moments, moments)
    def test_remaining_agrees_with_the_verdict(self, calendar, now, end):
        left = remaining(now, end, calendar)
        if left < 0:
            self.assertEqual(verdict(now, end), "overdue")
        if left > 0:
            self.assertIn(verdict(now, end), ("early", "on_time"))
