from odoo import models


class Workflow(models.Model):
    """A workflow is edited with its steps and transitions."""

    _name = "motcua.workflow"
    _inherit = ["motcua.workflow", "motcua.editor"]

    def _edited_records(self):
        return [*super()._edited_records(), self.step_ids, self.transition_ids]
