from odoo import api, fields, models
from odoo.fields import Domain

from .dossier import OPEN


class Dossier(models.Model):
    """What receiving at the desk needs of dossiers."""

    _inherit = "motcua.dossier"

    intake_token = fields.Char(
        readonly=True,
        copy=False,
        help="Made by the screen that sent the dossier in: sent again after the line "
        "was cut, it is found again instead of being received twice.",
    )

    _intake_token_uniq = models.UniqueIndex(
        "(intake_token) WHERE intake_token IS NOT NULL",
        "This dossier was sent in already.",
    )
    # What the desk receives most is counted over the last month only.
    _desk_received_idx = models.Index("(desk_id, date_received)")

    @api.model
    def _find_duplicates(self, partner, procedure):
        """Open dossiers of the same applicant for the same procedure, anywhere. Filing
        in two places is filing twice."""
        if not partner:
            return self.sudo().browse()
        return self.sudo().search(
            Domain("applicant_id", "=", partner.id)
            & Domain("procedure_id", "=", procedure.id)
            & Domain("status", "in", ("1", *OPEN)),
            order="date_received desc, id desc",
        )
