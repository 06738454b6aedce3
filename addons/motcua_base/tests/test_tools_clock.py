from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.clock import (
    ClockError,
    Term,
    WorkCalendar,
    due,
    due_with_pauses,
    moved_due,
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

    def test_an_hour_of_waiting_costs_the_citizen_at_most_its_day(self):
        self.assertEqual(
            self.due(5, "working_day", [(at(3, 3, 9), at(3, 3, 10))]), at(3, 10)
        )

    def test_waiting_over_the_weekend_costs_nothing(self):
        self.assertEqual(
            self.due(5, "working_day", [(at(3, 6, 17), at(3, 9, 7))]), at(3, 9)
        )

    def test_hours_go_on_from_the_resume_moment(self):
        self.assertEqual(
            self.due(8, "hour", [(at(3, 2, 11), at(3, 4, 9))]), at(3, 5, 8)
        )

    def test_fractions_go_on_in_working_time(self):
        self.assertEqual(
            self.due(2.5, "working_day", [(at(3, 3, 9), at(3, 3, 10))]), at(3, 5, 14)
        )

    def test_calendar_days_move_by_days_rounded_up(self):
        self.assertEqual(
            self.due(10, "calendar_day", [(at(3, 3, 9), at(3, 4, 10))]), at(3, 16)
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
