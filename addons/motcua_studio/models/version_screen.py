from odoo import models
from odoo.exceptions import UserError


class ProcedureVersion(models.Model):
    """What administrators do with a version on its screen."""

    _inherit = "motcua.procedure.version"

    def action_compare(self):
        """Open the differences to the version before this one."""
        self.ensure_one()
        before = self._version_before()
        if not before:
            raise UserError(
                self.env._("This is the only version of the procedure so far.")
            )
        comparison = self.env["motcua.version.comparison"].create(
            {"version_id": self.id, "before_id": before.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": comparison.display_name,
            "res_model": comparison._name,
            "res_id": comparison.id,
            "view_mode": "form",
        }

    def _version_before(self):
        """The version with the next lower number, else any other one."""
        others = self.procedure_id.version_ids - self
        lower = others.filtered(lambda other: other.number < self.number)
        return (lower or others).sorted("number", reverse=True)[:1]
