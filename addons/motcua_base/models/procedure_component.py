from textwrap import shorten

from odoo import api, fields, models


class ProcedureComponent(models.Model):
    """A paper wanted by a procedure (thành phần hồ sơ)."""

    _name = "motcua.procedure.component"
    _description = "Wanted paper"
    _inherit = ["motcua.version.part"]
    _order = "version_id, sequence, id"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("paper", "Paper"),
            ("form", "Declaration form"),
            ("identity", "Identity paper"),
            ("note", "Note only"),
        ],
        required=True,
        default="paper",
        help="Notes are the explanatory lines that national records mix in; nothing is "
        "handed in for them. Identity papers open only to those handling the dossier.",
    )
    code = fields.Char(help="National code, for example 000.00.00.G15-KQ003208.")
    name = fields.Char(required=True)
    case_id = fields.Many2one(
        "motcua.procedure.case",
        ondelete="restrict",
        domain="[('version_id', '=', version_id)]",
        help="Empty: wanted in all cases.",
    )
    required = fields.Boolean(default=True)
    originals = fields.Integer()
    certified = fields.Integer("Certified copies")
    copies = fields.Integer("Plain copies")
    accepted_formats = fields.Char(
        default="pdf,jpg,png,docx,xlsx", help="File kinds taken, separated by commas."
    )
    max_megabytes = fields.Integer("Largest file (MB)", default=20)
    template = fields.Binary("Form to download", attachment=True)
    template_name = fields.Char()
    note = fields.Char()

    _counts_check = models.Constraint(
        "CHECK (originals >= 0 AND certified >= 0 AND copies >= 0)",
        "Numbers of papers cannot be negative.",
    )
    _size_check = models.Constraint(
        "CHECK (max_megabytes > 0)", "The largest file must have a size."
    )

    @api.depends("name")
    def _compute_display_name(self):
        for component in self:
            component.display_name = shorten(component.name or "", 80, placeholder="…")
