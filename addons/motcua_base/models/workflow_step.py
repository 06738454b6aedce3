from odoo import fields, models, tools

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
            ("round_robin", "In turn"),
            ("area", "By the area of the applicant"),
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

    def _get_ways(self):
        """Where one may pass a dossier on or back to: everywhere but to handing over,
        which only a result leads to."""
        return self.env["motcua.workflow.transition"].browse(self._way_ids())

    @tools.ormcache("self.id")
    def _way_ids(self):
        ways = self.sudo().transition_ids.filtered(
            lambda way: way.to_step_id.kind != "return"
        )
        return tuple(ways.ids)
