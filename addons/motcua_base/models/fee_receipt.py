from odoo import api, fields, models
from odoo.tools import SQL

from ..api import takes
from .dossier_fee import PAYMENT_METHODS
from .procedure_fee import RECEIPT_KINDS

CANCELLATION = ("cancelled_on", "cancelled_by_id", "cancel_reason")


class FeeReceipt(models.Model):
    """Biên lai: proof that the agency took a fee (phí) or a charge (lệ phí).

    It keeps all that was printed, so that each reprint says the same. It is never
    changed nor deleted: what was wrong is cancelled, with the reason, and a new receipt
    takes a new number. The database itself sees to that.
    """

    _name = "motcua.fee.receipt"
    _description = "Fee receipt"
    _inherit = ["motcua.kept.record", "motcua.personal.data"]
    _order = "id desc"
    _markable = frozenset(CANCELLATION)
    _log_access = False

    _personal_fields = frozenset({"address"})

    dossier_id = fields.Many2one(
        "motcua.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "motcua.agency",
        "Collected by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    kind = fields.Selection(RECEIPT_KINDS, required=True, readonly=True)
    template = fields.Char(readonly=True)
    symbol = fields.Char(readonly=True)
    name = fields.Char("Number", required=True, readonly=True)
    register_code = fields.Char("Number in its series", required=True, readonly=True)
    date = fields.Datetime("Issued on", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Issued by", required=True, readonly=True, ondelete="restrict"
    )
    payer = fields.Char(readonly=True)
    address = fields.Char(readonly=True)
    subject = fields.Char("For", readonly=True)
    lines = fields.Json(
        readonly=True, help="What was paid for: name, amount (đ) and reason."
    )
    amount = fields.Integer("Amount (đ)", required=True, readonly=True)
    method = fields.Selection(PAYMENT_METHODS, readonly=True)
    reference = fields.Char(readonly=True)
    cancelled_on = fields.Datetime(readonly=True)
    cancelled_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    cancel_reason = fields.Char("Reason for cancelling", readonly=True)

    _register_code_uniq = models.Constraint(
        "UNIQUE (register_code)", "A receipt number is used once."
    )

    def init(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION motcua_fee_receipt_kept() RETURNS trigger
                AS $$
                BEGIN
                    IF TG_OP = 'UPDATE' AND OLD.cancelled_on IS NULL
                        AND to_jsonb(NEW) - %(free)s::text[]
                        = to_jsonb(OLD) - %(free)s::text[]
                    THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'fee receipts are kept as issued: %% refused', TG_OP
                    USING ERRCODE = 'insufficient_privilege';
                END
                $$ LANGUAGE plpgsql;
                CREATE OR REPLACE TRIGGER kept
                BEFORE UPDATE OR DELETE ON motcua_fee_receipt
                FOR EACH ROW EXECUTE FUNCTION motcua_fee_receipt_kept();
                CREATE OR REPLACE TRIGGER no_truncate
                BEFORE TRUNCATE ON motcua_fee_receipt
                FOR EACH STATEMENT EXECUTE FUNCTION motcua_fee_receipt_kept();
                """,
                free=list(CANCELLATION),
            )
        )

    @api.depends("symbol", "name")
    def _compute_display_name(self):
        for receipt in self:
            receipt.display_name = " ".join(
                filter(None, (receipt.symbol, receipt.name))
            )

    def _note_access(self, action):
        self.env["motcua.access.log"]._note(self.dossier_id, action)

    @takes()
    def action_open_cancel(self):
        """Ask why this receipt is cancelled."""
        self.ensure_one()
        return self.env["motcua.dossier.verb"]._open(
            "cancel_receipt", self.dossier_id, receipt_id=self.id
        )
