from odoo import fields, models

from .membership import ROLES

STEP_ROLES = [role for role in ROLES if role[0] != "inspector"]


class WorkflowStep(models.Model):
    """A step of a workflow: who does it, where, in what share of the term."""

    _name = "motcua.workflow.step"
    _description = "Workflow step"
    _inherit = ["motcua.configuration"]
    _order = "workflow_id, sequence, id"

    workflow_id = fields.Many2one(
        "motcua.workflow", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [("receive", "Reception"), ("work", "Work"), ("return", "Handing over")],
        required=True,
        default="work",
    )
    stage_id = fields.Many2one("motcua.stage", required=True, ondelete="restrict")
    role = fields.Selection(STEP_ROLES, required=True, default="handler")
    place = fields.Selection(
        [
            ("desk", "The desk that received the dossier"),
            ("department", "The responsible department"),
            ("agency", "The agency in charge"),
            ("fixed", "A certain other unit"),
        ],
        "Done by",
        required=True,
        default="department",
    )
    agency_id = fields.Many2one("motcua.agency", "Unit", ondelete="restrict")
    term_share = fields.Float(
        "Share of the term (%)", default=0, help="0: may take until the dossier is due."
    )
    assignment = fields.Selection(
        [
            ("queue", "Picked from the queue"),
            ("fixed", "A certain officer"),
            ("least_open", "Who has least open work"),
        ],
        required=True,
        default="queue",
    )
    user_id = fields.Many2one("res.users", "Officer", ondelete="restrict")
    requires = fields.Selection(
        [
            ("nothing", "Nothing"),
            ("opinion", "A written opinion"),
            ("draft", "A draft document"),
        ],
        "Must produce",
        required=True,
        default="nothing",
    )
    can_finish = fields.Boolean(
        "May finish", help="Here the dossier may be completed with a result or refused."
    )
    transition_ids = fields.One2many(
        "motcua.workflow.transition", "from_step_id", "Ways on"
    )

    _share_check = models.Constraint(
        "CHECK (term_share >= 0 AND term_share <= 100)",
        "A share of the term lies between 0 and 100 %.",
    )
    _place_check = models.Constraint(
        "CHECK (place != 'fixed' OR agency_id IS NOT NULL)",
        "Say which unit does the step.",
    )
    _assignment_check = models.Constraint(
        "CHECK (assignment != 'fixed' OR user_id IS NOT NULL)",
        "Say which officer does the step.",
    )

    def _pick_officer(self, agency):
        """Who gets the task of this step at ``agency``: a user, or nobody (queue)."""
        self.ensure_one()
        if self.assignment == "fixed":
            return self.user_id
        if self.assignment == "least_open":
            return self._least_open(agency)
        return self.env["res.users"]

    def _least_open(self, agency):
        today = fields.Date.context_today(self)
        memberships = (
            self.env["motcua.membership"]
            .sudo()
            .search(
                [
                    ("agency_id.unit_id", "=", agency.unit_id.id),
                    ("role", "=", self.role),
                    ("date_from", "<=", today),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", today),
                ]
            )
            .filtered(lambda m: m.agency_id._is_related(agency))
        )
        users = memberships.user_id.sorted("id")
        counts = dict(
            self.env["motcua.dossier.task"]
            .sudo()
            ._read_group(
                [("user_id", "in", users.ids), ("date_done", "=", False)],
                ["user_id"],
                ["__count"],
            )
        )
        return min(users, key=lambda user: counts.get(user, 0), default=users)
