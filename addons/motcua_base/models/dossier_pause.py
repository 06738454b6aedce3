from datetime import datetime, time

from odoo import api, fields, models

from ..tools.localtime import to_utc


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
    deadline = fields.Date(
        "Until",
        help="The last day for the applicant to answer, or of a stop. After it the "
        "head may end the dossier.",
    )
    status_before = fields.Char(required=True)
    user_id = fields.Many2one("res.users", "Asked by", required=True)
    component_ids = fields.Many2many(
        "motcua.dossier.component", string="Papers asked for"
    )
    due_before = fields.Datetime()
    due_after = fields.Datetime()
    overdue = fields.Boolean(
        "Overdue already",
        compute="_compute_overdue",
        store=True,
        help="The dossier was overdue when the clock stopped, and stays so.",
    )
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

    @api.depends("due_before", "date_from")
    def _compute_overdue(self):
        for pause in self:
            pause.overdue = (
                bool(pause.due_before) and pause.due_before < pause.date_from
            )

    def _runs_out(self):
        """The last moment (naive UTC) of the days given; None where there are none."""
        if not self.deadline:
            return None
        return to_utc(datetime.combine(self.deadline, time(23, 59, 59)))

    def _is_over(self, today):
        """Whether the days of this pause have run out."""
        return bool(self.deadline) and self.deadline < today
