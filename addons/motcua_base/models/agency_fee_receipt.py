from odoo import fields, models

from ..tools.localtime import to_local

TEMPLATE_HELP = "Mẫu số, as registered with the tax office."
SYMBOL_HELP = (
    "Ký hiệu, as registered with the tax office; {yy} stands for the year. Receipts "
    "are numbered anew for each symbol and year."
)
# Series of agencies that have no symbol.
UNNAMED = {"fee": "P", "charge": "LP"}


class Agency(models.Model):
    """What fee receipts (biên lai) say of the agency that collects."""

    _inherit = "motcua.agency"

    tax_code = fields.Char()
    fee_receipt_template = fields.Char(
        "Template of fee receipts (phí)", help=TEMPLATE_HELP
    )
    fee_receipt_symbol = fields.Char("Symbol of fee receipts (phí)", help=SYMBOL_HELP)
    charge_receipt_template = fields.Char(
        "Template of charge receipts (lệ phí)", help=TEMPLATE_HELP
    )
    charge_receipt_symbol = fields.Char(
        "Symbol of charge receipts (lệ phí)", help=SYMBOL_HELP
    )

    def _fee_receipt_book(self, kind, moment):
        """What receipts of ``kind`` issued at ``moment`` (naive UTC) bear, and the
        series in which they are numbered. Who has no book uses that of the unit above,
        with numbers of its own.

        :return: dict with ``template``, ``symbol`` (both maybe empty) and ``series``
        """
        self.ensure_one()
        year = to_local(moment).year
        symbol = self._nearest(f"{kind}_receipt_symbol") or ""
        symbol = symbol.replace("{yy}", f"{year % 100:02d}")
        series = f"{self._get_identifier()}/BL/{symbol or UNNAMED[kind]}/{year}"
        return {
            "template": self._nearest(f"{kind}_receipt_template") or False,
            "symbol": symbol or False,
            "series": series,
        }
