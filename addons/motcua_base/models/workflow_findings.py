from odoo import models

from .finding import problem


class Workflow(models.Model):
    """What stands against living by a workflow, as findings of a version's check."""

    _inherit = "motcua.workflow"

    def _findings(self):
        self.ensure_one()
        return [problem(sentence, self) for sentence in self._problems()]
