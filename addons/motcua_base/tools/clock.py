"""The clock of a dossier: when it is due, how long is left, whether it was in time.

Every datetime here is naive local time (Asia/Ho_Chi_Minh, no daylight saving) and exact
to the second. Law and examples: docs/rules.md; the Civil Code 2015, articles 147 and
148 ("BLDS" below); the formulas of the national portal for QĐ 766/QĐ-TTg ("QĐ 766").
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import namedtuple
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor, isfinite

DAY_UNITS = ("working_day", "calendar_day", "month", "same_day")
CALENDAR_UNITS = ("calendar_day", "month")
UNITS = ("hour", *DAY_UNITS)
# Outside these years a date is a typing error, and compiling a calendar up to it would
# be a waste of memory.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY = 86400
# "The beginning of the working day", in working minutes.
FIRST_HOUR = 60


class ClockError(ValueError):
    """A term, pause, date or calendar that cannot be computed with."""


@dataclass(frozen=True)
class Term:
    """How long the agency has.

    ``quantity`` counts ``unit``; only hours and working days may be fractional (2.5
    working days exist in the national data), and ``same_day`` ignores it. Hours are
    working hours.

    :raises ClockError: unknown unit, quantity not above zero, or a fraction of a
        calendar day or month
    """

    quantity: float
    unit: str

    def __post_init__(self):
        if self.unit not in UNITS:
            raise ClockError(f"unknown unit {self.unit!r}")
        if self.unit == "same_day":
            return
        if not (isfinite(self.quantity) and self.quantity > 0):
            raise ClockError(f"a term must be above zero, not {self.quantity!r}")
        if self.unit in CALENDAR_UNITS and self.quantity % 1:
            raise ClockError(f"{self.quantity!r} {self.unit}: this term must be whole")

    @property
    def ends_at_closing(self):
        """Whether the term is only ever over at the end of an office day."""
        return self.unit == "same_day" or (
            self.unit in DAY_UNITS and not self.quantity % 1
        )


# One compiled run of whole years. `days` and `closings` run in parallel (ordinals of
# the working days, their closing moments); `starts` are the openings of every working
# interval in seconds, `worked` the working seconds before each of them, with the grand
# total as one more entry.
_Table = namedtuple("_Table", "first_year last_year days closings starts worked")


class WorkCalendar:
    """When an agency works. Immutable; build it once and keep it: look-ups are
    bisections in a compiled table.

    :param week: seven sequences of ``(start, end)`` minutes of the day, Monday first
    :param days_off: dates without work (public holidays, swapped days)
    :param extra_days: ``{date: intervals}``, make-up working days ("ngày làm bù"); they
        win over both others
    :raises ClockError: not seven days, an interval outside the day, or a week without
        any working time
    """

    def __init__(self, week, days_off=frozenset(), extra_days=None):
        if len(week) != 7:
            raise ClockError("a week has seven days")
        self._week = tuple(_day_intervals(day) for day in week)
        if not any(self._week):
            raise ClockError("this calendar has no working time")
        # Make-up days and holidays are one exception table; make-up days are written
        # last, so they win.
        self._exceptions = {day.toordinal(): () for day in days_off}
        for day, intervals in (extra_days or {}).items():
            self._exceptions[day.toordinal()] = _day_intervals(intervals)
        self._table = None

    def is_working_day(self, day):
        """Whether the agency works at all on this date."""
        return bool(self._intervals(day.toordinal()))

    def day_end(self, day):
        """The closing moment of a working day.

        :raises ClockError: not a working day
        """
        table = self._covering(day.year)
        index = bisect_left(table.days, day.toordinal())
        if index == len(table.days) or table.days[index] != day.toordinal():
            raise ClockError(f"{day} is not a working day")
        return table.closings[index]

    def has_opened(self, moment):
        """Whether work on this date has begun before ``moment``."""
        intervals = self._intervals(moment.toordinal())
        return bool(intervals) and intervals[0][0] * 60 < _seconds(moment) % _DAY

    def count_working_days(self, after, until):
        """Working dates after ``after``, up to and including ``until``; negative where
        ``until`` comes first.
        """
        days = self._covering(after.year, until.year).days
        return bisect_right(days, until.toordinal()) - bisect_right(
            days, after.toordinal()
        )

    def next_working_day(self, day):
        """The first working date strictly after this one."""
        return self.add_working_days(day, 1)

    def add_working_days(self, start_date, n):
        """The n-th working date strictly after ``start_date`` (before it where n is
        negative); n = 0 is the date itself.

        :raises ClockError: the answer lies outside the years FIRST_YEAR to LAST_YEAR
        """
        if n == 0:
            return date.fromordinal(start_date.toordinal())
        return self.closing_after(start_date, n).date()

    def work_minutes(self, a, b):
        """Working minutes from ``a`` to ``b``, negative where b comes first."""
        return self.work_seconds(a, b) / 60

    def add_minutes(self, start, minutes):
        """The first moment at which ``minutes`` of working time have passed since
        ``start``.

        :raises ClockError: negative minutes
        """
        if minutes < 0:
            raise ClockError("working time cannot be added backwards")
        return self.add_seconds(start, round(minutes * 60))

    def closing_after(self, start_date, n):
        """Closing moment of the n-th working day after ``start_date``, before it where
        n is negative; n is not 0.
        """
        ordinal = start_date.toordinal()
        table = self._covering(start_date.year)
        while True:
            index = (
                bisect_right(table.days, ordinal) + n - 1
                if n > 0
                else bisect_left(table.days, ordinal) + n
            )
            if index < 0:
                table = self._covering(table.first_year - 1)
            elif index >= len(table.days):
                table = self._covering(table.last_year + 1)
            else:
                return table.closings[index]

    def closing_from(self, day):
        """Closing moment of this day, or of the next working day where this is a day
        off (BLDS article 148.5).
        """
        return self.closing_after(day - timedelta(days=1), 1)

    def closing_not_before(self, moment):
        """The first closing moment at or after ``moment``."""
        closing = self.closing_from(moment.date())
        return closing if closing >= moment else self.closing_after(moment.date(), 1)

    def work_seconds(self, a, b):
        """``work_minutes`` in whole seconds."""
        table = self._covering(a.year, b.year)
        return _worked(table, _seconds(b)) - _worked(table, _seconds(a))

    def add_seconds(self, start, seconds):
        """``add_minutes`` in whole seconds."""
        if seconds == 0:
            return start
        table = self._covering(start.year)
        # A wider table may count from an earlier year, so the position is taken again
        # in each.
        while (target := _worked(table, _seconds(start)) + seconds) > table.worked[-1]:
            table = self._covering(table.last_year + 1)
        index = bisect_left(table.worked, target) - 1
        return _moment(table.starts[index] + target - table.worked[index])

    def _intervals(self, ordinal):
        intervals = self._exceptions.get(ordinal)
        return self._week[(ordinal - 1) % 7] if intervals is None else intervals

    def _covering(self, *years):
        """The compiled table, widened where needed. Replaced as a whole, so threads
        always see a consistent one.
        """
        table = self._table
        first, last = min(years), max(years)
        if table and table.first_year <= first and last <= table.last_year:
            return table
        if first < FIRST_YEAR or last > LAST_YEAR:
            raise ClockError(f"dates must lie between {FIRST_YEAR} and {LAST_YEAR}")
        if table:
            # Doubling the span keeps a far-away term from recompiling year by year.
            span = table.last_year - table.first_year + 1
            first = min(first, table.first_year)
            grown = (
                table.last_year + span if last > table.last_year else table.last_year
            )
            last = max(last, grown)
        self._table = self._compile(first, min(last, LAST_YEAR))
        return self._table

    def _compile(self, first_year, last_year):
        days, closings, starts, worked = [], [], [], [0]
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            intervals = self._intervals(ordinal)
            if not intervals:
                continue
            for start, end in intervals:
                starts.append(ordinal * _DAY + start * 60)
                worked.append(worked[-1] + (end - start) * 60)
            days.append(ordinal)
            closings.append(
                datetime.fromordinal(ordinal) + timedelta(minutes=intervals[-1][1])
            )
        return _Table(first_year, last_year, days, closings, starts, worked)


def due(start, term, calendar, cutoff=None):
    """The moment at which a dossier received at ``start`` is due. The day of reception
    is day 0 (BLDS 147.2).

    - ``hour``: so many working hours after the reception;
    - ``working_day``: the closing time of the N-th working day after day 0; a fraction
      is that part of the working time of the day after (domain.md 4.1);
    - ``calendar_day``, ``month``: the closing time of the last day, or of the next
      working day where the last day is a day off (BLDS 148.3 and 148.5);
    - ``same_day``: the closing time of the day of reception; received at or after
      ``cutoff`` (minutes of the day), after closing or on a day off: that of the next
      working day (Luật Hộ tịch 5.3, NĐ 23/2015 article 7).
    """
    if term.unit == "hour":
        return calendar.add_minutes(start, term.quantity * 60)
    if term.unit == "working_day":
        whole = floor(term.quantity)
        if whole == term.quantity:
            return calendar.closing_after(start, whole)
        last = calendar.closing_after(start, whole + 1)
        before = calendar.closing_after(last, -1)
        part = round((term.quantity - whole) * calendar.work_seconds(before, last))
        return calendar.add_seconds(before, max(part, 1))
    if term.unit == "same_day":
        today = start.date()
        if calendar.is_working_day(today):
            closing = calendar.day_end(today)
            minute = start.hour * 60 + start.minute
            if start < closing and (cutoff is None or minute < cutoff):
                return closing
        return calendar.closing_after(today, 1)
    return calendar.closing_from(_last_day(start, term))


def handover_due(received, calendar, cutoff):
    """The moment by which whoever received papers for an agency elsewhere has to pass
    them on (Decree 118/2025 article 18.2 as amended by Decree 309/2026 article 9).

    The closing time of the same day; received at or after ``cutoff`` (minutes of the
    day), after closing or on a day off: the beginning of the next working day, read as
    the end of its first working hour.
    """
    closing = due(received, Term(1, "same_day"), calendar, cutoff)
    if closing.date() == received.date():
        return closing
    day_begin = datetime.combine(closing.date(), datetime.min.time())
    return min(calendar.add_minutes(day_begin, FIRST_HOUR), closing)


def due_with_pauses(start, term, calendar, pauses, cutoff=None):
    """The due moment where the clock stood still meanwhile, or None while it stands
    still now.

    ``pauses`` are ``(begin, end)`` or ``(begin, end, policy)``, end None for one that
    still lasts; overlapping ones count once, and restart the term if one of them does.
    A pause that ended before ``start``, or that began when the dossier was already due,
    changes nothing.

    Policies (QĐ 766 item 2.1 against NĐ 61/2018 article 19.4):

    - ``pause``: what was left of the term runs on from the end of the pause, counted in
      the unit of the term; see ``days_covered``;
    - ``restart``: the term is counted again in full from the end of the pause (NĐ
      61/2018 article 19.4).

    :raises ClockError: unknown policy, or a pause that ends before it begins
    """
    moment, last_day = _counted(start, term, calendar, cutoff)
    for begin, end, policy in _merged_pauses(pauses, start):
        if begin >= moment:
            break
        if end == datetime.max:
            return None
        if policy == "restart":
            moment, last_day = _counted(end, term, calendar, cutoff)
        else:
            moment, last_day = _run_on(
                moment, last_day, begin, end, term.unit, calendar
            )
    return moment


def moved_due(moment, pauses, calendar, since, unit="hour"):
    """Where a due moment set by hand or for one step lies after the pauses since then.

    What was left at the begin of a pause (at ``since``, for one that ran already) runs
    on from its end, counted in ``unit``. None while a pause still lasts.
    """
    last_day = moment.date()
    for begin, end, _policy in _merged_pauses(pauses, since):
        if begin >= moment:
            break
        if end == datetime.max:
            return None
        moment, last_day = _run_on(moment, last_day, begin, end, unit, calendar)
    return moment


def days_covered(begin, end, unit, calendar):
    """How many days a pause from ``begin`` to ``end`` adds to a term counted in days.

    By date, as the term itself is counted (BLDS 147.2): the day of the request is day
    0, that of the answer counts. In calendar days for terms in calendar days or months,
    else in working days; a day that had not begun to be worked when the answer came is
    not lost. So a request answered on the same day costs nothing, and several pauses
    never add up to more days than lie between the first request and the last answer.
    """
    first, last = begin.date(), end.date()
    if unit in CALENDAR_UNITS:
        return (last - first).days
    if not calendar.has_opened(end):
        last -= timedelta(days=1)
    return max(calendar.count_working_days(first, last), 0)


def remaining(now, due, calendar):
    """Working minutes left until ``due``, negative once overdue."""
    return calendar.work_minutes(now, due)


def verdict(end, due):
    """``early``, ``on_time`` or ``overdue``, for a whole dossier as for one step.

    In time means ended at or before the due moment; early means on an earlier date
    (domain.md 1.5, items 1 and 4). Without a due moment everything is in time.
    """
    if due is None:
        return "on_time"
    if end > due:
        return "overdue"
    return "early" if end.date() < due.date() else "on_time"


def portal_verdict(end, due, supplements, since):
    """The verdict by the formula of the national portal (QĐ 766 item 2.1), which is not
    always that of the law.

    - in time: ended at or before the due moment; early: on an earlier date;
    - asked for a supplement more than once: overdue, however fast it went;
    - ended while a supplement was awaited: the request counts as the end;
    - otherwise the time from request to answer is taken off the end.

    :param due: the moment promised, moved by no supplement: they are taken off ``end``
    :param supplements: ``(asked, answered)`` of each request, answered None or the end
        itself where no answer came
    :param since: when ``due`` was promised; what was waited for before is in it already
    """
    if len(supplements) > 1:
        return "overdue"
    for asked, answered in supplements:
        if answered is None or answered >= end:
            end = asked
        elif asked >= since:
            end -= answered - asked
    return verdict(end, due)


def step_due(start, due, share, calendar):
    """The moment when ``share`` (above 0, at most 1) of the working time from ``start``
    to ``due`` has passed.

    Share 1 is ``due`` itself, so that the last step never outlives the dossier.

    :raises ClockError: a share outside (0, 1]
    """
    if not 0 < share <= 1:
        raise ClockError(f"a share lies above 0 and at most at 1, not {share!r}")
    if share == 1 or due <= start:
        return due
    return calendar.add_seconds(start, round(share * calendar.work_seconds(start, due)))


def _counted(start, term, calendar, cutoff):
    """The due moment, and the last calendar day behind it: days off after that day are
    grace, and no part of the term."""
    moment = due(start, term, calendar, cutoff)
    if term.unit in CALENDAR_UNITS:
        return moment, _last_day(start, term)
    return moment, moment.date()


def _run_on(moment, last_day, begin, end, unit, calendar):
    """Due moment and last day after one pause that began before the due moment."""
    if unit == "hour":
        moment = calendar.add_seconds(end, calendar.work_seconds(begin, moment))
        return moment, last_day
    days = days_covered(begin, end, unit, calendar)
    if days and unit in CALENDAR_UNITS:
        # A pause in the days of grace starts from where it found the dossier.
        last_day = max(last_day, begin.date()) + timedelta(days=days)
        moment = calendar.closing_from(last_day)
    elif days:
        moment = _days_later(moment, days, calendar)
    if moment < end:
        # Nobody can be late while the clock stands still.
        moment = calendar.closing_not_before(end)
    return moment, last_day


def _days_later(moment, days, calendar):
    """The same point of the working day so many working days later."""
    day = calendar.add_working_days(moment.date(), days)
    closing = calendar.day_end(day)
    if moment == calendar.closing_from(moment.date()):
        return closing
    return min(datetime.combine(day, moment.time()), closing)


def _last_day(start, term):
    """The last calendar day of a term in calendar days or months, whether worked or
    not.
    """
    day, quantity = start.date(), int(term.quantity)
    try:
        if term.unit == "calendar_day":
            return day + timedelta(days=quantity)
        year, month = divmod(day.year * 12 + day.month - 1 + quantity, 12)
        # A month without that day ends with its last one (BLDS 148.3).
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError) as error:
        raise ClockError(
            f"a term of {quantity} {term.unit} is beyond all calendars"
        ) from error


def _merged_pauses(pauses, start):
    """Pauses after ``start`` in order, overlapping ones as one, with ``datetime.max``
    as the end of an open one.
    """
    merged = []
    for begin, end, policy in sorted(map(_full_pause, pauses)):
        if end <= start:
            continue
        if merged and begin <= merged[-1][1]:
            # "restart" sorts last, and wins.
            last = merged[-1]
            merged[-1] = (last[0], max(last[1], end), max(last[2], policy))
        else:
            merged.append((max(begin, start), end, policy))
    return merged


def _full_pause(pause):
    begin, end, policy = pause if len(pause) == 3 else (*pause, "pause")
    end = end or datetime.max
    if end < begin:
        raise ClockError("a pause cannot end before it begins")
    if policy not in ("pause", "restart"):
        raise ClockError(f"unknown policy {policy!r}")
    return begin, end, policy


def _day_intervals(intervals):
    """Working intervals of one day in order, overlapping or touching ones as one."""
    merged = []
    for start, end in sorted(intervals):
        # A day that works until midnight closes one minute earlier, so that its closing
        # moment bears its own date.
        end = 1439 if end == 1440 else end
        if not 0 <= start < end < 1440:
            raise ClockError(
                f"({start}, {end}) is not an interval of minutes within a day"
            )
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _seconds(moment):
    if moment.tzinfo is not None:
        raise ClockError("the clock wants local time without a time zone")
    return (
        moment.toordinal() * _DAY
        + moment.hour * 3600
        + moment.minute * 60
        + moment.second
    )


def _moment(seconds):
    return datetime.min + timedelta(seconds=seconds - _DAY)


def _worked(table, seconds):
    """Working seconds of the table that lie before this moment."""
    index = bisect_right(table.starts, seconds) - 1
    if index < 0:
        return 0
    return min(
        table.worked[index] + seconds - table.starts[index], table.worked[index + 1]
    )
