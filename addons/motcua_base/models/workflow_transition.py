import json
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..tools import workflow as workflow_tools


class WayOutline(NamedTuple):
    """What every dossier asks of the way that it takes: kept in memory."""

    kind: str
    to_step_id: int


class WorkflowTransition(models.Model):
    """Where a dossier may go from a step: onwards, or back for a better job."""

    _name = "motcua.workflow.transition"
    _description = "Workflow transition"
    _inherit = ["motcua.workflow.part"]
    _order = "workflow_id, sequence, id"
    _structure = frozenset(
        {"workflow_id", "kind", "from_step_id", "to_step_id", "condition"}
    )

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
    condition = fields.Text(
        "Only if",
        help="Over the answers to the form, as conditions of form fields. While such a "
        "way is open, those without a condition are not. For example "
        '{"all": [{"field": "area", "op": ">", "value": 500}]}.',
    )

    _edge_uniq = models.Constraint(
        "UNIQUE (from_step_id, to_step_id)", "These two steps are joined already."
    )
    _condition_check = models.Constraint(
        "CHECK (kind = 'forward' OR condition IS NULL)",
        "A way back is always open: it has no condition.",
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

    @api.constrains("condition")
    def _check_condition(self):
        for transition in self.filtered("condition"):
            try:
                readable = workflow_tools.is_condition(json.loads(transition.condition))
            except ValueError:
                readable = False
            if not readable:
                raise ValidationError(
                    self.env._(
                        "The condition of transition “%s” cannot be read.",
                        transition.name,
                    )
                )

    @tools.ormcache("self.id")
    def _get_outline(self):
        way = self.sudo()
        return WayOutline(way.kind, way.to_step_id.id)

    def _to_dict(self):
        """The way as ``tools.workflow`` understands it."""
        self.ensure_one()
        return {
            "from": self.from_step_id.id,
            "to": self.to_step_id.id,
            "kind": self.kind,
            "name": self.name,
            "condition": json.loads(self.condition) if self.condition else None,
        }
