from odoo import models
from odoo.tools import groupby

from ..tools import text
from .form_report import BLANK

KINDS = {"fee": ("phí", "P"), "charge": ("lệ phí", "LP")}
METHODS = {
    "cash": "Tiền mặt",
    "transfer": "Chuyển khoản",
    "online": "Thanh toán trực tuyến",
    "post": "Qua dịch vụ bưu chính công ích",
}
COPIES = (
    "Liên 1: Lưu tại cơ quan thu",
    "Liên 2: Giao cho người nộp tiền",
    "Liên 3: Lưu nội bộ",
)


class FeeReceiptReport(models.AbstractModel):
    """Biên lai thu phí, lệ phí (domain 2.9): no form of the rule sets. Phí and lệ phí
    are different revenues, so each payment has a receipt a kind, in three copies."""

    _name = "report.motcua_base.report_fee_receipt"
    _description = "Printed fee receipt"
    _inherit = ["motcua.form.report"]

    def _forms(self, dossiers):
        return [
            {**self._common_values(dossier), **receipt, "copy": copy}
            for dossier in dossiers
            for receipt in self._receipts(dossier)
            for copy in COPIES
        ]

    def _receipts(self, dossier):
        def payment(fee):
            return fee.paid_on, fee.kind, fee.method or "", fee.reference or ""

        fees = dossier.fee_ids.filtered("paid_on").sorted(payment)
        if not fees:
            raise self._too_early(dossier, self.env._("no fee was paid"))
        agency = dossier.agency_id
        entry = dossier._register_place()[1] or BLANK
        receipts = []
        for ordinal, ((paid_on, kind, method, reference), lines) in enumerate(
            groupby(fees, payment), start=1
        ):
            word, symbol = KINDS[kind]
            total = sum(fee.amount for fee in lines)
            receipts.append(
                {
                    "title": f"Biên lai thu {word}",
                    "paper_number": f"{entry}.{ordinal}/{symbol}",
                    "heading": self._agency_heading(dossier, paid_on),
                    "template": agency._nearest("fee_receipt_template") or BLANK,
                    "symbol": agency._nearest("fee_receipt_symbol") or BLANK,
                    "tax_code": agency._nearest("tax_code") or BLANK,
                    "word": word,
                    "lines": [
                        {"name": fee.name, "amount": self._money(fee.amount)}
                        for fee in lines
                    ],
                    "total": self._money(total),
                    "total_words": text.money_words(total),
                    "method": METHODS.get(method, BLANK),
                    "reference": reference,
                    "officer": lines[0].user_id.name,
                }
            )
        return receipts
