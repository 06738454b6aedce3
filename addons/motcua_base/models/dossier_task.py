from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import groupby

from .field_files import Files
from .membership import APPROVING, ROLES

OUTCOMES = [
    ("forwarded", "Passed on"),
    ("returned", "Sent back"),
    ("answered", "Answered"),
    ("completed", "Result ready"),
    ("refused", "Refused"),
    ("closed", "Closed"),
    ("handed_over", "Result handed over"),
    ("withdrawn", "Withdrawn"),
    ("dropped", "No longer needed"),
]
# What an approver passes a dossier on with.
DECISIONS = [("granted", "Grant the request"), ("refused", "Refuse the request")]


class DossierTask(models.Model):
    """One hand-over: who had the dossier, since when, until when, with what outcome.
    Parallel consultation is several open tasks. The control sheet prints these rows."""

    _name = "motcua.dossier.task"
    _description = "Hand-over of a dossier"
    _inherit = ["motcua.dossier.part"]
    _order = "dossier_id, date_received, id"
    _rec_name = "step_id"

    kind = fields.Selection(
        [("main", "Handling"), ("consult", "Opinion asked for")],
        required=True,
        default="main",
    )
    step_id = fields.Many2one("motcua.workflow.step", ondelete="restrict")
    role = fields.Selection(ROLES, required=True)
    agency_id = fields.Many2one(
        "motcua.agency", "At", required=True, index=True, ondelete="restrict"
    )
    from_user_id = fields.Many2one("res.users", "Handed over by")
    user_id = fields.Many2one("res.users", "Officer")
    date_received = fields.Datetime("Received on", required=True)
    date_due = fields.Datetime("Due on")
    date_done = fields.Datetime("Done on")
    outcome = fields.Selection(OUTCOMES)
    decision = fields.Selection(
        DECISIONS, help="Of who approves: how the dossier is to end."
    )
    verdict = fields.Selection(
        [("early", "Early"), ("on_time", "On time"), ("overdue", "Overdue")],
        compute="_compute_verdict",
        store=True,
        help="Early: done on a day before the due day. On time: by the due moment.",
    )
    note = fields.Text()
    question = fields.Text()
    answer = fields.Text()
    attachment_ids = Files()

    _open_user_idx = models.Index("(user_id, date_due) WHERE date_done IS NULL")
    _open_agency_idx = models.Index("(agency_id, date_due) WHERE date_done IS NULL")
    # Whose turn it is: who got a task of the step longest ago.
    _turn_idx = models.Index("(user_id, step_id, id)")
    _main_uniq = models.UniqueIndex(
        "(dossier_id) WHERE date_done IS NULL AND kind = 'main'",
        "A dossier is with one officer at a time.",
    )

    @api.depends("date_done", "date_due")
    def _compute_verdict(self):
        for task in self:
            task.verdict = (
                task.date_done
                and task.date_due
                and task.dossier_id._verdict(task.date_done, task.date_due)
            )

    @api.model_create_multi
    def create(self, vals_list):
        # What is not done has no verdict: Odoo would go over each to find that out.
        tasks = super().create(
            [
                vals if vals.get("date_done") else {"verdict": False, **vals}
                for vals in vals_list
            ]
        )
        tasks._involve_agencies()
        return tasks

    def _involve_agencies(self):
        """Note on the dossiers which other public bodies now take part. Record rules
        ask this short list, not the whole history of tasks."""
        for task in self:
            dossier, body_id = task.dossier_id, task.agency_id._get_unit_id()
            desk = dossier.desk_id
            if (
                body_id not in (dossier.agency_id.id, desk.id, desk._get_unit_id())
                and body_id not in dossier.involved_agency_ids.ids
            ):
                dossier.sudo().involved_agency_ids = [Command.link(body_id)]

    def _may_be_done_by(self, user):
        """Whether ``user`` holds this task: own, stood in for, taken from the queue, or
        as the head of the unit."""
        self.ensure_one()
        if self.user_id:
            if self.user_id == user or user._motcua_stands_in_for(self.user_id):
                return True
            return user._motcua_has_role("unit_leader", self.agency_id)
        return user._motcua_has_role(self.role, self.agency_id)

    def _close(self, outcome, now, note=None):
        """End these tasks; never before they began, where the clock was set back."""
        values = {"outcome": outcome}
        if note:
            values["note"] = note
        for done, tasks in groupby(self, lambda task: max(now, task.date_received)):
            self.concat(*tasks).write({"date_done": done, **values})
        # Taken from the queue without saying so: who acts has had it.
        self.filtered(lambda task: not task.user_id).write({"user_id": self.env.uid})

    def _decide(self, decision, note):
        """Note how who approves lets the dossiers end.

        :param decision: as ``motcua.dossier.action_forward`` takes it
        """
        approving = self.filtered(lambda task: task.role in APPROVING)
        if decision and (decision not in dict(DECISIONS) or self - approving):
            raise UserError(
                self.env._("Only who approves says whether the request is granted.")
            )
        if decision == "refused" and not (note or "").strip():
            raise UserError(self.env._("Say why the request is to be refused."))
        if approving:
            approving.write({"decision": decision or "granted"})

    def _decided(self):
        """How the dossier is to end by this approval; before decisions were asked for,
        whoever passed a dossier on meant to grant it."""
        self.ensure_one()
        return self.decision or "granted"

    def _check_answered(self):
        """Raise UserError when one of these open tasks is an opinion asked for."""
        waiting = self.filtered(lambda task: task.kind == "consult")
        if waiting:
            dossier = waiting[0].dossier_id
            tasks = waiting.filtered(lambda task: task.dossier_id == dossier)
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s still waits for the opinion of: %(agencies)s.",
                    dossier=dossier.display_name,
                    agencies=", ".join(tasks.agency_id.mapped("name")),
                )
            )

    def _check_product(self, note, files=None):
        """Raise UserError unless the step has produced what it must.

        :param files: the result, where the dossier ends here
        """
        for task in self:
            required = task.step_id._get_outline().requires
            if required == "nothing":
                continue
            given = task.attachment_ids or files
            if not ((note or "").strip() if required == "opinion" else given):
                raise UserError(task._missing_sentence(required))

    def _missing_sentence(self, required):
        step = self.step_id.name
        return {
            "opinion": self.env._("Step “%s” needs a written opinion.", step),
            "draft": self.env._(
                "Step “%s” needs a draft document: attach it first.", step
            ),
            "signature": self.env._(
                "Step “%s” needs the signed document: attach it first.", step
            ),
            "result": self.env._("Step “%s” needs the result: attach it first.", step),
        }[required]
