from odoo import fields, models


class Sector(models.Model):
    """A field of administration (lĩnh vực), for example G15-TP07 Hộ tịch."""

    _name = "motcua.sector"
    _description = "Sector"
    _inherit = ["motcua.vietnamese.order"]
    _order = "name"
    _rec_names_search = ["name", "code"]

    code = fields.Char(
        index="btree_not_null",
        help="Code of the field under Circular 01/2018/TT-VPCP, article 20.",
    )
    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    procedure_ids = fields.One2many("motcua.procedure", "sector_id", "Procedures")

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Another sector has this code already."
    )
