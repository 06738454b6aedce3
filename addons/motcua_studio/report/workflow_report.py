from markupsafe import Markup

from odoo import models


class WorkflowReport(models.AbstractModel):
    """A workflow as a picture on paper."""

    _name = "report.motcua_studio.report_workflow"
    _description = "Printed workflow"

    _orientation = "portrait"

    def _get_report_values(self, docids, data=None):
        workflows = self.env["motcua.workflow"].browse(docids)
        return {
            "docs": workflows,
            "pictures": {
                # Made by tools.drawing_svg, which escapes all text.
                workflow: Markup(workflow._picture_on_paper(self._orientation))
                for workflow in workflows
            },
        }


class WorkflowLandscapeReport(models.AbstractModel):
    _name = "report.motcua_studio.report_workflow_landscape"
    _description = "Printed workflow, landscape"
    _inherit = ["report.motcua_studio.report_workflow"]

    _orientation = "landscape"
