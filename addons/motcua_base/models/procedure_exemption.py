from typing import NamedTuple

from odoo import fields, models, tools

from .finding import problem
from .procedure_fee import RECEIPT_KINDS

REDUCTIONS = [
    ("free", "Pays nothing"),
    ("percent", "Less by per cent"),
    ("amount", "Less by an amount"),
]


class Exemption(NamedTuple):
    """A rule as plain values, kept in memory: named as its columns."""

    id: int
    name: str
    proof: str
    kind: str
    fee_name: str
    reduction: str
    percent: int
    amount: int
    date_from: object
    date_to: object
    component_id: int

    def applies_to(self, fee):
        """Whether it lowers ``fee``, a dict with ``kind`` and ``name``. What others
        collect is theirs to waive."""
        return fee["kind"] in ((self.kind,) if self.kind else dict(RECEIPT_KINDS)) and (
            not self.fee_name or self.fee_name == fee["name"]
        )

    def holds_on(self, day):
        return (not self.date_from or self.date_from <= day) and (
            not self.date_to or day <= self.date_to
        )


class ProcedureExemption(models.Model):
    """Who pays less (đối tượng miễn, giảm phí, lệ phí), how much, and on what proof.

    Exemptions are the legislator's, nationwide (circulars) or of the province
    (resolutions of its council): they are rules of the version, not code.
    """

    _name = "motcua.procedure.exemption"
    _description = "Exemption or reduction of fees"
    _inherit = ["motcua.version.part"]
    _order = "version_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Who", required=True)
    reduction = fields.Selection(REDUCTIONS, required=True, default="free")
    percent = fields.Integer("Per cent less")
    amount = fields.Integer("Less by (đ)")
    kind = fields.Selection(
        RECEIPT_KINDS, "Only of this kind", help="Empty: fees and charges."
    )
    fee_name = fields.Char(
        "Only the fee named", help="As in the fee line. Empty: all of them."
    )
    component_id = fields.Many2one(
        "motcua.procedure.component",
        "Paper that proves it",
        ondelete="restrict",
        domain="[('version_id', '=', version_id)]",
        help="Without this paper nobody is received as exempt.",
    )
    proof = fields.Char(help="What shows it, where no paper is handed in.")
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    legal_basis = fields.Char()

    _percent_check = models.Constraint(
        "CHECK (reduction != 'percent' OR (percent > 0 AND percent < 100))",
        "A reduction lies between 1 and 99 per cent.",
    )
    _amount_check = models.Constraint(
        "CHECK (reduction != 'amount' OR amount > 0)",
        "A reduction by an amount is more than 0 đ.",
    )
    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A rule cannot end before it begins.",
    )

    def _findings(self):
        return [
            problem(
                self.env._("the proof of “%s” belongs to another version", row.name),
                row,
                "component_id",
            )
            for row in self
            if row.component_id and row.component_id.version_id != row.version_id
        ]


class ProcedureVersion(models.Model):
    _inherit = "motcua.procedure.version"

    exemption_ids = fields.One2many(
        "motcua.procedure.exemption",
        "version_id",
        "Exemptions and reductions",
        copy=False,
    )

    @tools.ormcache("self.id")
    def _get_exemptions(self):
        """The rules of this version as plain values: most have none, and receiving is
        not to ask the database for that."""
        return tuple(
            Exemption(
                id=row.id,
                component_id=row.component_id.id,
                **{
                    name: row[name]
                    for name in Exemption._fields
                    if name not in ("id", "component_id")
                },
            )
            for row in self.sudo().exemption_ids
        )
