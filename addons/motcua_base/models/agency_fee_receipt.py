from odoo import fields, models


class Agency(models.Model):
    """What fee receipts (biên lai) say of the agency that collects."""

    _inherit = "motcua.agency"

    tax_code = fields.Char()
    fee_receipt_template = fields.Char(
        "Fee receipt template", help="Mẫu số, as registered with the tax office."
    )
    fee_receipt_symbol = fields.Char(
        "Fee receipt symbol", help="Ký hiệu, as registered with the tax office."
    )
