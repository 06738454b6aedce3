from odoo import fields, models


class DossierPause(models.Model):
    """An interval in which the clock of a dossier stands still, and why."""

    _name = "motcua.dossier.pause"
    _description = "Pause of a dossier"
    _inherit = ["motcua.dossier.part"]
    _order = "date_from, id"

    kind = fields.Selection(
        [
            ("supplement", "Supplement asked for"),
            ("payment", "Payment asked for"),
            ("stop", "Stopped"),
        ],
        required=True,
    )
    reason = fields.Text(required=True)
    date_from = fields.Datetime("From", required=True)
    date_to = fields.Datetime("To")
    deadline = fields.Date(help="Until when the applicant is asked to answer.")
    status_before = fields.Char(required=True)
    user_id = fields.Many2one("res.users", "Asked by", required=True)
    component_ids = fields.Many2many(
        "motcua.dossier.component", string="Papers asked for"
    )
    due_before = fields.Datetime()
    due_after = fields.Datetime()
    late = fields.Boolean(
        "Asked late",
        help="After the days of notice that the rule set gives from reception.",
    )

    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A pause cannot end before it begins.",
    )
    _open_uniq = models.UniqueIndex(
        "(dossier_id) WHERE date_to IS NULL", "The dossier is paused already."
    )
