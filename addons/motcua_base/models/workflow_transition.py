from odoo import api, fields, models
from odoo.exceptions import ValidationError


class WorkflowTransition(models.Model):
    """Where a dossier may go from a step: onwards, or back for a better job."""

    _name = "motcua.workflow.transition"
    _description = "Workflow transition"
    _inherit = ["motcua.configuration"]
    _order = "workflow_id, sequence, id"

    workflow_id = fields.Many2one(
        "motcua.workflow", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [("forward", "Onwards"), ("return", "Back")], required=True, default="forward"
    )
    from_step_id = fields.Many2one(
        "motcua.workflow.step", required=True, index=True, ondelete="cascade"
    )
    to_step_id = fields.Many2one(
        "motcua.workflow.step", required=True, index=True, ondelete="cascade"
    )

    _edge_uniq = models.Constraint(
        "UNIQUE (from_step_id, to_step_id)", "These two steps are joined already."
    )

    @api.constrains("workflow_id", "from_step_id", "to_step_id")
    def _check_steps(self):
        for transition in self:
            steps = transition.from_step_id | transition.to_step_id
            if steps.workflow_id != transition.workflow_id or len(steps) != 2:
                raise ValidationError(
                    self.env._(
                        "A transition joins two different steps of its workflow."
                    )
                )
