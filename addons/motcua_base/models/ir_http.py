from odoo import models

from ..tools.localtime import today_in_vietnam


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """The browser says amounts in words as papers of today do."""
        zero = self.env["motcua.ruleset"]._zero_at(today_in_vietnam())
        return {**super().session_info(), "motcua_zero_in_words": zero}
