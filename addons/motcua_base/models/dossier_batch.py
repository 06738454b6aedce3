from odoo import models
from odoo.exceptions import UserError


class Dossier(models.Model):
    """Many dossiers at once: what can be done is done, the rest is named."""

    _inherit = "motcua.dossier"

    def _apply_by_halves(self, apply):
        """Do all at once; where that is refused, each half by itself, until those stand
        alone that cannot go: a few of them among many cost little.

        :param apply: function of dossiers, which raises UserError to refuse
        :return: (dossiers done, list of ``{"id", "name", "reason"}``)
        """
        if not self:
            return self, []
        try:
            with self.env.cr.savepoint():
                apply(self)
            return self, []
        except UserError as error:
            if len(self) == 1:
                return self.browse(), [
                    {"id": self.id, "name": self.display_name, "reason": str(error)}
                ]
        middle = len(self) // 2
        first, refused = self[:middle]._apply_by_halves(apply)
        second, refused_too = self[middle:]._apply_by_halves(apply)
        return first | second, refused + refused_too
