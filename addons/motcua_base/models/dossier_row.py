from contextlib import contextmanager

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

    @api.model_create_multi
    def create(self, vals_list):
        dossiers = self.env["motcua.dossier"].browse(
            {vals["dossier_id"] for vals in vals_list if vals.get("dossier_id")}
        )
        with self._changing(dossiers):
            return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        with self._changing(self.dossier_id):
            return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        with self._changing(self.dossier_id):
            return super().unlink()

    @contextmanager
    def _changing(self, dossiers):
        """Rows are answers: checked, computed and logged like those of the form. What
        the system writes, it writes together with the form."""
        if self.env.su:
            yield
            return
        with dossiers._changing_form() as before:
            yield
        filed = dossiers.filtered(lambda dossier: dossier in before)
        filed._log_corrections(dict.fromkeys(filed, {}), before)

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
