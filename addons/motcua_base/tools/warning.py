"""When to warn of a limit. Datetimes are naive local time, as in ``clock``."""

LEVELS = ("early", "near", "due", "overdue")


def level(now, start, due, calendar, hours, days):
    """The strongest of LEVELS that is reached, None before the first.

    - ``early``: at most ``hours`` working hours are left;
    - ``near``: ``days`` working days are left, today and the due day among them;
    - ``due``: the due day has begun;
    - ``overdue``: the due moment has passed.

    Nobody is warned of what was due so soon when it began, at ``start``, that the
    notice is as long as the term: it has only just come in. 0 hours or days: no such
    notice.
    """
    if now > due:
        return "overdue"
    if now.date() == due.date():
        return "due" if start.date() < due.date() else None
    if days:
        notice = calendar.add_working_days(due.date(), 1 - days)
        if start.date() < notice <= now.date():
            return "near"
    if (
        hours
        and calendar.work_minutes(now, due) <= hours * 60
        and calendar.work_minutes(start, due) > hours * 60
    ):
        return "early"
    return None
