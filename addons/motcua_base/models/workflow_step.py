import json
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from .membership import ROLES

STEP_ROLES = [role for role in ROLES if role[0] != "inspector"]


class StepOutline(NamedTuple):
    """What every dossier asks of its step: plain values, kept in memory."""

    name: str
    stage_id: int
    role: str
    place: str
    agency_id: int
    term_share: float
    assignment: str
    requires: str
    can_finish: bool


class WorkflowStep(models.Model):
    """A step of a workflow: who does it, where, in what share of the term."""

    _name = "motcua.workflow.step"
    _description = "Workflow step"
    _inherit = ["motcua.workflow.part"]
    _order = "workflow_id, sequence, id"
    _structure = frozenset({"workflow_id", "kind", "can_finish"})

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
            ("superior", "The agency above the one in charge"),
            ("filing", "The agency where the dossier was filed"),
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
            ("signature", "A signed document"),
            ("result", "A result file"),
        ],
        "Must produce",
        required=True,
        default="nothing",
        help="Without it no dossier leaves the step, except back.",
    )
    consult_agency_ids = fields.Many2many(
        "motcua.agency",
        "motcua_workflow_step_consult_rel",
        "step_id",
        "agency_id",
        "Units asked for an opinion",
        help="Coordinating units. They are asked all at once, and no dossier leaves "
        "the step, except back, before they have answered.",
    )
    consult_days = fields.Integer(
        "Working days to answer", default=3, help="Proposed to who asks."
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

    _consult_check = models.Constraint(
        "CHECK (consult_days > 0)", "Give who is asked at least one day to answer."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        """The history of a dossier names the steps that it has passed."""
        passed = (
            self.env["motcua.dossier.task"]
            .sudo()
            .search([("step_id", "in", self.ids)], limit=1)
        )
        if passed:
            raise UserError(
                self.env._(
                    "Dossiers have passed step “%(step)s” of “%(workflow)s”, and their "
                    "history names it: it cannot be removed. Change a copy of the "
                    "workflow instead.",
                    step=passed.step_id.name,
                    workflow=passed.step_id.workflow_id.name,
                )
            )

    @tools.ormcache("self.id")
    def _get_outline(self):
        step = self.sudo()
        return StepOutline(
            step.name,
            step.stage_id.id,
            step.role,
            step.place,
            step.agency_id.id,
            step.term_share,
            step.assignment,
            step.requires,
            step.can_finish,
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

    @tools.ormcache("self.id")
    def _get_conditions(self):
        """Conditions of the ways on, by their ids: most steps have none."""
        ways = self._get_ways().sudo().filtered("condition")
        return {way.id: json.loads(way.condition) for way in ways}

    @tools.ormcache("self.id")
    def _consulted_ids(self):
        """Ids of the units whose opinion this step asks for."""
        return tuple(self.sudo().consult_agency_ids.ids)

    def _named_units(self):
        """The units that these steps name, to do the work or to be asked."""
        fixed = self.filtered(lambda step: step.place == "fixed")
        return fixed.agency_id | self.consult_agency_ids

    def _to_dict(self):
        """The step as ``tools.workflow`` understands it."""
        self.ensure_one()
        return {
            "key": self.id,
            "name": self.name,
            "kind": self.kind,
            "can_finish": self.can_finish,
            "term_share": self.term_share,
        }
