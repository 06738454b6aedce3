from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.motcua_base.api import takes


class WorkflowAdapt(models.TransientModel):
    """A copy of a workflow for one agency, which its dossiers follow from then on.
    Dossiers on their way keep the workflow by which they were received."""

    _name = "motcua.workflow.adapt"
    _description = "Workflow adapted for an agency"

    workflow_id = fields.Many2one("motcua.workflow", required=True, readonly=True)
    agency_id = fields.Many2one(
        "motcua.agency", required=True, domain="[('kind', '=', 'agency')]"
    )
    candidate_ids = fields.Many2many(
        "motcua.offering", compute="_compute_candidate_ids"
    )
    offering_ids = fields.Many2many(
        "motcua.offering",
        string="Procedures",
        compute="_compute_offering_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', candidate_ids)]",
        help="Those that the agency offers by this workflow.",
    )
    name = fields.Char(compute="_compute_name", store=True, readonly=False)

    @api.depends("workflow_id", "agency_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            offered = self.env["motcua.offering"].search(
                [("agency_id", "=", wizard.agency_id.id)]
            )
            versions = wizard.workflow_id._used_by_versions()
            wizard.candidate_ids = offered.filtered(
                lambda offering, wizard=wizard, versions=versions: (
                    offering.workflow_id == wizard.workflow_id
                    or not offering.workflow_id
                    and wizard.workflow_id
                    in (offering.procedure_id.version_ids & versions).workflow_id
                )
            )

    @api.depends("candidate_ids")
    def _compute_offering_ids(self):
        for wizard in self:
            wizard.offering_ids = wizard.candidate_ids

    @api.depends("workflow_id", "agency_id")
    def _compute_name(self):
        for wizard in self:
            names = (wizard.workflow_id.name, wizard.agency_id.name)
            wizard.name = " – ".join(filter(None, names))

    @takes()
    def action_adapt(self):
        """Copy the workflow, let the agency's procedures chosen follow the copy, and
        open it in the editor."""
        self.ensure_one()
        if not self.offering_ids:
            raise UserError(
                self.env._("Choose at least one procedure that is to follow the copy.")
            )
        if self.offering_ids - self.candidate_ids:
            raise UserError(
                self.env._(
                    "%s does not offer all of these by this workflow.",
                    self.agency_id.name,
                )
            )
        copy = self.workflow_id.copy()
        copy.name = self.name or copy.name
        self.offering_ids.workflow_id = copy
        return copy.action_open_editor()
