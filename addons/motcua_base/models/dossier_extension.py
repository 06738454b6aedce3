from odoo import fields, models


class DossierExtension(models.Model):
    """An apology with a new date for the result (form 04)."""

    _name = "motcua.dossier.extension"
    _description = "Extension of a dossier"
    _inherit = ["motcua.dossier.part"]
    _order = "date, id"

    date = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", "Decided by", required=True)
    reason = fields.Text(required=True)
    due_before = fields.Datetime(required=True)
    due_after = fields.Datetime(required=True)
