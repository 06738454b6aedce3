from odoo import api, models
from odoo.exceptions import AccessError


class KeptRecord(models.AbstractModel):
    """Papers that went out: only verbs make and mark them, and nobody deletes them."""

    _name = "motcua.kept.record"
    _description = "Kept on record"

    # Columns that verbs may still write; None for all.
    _markable = None

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("What goes on record is written when a step is done.")
            )
        return super().create(vals_list)

    def write(self, vals):
        marked = self._markable is None or self._markable >= vals.keys()
        if not self.env.su or not marked:
            raise AccessError(self.env._("What is on record cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("What is on record cannot be deleted."))
