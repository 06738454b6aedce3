from odoo import api, fields, models


class DossierRow(models.Model):
    """One row of a repeating section of the e-form; its values are validated by the
    same ``tools.form`` code as the rest of the form."""

    _name = "motcua.dossier.row"
    _description = "Row of a repeating section"
    _inherit = ["motcua.dossier.part", "motcua.personal.data"]
    _order = "dossier_id, section, sequence, id"

    _personal_fields = frozenset({"row_values", "summary"})

    section = fields.Char(required=True, help="Technical name of the section.")
    sequence = fields.Integer(default=10)
    row_values = fields.Json("Values")
    summary = fields.Char("Values in words", compute="_compute_summary")

    def _note_access(self, action):
        self.env["motcua.access.log"]._note(self.dossier_id, action)

    @api.depends("row_values", "section", "dossier_id.version_id.form_spec")
    def _compute_summary(self):
        for row in self:
            spec = row.dossier_id.version_id.form_spec or []
            columns = next(
                (
                    field.get("columns")
                    for field in spec
                    if field["name"] == row.section
                ),
                None,
            )
            labels = {column["name"]: column["label"] for column in columns or []}
            row.summary = "; ".join(
                f"{labels.get(name, name)}: {value}"
                for name, value in (row.row_values or {}).items()
                if value not in (None, False, "")
            )
