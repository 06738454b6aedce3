from odoo import api, fields, models

from ..tools import clock, text
from ..tools.localtime import to_local, to_utc
from .dossier import OPEN, PAUSED


class Dossier(models.Model):
    """The term of a dossier: due dates, pauses, remaining time, verdicts."""

    _inherit = "motcua.dossier"

    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    time_left = fields.Char("Time left", compute="_compute_time_left")
    pause_text = fields.Char("The clock while paused", compute="_compute_pause_text")
    term_text = fields.Char("Term in words", compute="_compute_term_text")
    verdict = fields.Selection(
        [("early", "Early"), ("on_time", "On time"), ("overdue", "Overdue")],
        compute="_compute_verdict",
        help="Of finished dossiers, against the due date in force (after extension).",
    )

    @api.depends("status", "date_due")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for dossier in self:
            dossier.is_overdue = (
                dossier.status in ("2", "4")
                and bool(dossier.date_due)
                and dossier.date_due < now
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [
            ("status", "in", ("2", "4")),
            ("date_due", "<", fields.Datetime.now()),
        ]

    @api.depends("status", "date_due")
    def _compute_time_left(self):
        now = to_local(fields.Datetime.now())
        for dossier in self:
            due = to_local(dossier.date_due)
            if dossier.status in PAUSED:
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
            pause = paused.pause_ids.filtered(lambda pause: not pause.date_to)[:1]
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

    @api.depends("term_quantity", "term_unit")
    def _compute_term_text(self):
        for dossier in self:
            dossier.term_text = dossier.term_unit and text.term_words(
                dossier.term_quantity, dossier.term_unit
            )

    @api.depends("date_done", "date_due")
    def _compute_verdict(self):
        for dossier in self:
            dossier.verdict = (
                dossier.date_done
                and dossier.date_due
                and self._verdict(dossier.date_done, dossier.date_due)
            )

    # ------------------------------------------------------------------

    def _work_calendar(self):
        """The compiled calendar of the agency in charge."""
        self.ensure_one()
        return self.agency_id._get_calendar()._motcua_clock()

    @api.model
    def _verdict(self, end, due):
        """``early``, ``on_time`` or ``overdue``; days are those in Vietnam."""
        return clock.verdict(to_local(end), to_local(due))

    def _first_due(self, received, conditions):
        """Due moment (naive UTC) of a dossier received at ``received`` (naive UTC)."""
        self.ensure_one()
        due = clock.due(
            to_local(received),
            clock.Term(conditions.term_quantity, conditions.term_unit),
            self._work_calendar(),
            conditions.cutoff_minutes,
        )
        return to_utc(due)

    def _current_due(self, resumed=None):
        """Due moment (naive UTC) after pauses and extensions; None while paused, unless
        it is asked what would be if the pause ended at ``resumed`` (naive UTC)."""
        self.ensure_one()
        calendar = self._work_calendar()
        pauses = self._local_pauses(resumed)
        due = clock.due_with_pauses(
            to_local(self.date_received),
            clock.Term(self.term_quantity, self.term_unit),
            calendar,
            pauses,
            self._conditions().cutoff_minutes,
        )
        extension = self.extension_ids[-1:]
        if due and extension:
            agreed = clock.moved_due(
                to_local(extension.due_after),
                pauses,
                calendar,
                to_local(extension.date),
            )
            due = max(due, agreed)
        return to_utc(due)

    def _local_pauses(self, resumed=None):
        """Pauses for ``tools.clock``. Only a supplement may start the term again, where
        the rule set says so; paying and stopping just let it stand still.

        :param resumed: when an open pause is taken to end (naive UTC)
        """
        policy = self.ruleset_id.clock_policy
        return [
            (
                to_local(pause.date_from),
                to_local(pause.date_to or resumed) or None,
                policy if pause.kind == "supplement" else "pause",
            )
            for pause in self.pause_ids
        ]

    def _step_due(self, step, date_start):
        """Due moment (naive UTC) of a task started at ``date_start`` (naive UTC): the
        share of its step in the whole working time of the dossier, never later than
        the dossier itself."""
        self.ensure_one()
        share = step._get_outline().term_share
        if not self.date_due or not share:
            return self.date_due
        calendar = self._work_calendar()
        start, due = to_local(self.date_received), to_local(self.date_due)
        minutes = calendar.work_minutes(start, due) * share / 100
        moment = calendar.add_minutes(to_local(date_start), minutes)
        return to_utc(min(moment, due))

    def _move_task_due(self, pause):
        """Move the due moments of open tasks past a pause that has just ended."""
        self.ensure_one()
        calendar = self._work_calendar()
        interval = [(to_local(pause.date_from), to_local(pause.date_to))]
        for task in self.task_ids.filtered(
            lambda task: not task.date_done and task.date_due
        ):
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
        moves. Closed dossiers keep theirs; paused ones get theirs when they resume."""
        dossiers = self.search([("status", "in", ("2", "4"))])
        moved = {}
        for dossier in dossiers:
            due = dossier._current_due()
            if due != dossier.date_due:
                moved[dossier] = due
        changed = self.browse([dossier.id for dossier in moved])
        payloads = {}
        for dossier, due in moved.items():
            payloads[dossier] = {
                "due_before": fields.Datetime.to_string(dossier.date_due),
                "due_after": fields.Datetime.to_string(due),
            }
            old = dossier.date_due
            dossier.date_due = due
            for task in dossier.task_ids:
                if not task.date_done and task.date_due == old:
                    task.date_due = due
        changed._log("recalculate", payloads=payloads)
