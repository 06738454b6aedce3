from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..api import takes
from ..tools.arguments import Id, Text
from ..tools.localtime import to_local, today_in_vietnam
from .dossier import PAUSED, WORKING
from .dossier_access import VERBS

SOON = timedelta(hours=24)
# Called at once: these need to be told nothing.
ASKING_NOTHING = ("receive", "take", "hand_over", "resume")
URGENCIES = [
    ("overdue", "Overdue"),
    ("soon", "Due within 24 hours"),
    ("in_time", "In time"),
    ("paused", "Paused"),
]


class Dossier(models.Model):
    """What comes next: how urgent a dossier is, for whom it waits, and where a click or
    a drag leads. Verbs that need nothing are called at once, the others ask first."""

    _inherit = "motcua.dossier"

    urgency = fields.Selection(
        URGENCIES,
        compute="_compute_urgency",
        help="Against the due moment; of new filings, against that of the answer.",
    )
    next_text = fields.Char("What happens next", compute="_compute_next_text")

    @api.depends("status", "date_due", "date_intake_due")
    def _compute_urgency(self):
        now = fields.Datetime.now()
        for dossier in self:
            if dossier.status in PAUSED:
                dossier.urgency = dossier._urgency_paused(dossier.date_due)
            elif dossier.status in ("1", *WORKING):
                filed = dossier.status == "1"
                due = dossier.date_intake_due if filed else dossier.date_due
                dossier.urgency = self._urgency_of(due, now)
            else:
                dossier.urgency = False

    @api.model
    def _urgency_of(self, due, now):
        if due and due < now:
            return "overdue"
        return "soon" if due and due < now + SOON else "in_time"

    def _urgency_paused(self, due):
        """Of what stands still: overdue if it was when the clock stopped."""
        stopped = self.sudo()._open_pause().date_from
        return "overdue" if due and stopped and due < stopped else "paused"

    @api.model
    def _urgency_sql(self, dossier, status, running, due):
        """``_urgency_paused`` and ``_urgency_of`` as one expression.

        :param dossier, status, due: columns
        :param running: statuses in which the clock runs
        """
        pauses = self.env["motcua.dossier.pause"]._fields
        now = fields.Datetime.now()
        return SQL(
            """CASE WHEN %(status)s IN %(paused)s THEN
                    CASE WHEN %(due)s < (
                        SELECT date_from FROM motcua_dossier_pause
                        WHERE dossier_id = %(dossier)s AND date_to IS NULL
                    ) THEN 'overdue' ELSE 'paused' END
                WHEN %(status)s NOT IN %(running)s THEN NULL
                WHEN %(due)s < %(now)s THEN 'overdue'
                WHEN %(due)s < %(soon)s THEN 'soon'
                ELSE 'in_time' END""",
            dossier=dossier,
            status=status,
            paused=PAUSED,
            running=running,
            due=due,
            now=now,
            soon=now + SOON,
            to_flush=pauses["date_from"],
        )

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Counts by urgency, for the bars above the columns."""
        if groupby_spec != "urgency":
            return super()._read_group_groupby(alias, groupby_spec, query)
        status = self._field_to_sql(alias, "status", query)
        return self._urgency_sql(
            SQL.identifier(alias, "id"),
            status,
            ("1", *WORKING),
            SQL(
                "CASE WHEN %s = '1' THEN %s ELSE %s END",
                status,
                self._field_to_sql(alias, "date_intake_due", query),
                self._field_to_sql(alias, "date_due", query),
            ),
        )

    @api.depends("status", "step_id", "user_id", "date_due", "task_ids.date_done")
    def _compute_next_text(self):
        for dossier in self:
            dossier.next_text = dossier._origin and dossier.sudo()._next_sentence()

    def _next_sentence(self):
        """For whom the dossier waits, where and until when, or how it ended, in one
        sentence."""
        self.ensure_one()
        if self.status == "1" and not self.date_intake_due and self.guidance_ids:
            return self.env._(
                "The applicant was told on %(day)s what is missing: received when "
                "it is complete",
                day=to_local(self.guidance_ids[:1].date).strftime("%d/%m/%Y"),
            )
        if self.status == "1":
            return self.env._(
                "Waiting for %(desk)s to receive it until %(moment)s",
                desk=self.desk_id.name,
                moment=self._moment_words(self.date_intake_due),
            )
        if self.status in WORKING:
            return self._work_sentence()
        pause = self._open_pause()
        until = pause.deadline.strftime("%d/%m/%Y") if pause.deadline else "…"
        if pause._is_over(today_in_vietnam()):
            if self.status == "5":
                return self.env._(
                    "The applicant has not supplemented by %(day)s: the head may "
                    "refuse or close",
                    day=until,
                )
            return self.env._(
                "Stopped until %(day)s, which is over: the head goes on, refuses or "
                "closes",
                day=until,
            )
        if self.status == "5":
            return self.env._(
                "Waiting for the applicant to supplement until %(day)s", day=until
            )
        if self.status == "6":
            return self.env._("Waiting for the applicant to pay")
        if self.status == "8":
            if pause.deadline:
                return self.env._(
                    "Handling has stopped until %(day)s: %(reason)s",
                    day=until,
                    reason=pause.reason or "",
                )
            return self.env._(
                "Handling has stopped: %(reason)s", reason=pause.reason or ""
            )
        if self.status == "9" and self.result == "closed":
            return self.env._(
                "Closed: waiting for the applicant to fetch the papers at %(desk)s",
                desk=self.desk_id.name,
            )
        if self.status == "9":
            return self.env._(
                "Waiting for the applicant to fetch the result at %(desk)s",
                desk=self.desk_id.name,
            )
        return self._ended_sentence()

    def _ended_sentence(self):
        if self.status == "3":
            return self.env._("Not received: %(reason)s", reason=self.refusal_reason)
        if self.status == "7":
            return self.env._("Withdrawn by the applicant")
        if self.status == "10":
            return self.env._(
                "Handed over to %(receiver)s at %(moment)s",
                receiver=self.receiver_name or self.applicant_name,
                moment=self._moment_words(self.date_returned),
            )
        return False

    def _work_sentence(self):
        asked = self._open_consultations()
        if asked:
            return self.env._(
                "Waiting for the opinion of %(agencies)s until %(moment)s",
                agencies=", ".join(asked.agency_id.mapped("name")),
                moment=self._moment_words(max(asked.mapped("date_due"))),
            )
        task = self.task_id
        words = {
            "step": self.step_id.name,
            "officer": task.user_id.name,
            "agency": task.agency_id.name,
            "moment": self._moment_words(task.date_due),
        }
        if task.user_id:
            return self.env._(
                "%(step)s: waiting for %(officer)s at %(agency)s until %(moment)s",
                **words,
            )
        return self.env._(
            "%(step)s: waiting for somebody at %(agency)s to take it over, "
            "due %(moment)s",
            **words,
        )

    @api.model
    def _moment_words(self, moment):
        return to_local(moment).strftime("%H:%M %d/%m/%Y") if moment else "…"

    # ------------------------------------------------------------------
    # The one next action
    # ------------------------------------------------------------------

    def _next_verb(self):
        """The verb that whoever holds the dossier is to call next, with its label:
        ``(name, label)``. The name is False while it waits for others."""
        self.ensure_one()
        by_status = {
            "0": ("receive", self.env._("Receive")),
            "1": ("receive", self.env._("Receive")),
            "5": ("supplement", self.env._("Take in the supplement")),
            "6": ("confirm_payment", self.env._("Confirm payment")),
            "8": ("resume", self.env._("Go on handling")),
            "9": (
                "return",
                self.env._("Hand back the papers")
                if self.result == "closed"
                else self.env._("Hand over the result"),
            ),
        }
        if self.status in by_status:
            return by_status[self.status]
        if self._is_to_hand_over():
            return "hand_over", self.env._("Pass on to the agency in charge")
        if self._open_consultations():
            return False, self.env._("Opinion awaited")
        if self._left_to_ask():
            return "consult", self.env._("Ask for opinions")
        ways = self._ways_on()
        if ways:
            return "forward", ways.name if len(ways) == 1 else self.env._("Pass on")
        # Where a dossier may end before the last step, ending it is the exception.
        if self.step_id.can_finish:
            return "complete", self.env._("Enter the result")
        return False, ""

    def _ways_on(self):
        return self._open_ways().filtered(lambda way: way.kind == "forward")

    @takes(verb=Text())
    def action_next(self, verb):
        """Call ``verb``; where it needs to be told something, return the dialog that
        asks for it.

        :param verb: one of ``ASKING_NOTHING``, or one of the dialog's verbs
        """
        if verb in ASKING_NOTHING:
            getattr(self, f"action_{verb}")()
            return False
        self.check_access("read")
        if f"action_{verb}" not in VERBS:
            raise UserError(self.env._("There is no such step: %s.", verb))
        self._check_verb(f"action_{verb}")
        if verb == "forward" and len(self) == 1:
            return self._go(self._ways_on())
        return self.env["motcua.dossier.verb"]._open(verb, self)

    @takes(stage_id=Id("motcua.stage"))
    def action_drag(self, stage_id):
        """What dropping the card on a column of the board does: call the verb that
        leads there, or return the dialog that asks for what it needs. Raises UserError
        where nothing leads there."""
        self.ensure_one()
        self.check_access("read")
        stage = self.env["motcua.stage"].browse(stage_id).exists()
        verb = self._verb_to(stage)
        if verb:
            return self.action_next(verb)
        self._check_verb("action_forward")
        ways = self._ways_to(stage)
        if not ways:
            raise self._no_way_to(stage)
        return self._go(ways)

    def _verb_to(self, stage):
        """The verb other than passing on that leads to this column, if any."""
        if self.status in ("0", "1"):
            step = self.sudo()._conditions().first_step_id
            first = self.env["motcua.workflow.step"].browse(step)
            return "receive" if first.stage_id == stage else False
        if self.status in WORKING and self.step_id.can_finish:
            return "complete" if stage.kind == "ready" else False
        return "return" if self.status == "9" and stage.kind == "closed" else False

    def _ways_to(self, stage):
        """Transitions that lead from here to a column of the board."""
        if self.status not in WORKING:
            return self.env["motcua.workflow.transition"]
        return self._open_ways().filtered(lambda way: way.to_step_id.stage_id == stage)

    def _no_way_to(self, stage):
        """The error of a drag to a column where the dossier cannot go."""
        columns = self._open_ways().to_step_id.stage_id
        ways = columns.mapped("name") if self.status in WORKING else []
        return UserError(
            self.env._(
                "Dossier %(dossier)s cannot go to “%(stage)s” from here. Open it and "
                "use its buttons. Possible: %(ways)s.",
                dossier=self.display_name,
                stage=stage.display_name,
                ways=", ".join(ways) or self.env._("nothing"),
            )
        )

    def _go(self, ways):
        """Along the only way; the dialog where one has to choose or to write."""
        way = ways if len(ways) == 1 else ways.browse()
        if way.kind == "forward" and self.step_id.requires == "nothing":
            self.action_forward(way.id)
            return False
        verb = "send_back" if set(ways.mapped("kind")) == {"return"} else "forward"
        return self.env["motcua.dossier.verb"]._open(verb, self, way)
