from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .procedure import CHANNELS

# Two revenues of the agency, each with receipts of its own; and what others collect
# (taxes, land-use levies): paid to them, and shown here by their paper.
RECEIPT_KINDS = [("fee", "Fee (phí)"), ("charge", "Charge (lệ phí)")]
FEE_KINDS = [*RECEIPT_KINDS, ("third_party", "Collected by others")]
FEE_UNITS = [
    ("dossier", "Dossier"),
    ("case", "Case"),
    ("copy", "Copy"),
    ("page", "Page"),
]


class ProcedureFee(models.Model):
    """One fee line of a channel, or of an agency that levies its own (offering).

    Amounts are whole đồng. Page fees may have a second price from a certain page on
    and a ceiling a copy (Circular 226/2016/TT-BTC: certified copies).
    """

    _name = "motcua.procedure.fee"
    _description = "Fee line"
    _inherit = ["motcua.configuration"]
    _order = "sequence, id"

    channel_id = fields.Many2one(
        "motcua.procedure.channel", index="btree_not_null", ondelete="cascade"
    )
    offering_id = fields.Many2one(
        "motcua.offering", index="btree_not_null", ondelete="cascade"
    )
    channel = fields.Selection(
        CHANNELS, "Only for", help="Local fees: empty means every channel."
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(FEE_KINDS, required=True, default="charge")
    name = fields.Char(required=True)
    amount = fields.Integer("Amount (đ)", required=True, default=0)
    unit = fields.Selection(FEE_UNITS, required=True, default="dossier")
    tier_from = fields.Integer("Second price from page")
    tier_amount = fields.Integer("Second price (đ)")
    max_amount = fields.Integer("At most a copy (đ)")
    note = fields.Char()

    _owner_check = models.Constraint(
        "CHECK (num_nonnulls(channel_id, offering_id) = 1)",
        "A fee line belongs to a channel or to an agency's offering.",
    )
    _amount_check = models.Constraint(
        "CHECK (amount >= 0 AND COALESCE(tier_amount, 0) >= 0"
        " AND COALESCE(max_amount, 0) >= 0)",
        "Amounts cannot be negative.",
    )

    @api.constrains("unit", "tier_from")
    def _check_tier(self):
        for fee in self:
            if fee.tier_from and fee.unit != "page":
                raise ValidationError(
                    self.env._("Only fees by the page have a second price.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        fees = super().create(vals_list)
        fees.channel_id.version_id._touch_draft()
        return fees

    def write(self, vals):
        self.channel_id.version_id._touch_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.channel_id.version_id._touch_draft()

    def _to_rate(self):
        """This line as a plain dict, with the rate that ``tools.fee`` computes with."""
        self.ensure_one()
        return {
            "kind": self.kind,
            "name": self.name,
            "amount": self.amount,
            "unit": self.unit,
            "tier_from": self.tier_from,
            "tier_amount": self.tier_amount,
            "max_amount": self.max_amount,
        }
