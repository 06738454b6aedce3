from odoo import models

from odoo.addons.motcua_base.api import takes


class Workflow(models.Model):
    """A workflow is edited with its steps and transitions."""

    _name = "motcua.workflow"
    _inherit = ["motcua.workflow", "motcua.editor"]

    def _edited_records(self):
        return [*super()._edited_records(), self.step_ids, self.transition_ids]

    @takes()
    def action_open_editor(self):
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "motcua_studio.workflow_editor_action"
        )
        return {**action, "context": {"active_id": self.id}}

    def _action_to_mend(self, field):
        return self.action_open_editor()
