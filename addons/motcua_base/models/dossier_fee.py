from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.arguments import Json, OneOf, Text
from ..tools.merge_text import money
from .procedure_fee import FEE_KINDS

PAYMENT_METHODS = [
    ("cash", "Cash"),
    ("transfer", "Bank transfer"),
    ("online", "Online"),
    ("post", "Through the post"),
]
# A fee that is asked for; what an amount may be, ``tools.fee`` says.
FEE_LINE = {"name": Text(), "amount": Json(), "kind": OneOf(FEE_KINDS)}


class DossierFee(models.Model):
    """One fee of one dossier. Lines follow from the version; verbs alone change them,
    and what is waived stays, with nothing to pay and a reason."""

    _name = "motcua.dossier.fee"
    _description = "Fee of a dossier"
    _inherit = ["motcua.dossier.part"]
    _order = "dossier_id, id"

    kind = fields.Selection(FEE_KINDS, required=True, default="charge")
    name = fields.Char(required=True)
    amount = fields.Integer("Amount (đ)", required=True)
    amount_full = fields.Integer(
        "Full amount (đ)",
        compute="_compute_amount_full",
        store=True,
        precompute=True,
        readonly=False,
        help="Before exemptions, reductions and corrections.",
    )
    reason = fields.Char(
        "Reason for the amount",
        copy=False,
        help="Why it is not what the procedure says.",
    )
    paid_on = fields.Datetime(copy=False)
    method = fields.Selection(PAYMENT_METHODS, copy=False)
    reference = fields.Char(copy=False)
    user_id = fields.Many2one("res.users", "Taken by", copy=False)
    receipt_id = fields.Many2one(
        "motcua.fee.receipt", copy=False, index="btree_not_null"
    )

    _amount_check = models.Constraint(
        "CHECK (amount >= 0)", "Amounts cannot be negative."
    )

    def _compute_amount_full(self):
        """Unless told otherwise, a line starts with what it costs in full."""
        for fee in self:
            fee.amount_full = fee.amount

    @api.depends("name", "amount")
    def _compute_display_name(self):
        for fee in self:
            fee.display_name = f"{fee.name}: {money(fee.amount)} đ"

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unpaid(self):
        if any(fee.paid_on for fee in self):
            raise UserError(self.env._("A fee that was paid is not deleted."))

    def _open(self):
        """Those that are still to be paid."""
        return self.filtered(lambda fee: fee.amount and not fee.paid_on)

    def _collected_here(self):
        """Those that the agency itself takes, and gives receipts for."""
        return self.filtered(lambda fee: fee.kind != "third_party")
