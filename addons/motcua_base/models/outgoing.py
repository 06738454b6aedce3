from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.localtime import today_in_vietnam

# The statutory forms that go out to somebody; the receipt and the control sheet bear
# the number of the dossier in its register, the register has none.
KINDS = [
    ("supplement", "Request for supplement"),
    ("rejection", "Refusal to receive or handle"),
    ("apology", "Apology and new date"),
    ("stop", "Notice of stopped handling"),
]

# Who only asks need not say who asks.
NOBODY = "Ông/Bà"


class Outgoing(models.Model):
    """A statutory form that went out: its number in the register of its agency, for
    whom, and who signs it as what. Taken when the form comes into being and kept, so
    that every print shows the same."""

    _name = "motcua.outgoing"
    _inherit = ["motcua.kept.record"]
    _description = "Outgoing form"
    _order = "date desc, id desc"
    _rec_name = "code"

    dossier_id = fields.Many2one(
        "motcua.dossier", readonly=True, index=True, ondelete="restrict"
    )
    guidance_id = fields.Many2one(
        "motcua.guidance", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(KINDS, "Form", required=True, readonly=True)
    agency_id = fields.Many2one(
        "motcua.agency", "Issued by", required=True, readonly=True, ondelete="restrict"
    )
    code = fields.Char("Number and symbol", required=True, readonly=True)
    register_code = fields.Char(
        "Place in the register",
        required=True,
        readonly=True,
        help="Agency, year, symbol and running number.",
    )
    date = fields.Date("Issued on", required=True, readonly=True)
    addressee = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Officer", required=True, readonly=True, ondelete="restrict"
    )
    signer_name = fields.Char("Signed by", readonly=True)
    signature = fields.Text(
        "Lines above the signature",
        readonly=True,
        help="Empty on papers that the desk signs.",
    )

    database_count = fields.Integer(
        "Papers held in databases",
        readonly=True,
        help="Papers asked for although their data stands in a connected database.",
    )
    database_reason = fields.Text("Why they are asked for all the same", readonly=True)

    _about_check = models.Constraint(
        "CHECK (dossier_id IS NOT NULL OR guidance_id IS NOT NULL)",
        "A form is about a dossier or about guidance given.",
    )
    _register_uniq = models.Constraint(
        "UNIQUE (register_code)", "A number is given to one form only."
    )
    _agency_idx = models.Index("(agency_id, date DESC)")

    # ------------------------------------------------------------------

    @api.model
    def _issue(self, kind, dossiers, by_agency=False):
        """Number the form ``kind`` of each dossier, where its rule set knows that form.

        :param dossiers: with the rights of a verb
        :param by_agency: whether the agency in charge speaks, and its head signs; else
            the desk, and the officer signs
        """
        forms = {dossier: dossier.ruleset_id._get_form(kind) for dossier in dossiers}
        known = dossiers.filtered(lambda dossier: forms[dossier].symbol)
        if not known:
            return self
        agencies = {
            dossier: dossier.agency_id if by_agency else dossier.desk_id.unit_id
            for dossier in known
        }
        numbers = self.env["motcua.number"]._take_outgoing(
            [(agencies[one], f"{{number}}/{forms[one].symbol}") for one in known]
        )
        return self.sudo().create(
            [
                {
                    "dossier_id": dossier.id,
                    "kind": kind,
                    "agency_id": agencies[dossier].id,
                    "code": number["number"],
                    "register_code": number["register_code"],
                    "date": number["date"],
                    "user_id": self.env.uid,
                    **self._signed(dossier, by_agency),
                }
                for dossier, number in zip(known, numbers, strict=True)
            ]
        )

    @api.model
    def _issue_notice(self, guidance, database_reason):
        """Number the full notice before acceptance (form 02) that ``guidance`` is."""
        form = self.env["motcua.ruleset"]._get_at(today_in_vietnam())
        form = form._get_form("supplement")
        agency = guidance.desk_id.unit_id
        [number] = self.env["motcua.number"]._take_outgoing(
            [(agency, f"{{number}}/{form.symbol}")]
        )
        paper = self.sudo().create(
            {
                "dossier_id": guidance.dossier_id.id,
                "guidance_id": guidance.id,
                "kind": "supplement",
                "agency_id": agency.id,
                "code": number["number"],
                "register_code": number["register_code"],
                "date": number["date"],
                "user_id": self.env.uid,
                "addressee": guidance.person_name or NOBODY,
                "signer_name": self.env.user.name,
            }
        )
        paper._note_databases(guidance.component_ids, database_reason)
        return paper

    def _note_databases(self, papers, reason):
        """Keep how many papers these forms ask for whose data stands in a database.

        :param papers: wanted papers of the procedure
        """
        held = papers.filtered("database")
        if held:
            self.sudo().write({"database_count": len(held), "database_reason": reason})

    @api.model
    def _check_databases(self, papers, reason):
        """Raise UserError unless there is a reason to ask for papers whose data stands
        in a connected database (NĐ 309/2026, article 2)."""
        held = papers.filtered("database")
        if held and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "The data of these papers stands in a database: %(papers)s. Look "
                    "it up there, or say why they are asked for all the same.",
                    papers="; ".join(
                        f"{paper.display_name} ({paper.database})" for paper in held
                    ),
                )
            )

    @api.model
    def _signed(self, dossier, by_agency):
        """For whom the form is, and who signs it."""
        if not by_agency:
            return {
                "addressee": dossier.submitter_name or dossier.applicant_name,
                "signer_name": self.env.user.name,
            }
        signer = dossier._agency_signer()
        lines = self.env["motcua.membership"]._signature(signer, dossier.agency_id)
        return {
            "addressee": dossier.applicant_name,
            "signer_name": signer.name,
            "signature": "\n".join(lines),
        }
