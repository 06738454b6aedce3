from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from .procedure_channel import TERM_UNITS


class Offering(models.Model):
    """A procedure as served by one agency: who does it, and what differs locally."""

    _name = "motcua.offering"
    _description = "Procedure offered by an agency"
    _inherit = ["motcua.configuration"]
    _order = "agency_id, procedure_id"
    _rec_name = "procedure_id"

    agency_id = fields.Many2one(
        "motcua.agency",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', 'agency')]",
    )
    procedure_id = fields.Many2one(
        "motcua.procedure", required=True, index=True, ondelete="restrict"
    )
    active = fields.Boolean("Offered", default=True)
    workflow_id = fields.Many2one(
        "motcua.workflow",
        ondelete="restrict",
        help="Empty: the workflow of the version.",
    )
    department_id = fields.Many2one(
        "motcua.agency", "Responsible department", ondelete="restrict"
    )
    desk_id = fields.Many2one(
        "motcua.agency",
        "Received at",
        ondelete="restrict",
        help="Empty: the agency's own one-stop desk.",
    )
    term_quantity = fields.Float(
        "Shortened term", digits=(6, 2), help="0: the term of the procedure."
    )
    term_unit = fields.Selection(TERM_UNITS)
    fee_ids = fields.One2many("motcua.procedure.fee", "offering_id", "Local fees")
    post_allowed = fields.Boolean("Post allowed", default=True)

    _offering_uniq = models.Constraint(
        "UNIQUE (agency_id, procedure_id)", "The agency offers this procedure already."
    )
    _term_check = models.Constraint(
        "CHECK (COALESCE(term_quantity, 0) >= 0)", "A term cannot be negative."
    )

    @api.constrains("term_quantity", "term_unit")
    def _check_term_unit(self):
        for offering in self:
            if offering.term_quantity and not offering.term_unit:
                raise ValidationError(
                    self.env._("Say in which unit the shortened term is counted.")
                )

    @api.model
    def _require(self, agency, procedure):
        """The offering of ``procedure`` at ``agency``; UserError when there is none."""
        offering = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                [("agency_id", "=", agency.id), ("procedure_id", "=", procedure.id)],
                limit=1,
            )
        )
        if not offering:
            raise UserError(
                self.env._(
                    "%(agency)s does not offer procedure %(procedure)s.",
                    agency=agency.display_name,
                    procedure=procedure.display_name,
                )
            )
        return offering

    def _copy_to(self, agency):
        """The same offering at ``agency``, which takes over from the present one."""
        self.ensure_one()
        units = {
            name: self[name].successor_id.filtered(lambda u: u.unit_id == agency).id
            for name in ("department_id", "desk_id")
        }
        copy = self.copy({"agency_id": agency.id, **units})
        for fee in self.fee_ids:
            fee.copy({"offering_id": copy.id})
        return copy

    def _get_department(self):
        """Who does the work: the responsible department, else the agency itself."""
        return self.env["motcua.agency"].browse(self._department_id())

    @tools.ormcache("self.id")
    def _department_id(self):
        offering = self.sudo()
        return (offering.department_id or offering.agency_id).id

    def _default_desk(self):
        """Where dossiers come in that nobody receives by hand, such as online ones."""
        self.ensure_one()
        desks = self.agency_id.child_ids.filtered(
            lambda unit: unit.kind == "desk" and not unit.in_post_office
        )
        return self.desk_id or desks[:1] or self.agency_id

    def _step_places(self, workflow):
        """Where each step of ``workflow`` is done for dossiers of this offering that
        nobody received at a desk of another agency: dict step -> unit. Steps for the
        agency above are missing where there is none."""
        self.ensure_one()
        places = {
            "desk": self._default_desk(),
            "department": self._get_department(),
            "agency": self.agency_id,
            "superior": self.agency_id._get_superior(),
            "filing": self.agency_id,
        }
        units = {
            step: step.agency_id if step.place == "fixed" else places[step.place]
            for step in workflow.step_ids
        }
        return {step: unit for step, unit in units.items() if unit}

    def _named_units(self):
        """The units that this offering names."""
        return self.agency_id | self.department_id | self.desk_id
