from odoo import models


class ProcedureVersion(models.Model):
    """A version is edited with all its parts."""

    _name = "motcua.procedure.version"
    _inherit = ["motcua.procedure.version", "motcua.editor"]

    def _edited_records(self):
        return [
            *super()._edited_records(),
            self.field_ids,
            self.case_ids,
            self.component_ids,
            self.channel_ids,
            self.channel_ids.fee_ids,
            self.template_ids,
        ]
