from odoo import api, models

from ..tools import paper_form


class PaperFormReport(models.AbstractModel):
    """The form of a version as a blank paper, to be filled in by hand; of drafts as
    well, so that who draws up a form can look at it."""

    _name = "report.motcua_base.report_paper_form"
    _description = "Blank paper form"
    _inherit = ["motcua.form.report"]

    @api.model
    def _get_report_values(self, docids, data=None):
        versions = self.env["motcua.procedure.version"].browse(docids)
        versions.check_access("read")
        return {"forms": [self._form(version) for version in versions.sudo()]}

    def _form(self, version):
        spec = version._get_form_spec() or version.field_ids._to_spec()
        procedure = version.procedure_id
        return {
            "title": procedure.name,
            "code": procedure.code,
            "is_draft": version.state == "draft",
            "sections": paper_form.sections(spec),
            # Many statutory forms begin with it.
            "has_addressee": any(
                field["label"].startswith("Kính gửi") for field in spec
            ),
        }
