from odoo import api, fields, models
from odoo.exceptions import UserError

from .procedure_fee import FEE_KINDS

PAYMENT_METHODS = [
    ("cash", "Cash"),
    ("transfer", "Bank transfer"),
    ("online", "Online"),
    ("post", "Through the post"),
]


class DossierFee(models.Model):
    """One fee of one dossier; receipts (biên lai) are printed from paid ones."""

    _name = "motcua.dossier.fee"
    _description = "Fee of a dossier"
    _inherit = ["motcua.dossier.part"]
    _order = "dossier_id, id"

    _system_fields = frozenset({"paid_on", "method", "reference", "user_id"})

    kind = fields.Selection(FEE_KINDS, required=True, default="charge")
    name = fields.Char(required=True)
    amount = fields.Integer("Amount (đ)", required=True)
    paid_on = fields.Datetime(readonly=True, copy=False)
    method = fields.Selection(PAYMENT_METHODS, readonly=True, copy=False)
    reference = fields.Char(readonly=True, copy=False)
    user_id = fields.Many2one("res.users", "Taken by", readonly=True, copy=False)

    _amount_check = models.Constraint(
        "CHECK (amount >= 0)", "Amounts cannot be negative."
    )

    def write(self, vals):
        if not self.env.su:
            self._check_unpaid()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unpaid(self):
        self._check_unpaid()

    def _check_unpaid(self):
        if any(fee.paid_on for fee in self):
            raise UserError(self.env._("A fee that was paid can no longer be changed."))
