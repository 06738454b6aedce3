from odoo import models

from ..api import takes


class Draft(models.AbstractModel):
    """Records that are kept once they are more than a draft. Their screens offer no
    deleting; a draft is thrown away with a button of its own."""

    _name = "motcua.draft"
    _description = "Something that begins as a draft"

    @takes()
    def action_discard(self):
        """Throw the draft away and show those that are left. Raises UserError where it
        is none any more."""
        self.ensure_one()
        self.unlink()
        return {
            "type": "ir.actions.act_window",
            "name": self._description,
            "res_model": self._name,
            "views": [[False, "list"], [False, "form"]],
            "target": "main",
        }
