from odoo import fields, models


class ProcedureCase(models.Model):
    """A case (trường hợp) of a procedure, with papers or terms of its own."""

    _name = "motcua.procedure.case"
    _description = "Procedure case"
    _inherit = ["motcua.version.part"]
    _order = "version_id, sequence, id"

    sequence = fields.Integer(default=10)
    code = fields.Char(help="For example 1.001193.01.")
    name = fields.Char(required=True)
