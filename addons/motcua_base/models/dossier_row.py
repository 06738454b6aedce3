from odoo import fields, models


class DossierRow(models.Model):
    """One row of a repeating section of the e-form; its values are validated by the
    same ``tools.form`` code as the rest of the form."""

    _name = "motcua.dossier.row"
    _description = "Row of a repeating section"
    _order = "dossier_id, section, sequence, id"

    dossier_id = fields.Many2one(
        "motcua.dossier", required=True, index=True, ondelete="cascade"
    )
    section = fields.Char(required=True, help="Technical name of the section.")
    sequence = fields.Integer(default=10)
    row_values = fields.Json("Values", required=True, default=dict)
