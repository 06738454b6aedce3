from odoo import models

from ..tools import text
from .form_report import BLANK

KINDS = {"fee": "phí", "charge": "lệ phí"}
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
    """Biên lai thu phí, lệ phí (domain 2.9): no form of the rule sets. It prints what
    was issued, the same each time, in three copies; of a cancelled one that which the
    agency keeps."""

    _name = "report.motcua_base.report_fee_receipt"
    _description = "Printed fee receipt"
    _inherit = ["motcua.form.report"]

    def _forms(self, dossiers):
        return [
            {**self._receipt_values(receipt), "copy": copy}
            for dossier in dossiers
            for receipt in self._receipts(dossier)
            for copy in (COPIES[:1] if receipt.cancelled_on else COPIES)
        ]

    def _receipts(self, dossier):
        if not dossier.fee_receipt_ids:
            raise self._too_early(dossier, self.env._("no fee was paid"))
        return dossier.fee_receipt_ids.sorted(
            lambda receipt: (bool(receipt.cancelled_on), receipt.id)
        )

    def _receipt_values(self, receipt):
        word = KINDS[receipt.kind]
        return {
            **self._common_values(receipt.dossier_id),
            "title": f"Biên lai thu {word}",
            "paper_number": receipt.name,
            "heading": self._agency_heading(receipt.dossier_id, receipt.date),
            "receipt": receipt,
            "template": receipt.template or BLANK,
            "symbol": receipt.symbol or BLANK,
            "tax_code": receipt.agency_id._nearest("tax_code") or BLANK,
            "word": word,
            "lines": [
                {**line, "amount": self._money(line["amount"])}
                for line in receipt.lines
            ],
            "total": self._money(receipt.amount),
            "total_words": text.money_words(
                receipt.amount, receipt.dossier_id.ruleset_id.zero_in_words
            ),
            "method": METHODS.get(receipt.method, BLANK),
            "officer": receipt.user_id.name,
            "cancelled": receipt.cancelled_on
            and f"ĐÃ HỦY {self._day(receipt.cancelled_on)}: {receipt.cancel_reason}",
        }
