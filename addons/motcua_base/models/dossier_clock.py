from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import clock, text
from ..tools.localtime import to_local, to_utc
from .dossier import OPEN, PAUSED, WORKING

VERDICTS = [("early", "Early"), ("on_time", "On time"), ("overdue", "Overdue")]


class Dossier(models.Model):
    """The term of a dossier: due dates, pauses, remaining time, verdicts."""

    _inherit = "motcua.dossier"

    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    time_left = fields.Char("Time left", compute="_compute_time_left")
    pause_text = fields.Char("The clock while paused", compute="_compute_pause_text")
    provisional_years = fields.Char(
        compute="_compute_provisional_years",
        help="Years that the promise rests on and whose days off nobody has confirmed.",
    )
    term_text = fields.Char("Term in words", compute="_compute_term_text")
    verdict = fields.Selection(
        VERDICTS,
        compute="_compute_verdicts",
        store=True,
        help="Of finished dossiers, against the due date in force (after extension).",
    )
    portal_verdict = fields.Selection(
        VERDICTS,
        "Verdict of the national portal",
        compute="_compute_verdicts",
        store=True,
        help="By its formula for QĐ 766: the time of a supplement is taken off, and "
        "asking for more than one counts as overdue.",
    )

    @api.depends("status", "date_due")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for dossier in self:
            if dossier.status in WORKING:
                dossier.is_overdue = bool(dossier.date_due) and dossier.date_due < now
            else:
                dossier.is_overdue = (
                    dossier.status in PAUSED and dossier.sudo()._open_pause().overdue
                )

    def _search_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return Domain("status", "in", WORKING) & Domain(
            "date_due", "<", fields.Datetime.now()
        ) | Domain("status", "in", PAUSED) & Domain(
            "pause_ids", "any", [("date_to", "=", False), ("overdue", "=", True)]
        )

    @api.depends("status", "date_due")
    def _compute_time_left(self):
        now = to_local(fields.Datetime.now())
        for dossier in self:
            due = to_local(dossier.date_due)
            if dossier.status in PAUSED and dossier.is_overdue:
                dossier.time_left = self.env._("paused, overdue already")
            elif dossier.status in PAUSED:
                dossier.time_left = self.env._("paused")
            elif dossier.status not in OPEN or not due:
                dossier.time_left = False
            else:
                dossier.time_left = self._time_words(due, now)

    @api.model
    def _time_words(self, due, now):
        """How far a moment is away or past, in days (both in Vietnamese time)."""
        days = abs((due.date() - now.date()).days)
        if now > due:
            if not days:
                return self.env._("overdue today")
            return (
                self.env._("1 day overdue")
                if days == 1
                else self.env._("%s days overdue", days)
            )
        if not days:
            return self.env._("due today")
        return (
            self.env._("1 day left") if days == 1 else self.env._("%s days left", days)
        )

    @api.depends("status", "date_due", "pause_ids.date_to")
    def _compute_pause_text(self):
        """Since when the clock stands still, and what that means for the due date: the
        one on the receipt is no longer it."""
        now = fields.Datetime.now()
        for dossier in self:
            paused = dossier._origin.sudo()
            pause = paused._open_pause()
            if dossier.status not in PAUSED or not pause:
                dossier.pause_text = False
                continue
            due = paused._current_due(now)
            words = {
                "begin": self._moment_words(pause.date_from),
                "due": self._moment_words(due),
            }
            if due < pause.date_from:
                dossier.pause_text = self.env._(
                    "clock stopped since %(begin)s, overdue already (%(due)s)", **words
                )
            else:
                dossier.pause_text = self.env._(
                    "clock stopped since %(begin)s; going on now, due %(due)s", **words
                )

    @api.depends("date_received", "date_due_original")
    def _compute_provisional_years(self):
        for dossier in self:
            dossier.provisional_years = dossier._provisional_years()

    @api.depends("term_quantity", "term_unit")
    def _compute_term_text(self):
        for dossier in self:
            dossier.term_text = dossier.term_unit and text.term_words(
                dossier.term_quantity, dossier.term_unit
            )

    @api.depends("date_done", "date_due")
    def _compute_verdicts(self):
        ended = self.filtered(lambda dossier: dossier.date_done and dossier.date_due)
        # At once for all that go on: each step of a dossier passes here.
        (self - ended).verdict = (self - ended).portal_verdict = False
        for dossier in ended:
            dossier.verdict = self._verdict(dossier.date_done, dossier.date_due)
            dossier.portal_verdict = dossier._portal_verdict()

    # ------------------------------------------------------------------

    def _work_calendar(self):
        """The compiled calendar of the agency in charge."""
        self.ensure_one()
        return self.agency_id._get_calendar()._motcua_clock()

    def _open_pause(self):
        """The pause that lasts, if the clock stands still."""
        return self.pause_ids.filtered(lambda pause: not pause.date_to)[:1]

    @api.model
    def _last_promise(self):
        """The latest moment (naive UTC) at which an open dossier is due, False where
        none is."""
        Dossier = self.sudo()
        return Dossier.search(
            [("status", "in", OPEN), ("date_due", "!=", False)],
            order="date_due desc",
            limit=1,
        ).date_due

    @api.model
    def _verdict(self, end, due):
        """``early``, ``on_time`` or ``overdue``; days are those in Vietnam."""
        return clock.verdict(to_local(end), to_local(due))

    def _first_due(self, received, conditions):
        """Due moment (naive UTC) of a dossier received at ``received`` (naive UTC), if
        it is passed on in time where it was received for an agency elsewhere."""
        return self._due_from(self._handover_due(received) or received, conditions)

    def _due_from(self, start, conditions):
        """Due moment of a dossier whose term begins at ``start`` (both naive UTC)."""
        self.ensure_one()
        due = clock.due(
            to_local(start),
            clock.Term(conditions.term_quantity, conditions.term_unit),
            self._work_calendar(),
            conditions.cutoff_minutes,
        )
        return to_utc(due)

    def _provisional_years(self):
        """The years, as words, that nobody has confirmed and the promise rests on."""
        self.ensure_one()
        if not self.date_received or not self.date_due_original:
            return ""
        years = self.env["motcua.calendar.year"]._unconfirmed(
            self.date_received, self.date_due_original
        )
        return ", ".join(map(str, years))

    def _current_due(self, resumed=None):
        """Due moment (naive UTC) after pauses and extensions, never before what the
        receipt promised; None while paused, unless it is asked what would be if the
        pause ended at ``resumed`` (naive UTC)."""
        self.ensure_one()
        pauses = self._local_pauses(self.pause_ids, resumed)
        due = self._due_by_term(pauses)
        return due and max(due, self._promised_due(pauses))

    def _due_by_term(self, pauses):
        """Due moment (naive UTC) as term, calendar and extensions have it today; None
        while one of ``pauses`` (as from ``_local_pauses``) lasts."""
        self.ensure_one()
        calendar = self._work_calendar()
        due = clock.due_with_pauses(
            to_local(self._term_start()),
            clock.Term(self.term_quantity, self.term_unit),
            calendar,
            pauses,
            self._conditions().cutoff_minutes,
        )
        extension = self.extension_ids[-1:]
        if due and extension:
            agreed = self._moved_promise(extension.due_after, extension.date, pauses)
            due = max(due, agreed)
        return to_utc(due)

    def _promised_due(self, pauses):
        """The moment (naive UTC) that the printed receipt promised, later by
        ``pauses``. Days off that are no longer off since then do not take from it: the
        citizen has the appointment in writing."""
        receipt = self.date_due_original
        if self._due_by_term([]) >= receipt:
            return receipt
        return to_utc(self._moved_promise(receipt, self.date_received, pauses))

    def _moved_promise(self, due, since, pauses):
        """A moment promised ``since`` then (both naive UTC), later by ``pauses``; in
        local time, None while one of them lasts."""
        return clock.moved_due(
            to_local(due),
            pauses,
            self._work_calendar(),
            to_local(since),
            self.term_unit,
        )

    def _local_pauses(self, pauses, resumed=None):
        """Pauses for ``tools.clock``. Only a supplement may start the term again, where
        the rule set says so; paying and stopping just let it stand still.

        :param resumed: when an open pause is taken to end (naive UTC); not before it
            began, even where the server's clock was set back
        """
        policy = self.ruleset_id.clock_policy
        return [
            (
                to_local(pause.date_from),
                to_local(pause.date_to or (resumed and max(resumed, pause.date_from)))
                or None,
                policy if pause.kind == "supplement" else "pause",
            )
            for pause in pauses
        ]

    def _portal_verdict(self):
        """The verdict by the portal's formula. It takes supplements off the time spent,
        so that the date it compares with must not have them in it too."""
        self.ensure_one()
        supplements = self.pause_ids.filtered(lambda pause: pause.kind == "supplement")
        if not supplements:
            return self.verdict
        others = self._local_pauses(self.pause_ids - supplements)
        due = max(self._due_by_term(others), self._promised_due(others))
        promised_on = self.extension_ids[-1:].date or self.date_received
        return clock.portal_verdict(
            to_local(self.date_done),
            to_local(due),
            [
                (to_local(pause.date_from), to_local(pause.date_to) or None)
                for pause in supplements
            ],
            to_local(promised_on),
        )

    def _step_due(self, step, date_start):
        """Due moment (naive UTC) of a task started at ``date_start`` (naive UTC): the
        share of its step in the whole working time of the dossier, never later than
        the dossier itself."""
        self.ensure_one()
        if self._is_to_hand_over():
            return self.date_handover_due
        share = step._get_outline().term_share
        if not self.date_due or not share:
            return self.date_due
        calendar = self._work_calendar()
        start, due = to_local(self._term_start()), to_local(self.date_due)
        minutes = calendar.work_minutes(start, due) * share / 100
        moment = calendar.add_minutes(to_local(date_start), minutes)
        return to_utc(min(moment, due))

    def _close_pauses(self, now):
        """End what pauses last, however they end, and compute the due dates of
        dossiers and open tasks.

        :return: dict dossier -> what the event says of its due date
        """
        moved = {}
        for dossier in self:
            pause = dossier._open_pause()
            if not pause:
                continue
            before = dossier.date_due
            end = max(now, pause.date_from)
            pause.write({"date_to": end})
            dossier._move_handover(end)
            dossier.date_due = dossier._current_due()
            pause.write({"due_after": dossier.date_due})
            dossier._move_task_due(pause)
            moved[dossier] = dossier._due_payload(before, dossier.date_due)
        return moved

    def _move_task_due(self, pause):
        """Move the due moments of open tasks past a pause that has just ended."""
        self.ensure_one()
        calendar = self._work_calendar()
        interval = [(to_local(pause.date_from), to_local(pause.date_to))]
        for task in self.task_ids.filtered(
            lambda task: not task.date_done and task.date_due
        ):
            if task.kind == "main" and self._is_to_hand_over():
                task.date_due = self.date_handover_due
                continue
            moved = clock.moved_due(
                to_local(task.date_due),
                interval,
                calendar,
                to_local(task.date_received),
            )
            task.date_due = min(to_utc(moved), self.date_due)

    # ------------------------------------------------------------------
    # A changed calendar
    # ------------------------------------------------------------------

    @api.model
    def _recompute_open(self):
        """Compute the due dates of open dossiers anew, with an event for each that
        moves. Closed dossiers keep theirs; paused ones get theirs when they resume.
        What a receipt promised is kept: the event says what it would be now."""
        payloads = {}
        for dossier in self.search([("status", "in", WORKING)]):
            due, old = dossier._current_due(), dossier.date_due
            payload = dossier._due_payload(old, due)
            if due == old and not dossier._is_new_difference(payload):
                continue
            payloads[dossier] = payload
            dossier.date_due = due
            for task in dossier.task_ids:
                if not task.date_done and task.date_due == old:
                    task.date_due = due
        changed = self.browse([dossier.id for dossier in payloads])
        changed._log("recalculate", payloads=payloads)

    def _due_payload(self, before, after):
        """What an event says of a due date that was computed anew, with the one that
        would be, where only the promise keeps it later."""
        payload = {
            "due_before": fields.Datetime.to_string(before),
            "due_after": fields.Datetime.to_string(after),
        }
        computed = self._due_by_term(self._local_pauses(self.pause_ids))
        if computed < after:
            payload["due_computed"] = fields.Datetime.to_string(computed)
        return payload

    def _is_new_difference(self, payload):
        """Whether the log does not say yet that a promise is kept against the
        calendar."""
        if "due_computed" not in payload:
            return False
        said = self.event_ids.filtered(lambda event: event.kind == "recalculate")
        last = said[-1:].payload or {}
        return last.get("due_computed") != payload["due_computed"]
