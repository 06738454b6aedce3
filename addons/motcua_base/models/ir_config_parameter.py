from odoo import api, models
from odoo.exceptions import UserError

from ..api import takes
from ..tools.arguments import Json, Text


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    @takes(key=Text(), value=Json())
    def set_param(self, key, value):
        if key == "mail.restrict.template.rendering" and not value:
            # It would make every officer an editor of what the system evaluates.
            raise UserError(
                self.env._(
                    "Employees never edit templates that Odoo evaluates: this setting "
                    "stays on."
                )
            )
        return super().set_param(key, value)
