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
        offering = self.sudo().search(
            [("agency_id", "=", agency.id), ("procedure_id", "=", procedure.id)],
            limit=1,
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

    def _default_desk(self):
        """Where dossiers come in that nobody receives by hand, such as online ones."""
        self.ensure_one()
        desks = self.agency_id.child_ids.filtered(
            lambda unit: unit.kind == "desk" and not unit.in_post_office
        )
        return self.desk_id or desks[:1] or self.agency_id

    def _get_term(self, channel_row):
        """(quantity, unit) that applies: the local shortened term, else the legal."""
        self.ensure_one()
        if self.term_unit == "same_day" or self.term_quantity:
            return self.term_quantity, self.term_unit
        return channel_row.term_quantity, channel_row.term_unit

    def _get_fees(self, channel_row):
        """Fee lines that apply: the local ones where the agency has any."""
        self.ensure_one()
        return self.env["motcua.procedure.fee"].browse(self._fee_ids(channel_row.id))

    @tools.ormcache("self.id", "channel_row_id")
    def _fee_ids(self, channel_row_id):
        row = self.env["motcua.procedure.channel"].sudo().browse(channel_row_id)
        own = self.sudo().fee_ids
        if own:
            fees = own.filtered(lambda fee: fee.channel in (False, row.channel))
        else:
            fees = row.fee_ids
        return tuple(fees.ids)
