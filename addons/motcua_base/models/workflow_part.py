from odoo import api, models


class WorkflowPart(models.AbstractModel):
    """Rows that decide where dossiers may go: while open dossiers rely on them, they
    stay. All else of a row may change while dossiers are on their way, and applies to
    those that arrive from then on."""

    _name = "motcua.workflow.part"
    _description = "Part of a workflow"
    _inherit = ["motcua.configuration"]

    # Columns that decide where a dossier may go.
    _structure = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.workflow_id._check_unlocked()
        return parts

    def write(self, vals):
        self._changed_by(vals).workflow_id._check_unlocked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unlocked(self):
        self.workflow_id._check_unlocked()

    def _changed_by(self, vals):
        """Those of which ``vals`` change the structure."""
        names = vals.keys() & self._structure
        return self.filtered(
            lambda part: any(
                part._fields[name].convert_to_write(part[name], part) != vals[name]
                for name in names
            )
        )
