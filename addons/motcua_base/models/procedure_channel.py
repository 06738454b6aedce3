from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import text
from .finding import problem, warning
from .procedure import CHANNELS

TERM_UNITS = [
    ("hour", "Working hours"),
    ("working_day", "Working days"),
    ("calendar_day", "Calendar days"),
    ("month", "Months"),
    ("same_day", "Same day"),
]


class ProcedureChannel(models.Model):
    """How a procedure may be filed (cách thức thực hiện): term and fees by channel."""

    _name = "motcua.procedure.channel"
    _description = "Channel of a procedure"
    _inherit = ["motcua.version.part"]
    _order = "version_id, channel, case_id"

    channel = fields.Selection(CHANNELS, required=True)
    case_id = fields.Many2one(
        "motcua.procedure.case",
        ondelete="restrict",
        domain="[('version_id', '=', version_id)]",
        help="Empty: for all cases.",
    )
    term_quantity = fields.Float("Term", required=True, default=1, digits=(6, 2))
    term_unit = fields.Selection(TERM_UNITS, required=True, default="working_day")
    cutoff = fields.Float(
        "Cut-off hour",
        default=15,
        help="Same-day dossiers received at or after this hour are due on the next "
        "working day (15:00 by Law on Civil Status, article 5.3).",
    )
    fee_ids = fields.One2many("motcua.procedure.fee", "channel_id", "Fees", copy=True)
    note = fields.Char()

    _channel_uniq = models.UniqueIndex(
        "(version_id, channel, COALESCE(case_id, 0))",
        "This channel is given already for this case.",
    )
    _cutoff_check = models.Constraint(
        "CHECK (cutoff >= 0 AND cutoff < 24)", "The cut-off is an hour of the day."
    )

    @api.constrains("term_quantity", "term_unit")
    def _check_term(self):
        for row in self:
            if row.term_unit != "same_day" and row.term_quantity <= 0:
                raise ValidationError(self.env._("A term must be longer than nothing."))

    @api.depends("channel", "term_quantity", "term_unit")
    def _compute_display_name(self):
        for row in self:
            term = text.term_words(row.term_quantity, row.term_unit)
            row.display_name = f"{row._channel_label()}: {term}"

    def _channel_label(self):
        labels = dict(self._fields["channel"]._description_selection(self.env))
        return labels.get(self.channel, "")

    def _findings(self):
        found = []
        for row in self:
            if row.case_id and row.case_id.version_id != row.version_id:
                found.append(
                    problem(
                        self.env._(
                            "the case of “%s” belongs to another version",
                            row.display_name,
                        ),
                        row,
                        "case_id",
                    )
                )
            for fee in row.fee_ids:
                if fee.tier_from and fee.tier_amount >= fee.amount:
                    found.append(
                        warning(
                            self.env._(
                                "fee “%(fee)s” of “%(channel)s” is not lower from page "
                                "%(page)s on",
                                fee=fee.name,
                                channel=row.display_name,
                                page=fee.tier_from,
                            ),
                            row,
                            "fee_ids",
                        )
                    )
        return found
