import hashlib

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ..api import takes
from ..tools.arguments import NOTE, Text
from .document_template import KINDS

STATES = [("issued", "Issued"), ("revoked", "Revoked")]


class Document(models.Model):
    """An issued document: numbered, signed for, frozen. The rows are the register of
    issued documents; none is ever changed but by revoking it, and no number is given
    twice."""

    _name = "motcua.document"
    _description = "Issued document"
    _inherit = [
        "motcua.kept.record",
        "motcua.personal.data",
        "motcua.search.text",
    ]
    _order = "date desc, id desc"
    _rec_name = "code"

    _personal_fields = frozenset({"html"})

    dossier_id = fields.Many2one(
        "motcua.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "motcua.agency", "Issued by", required=True, readonly=True, ondelete="restrict"
    )
    template_id = fields.Many2one(
        "motcua.document.template", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    name = fields.Char("Document", required=True, readonly=True)
    code = fields.Char("Number and symbol", required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    register_code = fields.Char(
        "Place in the register",
        required=True,
        readonly=True,
        help="Agency, year, symbol and running number.",
    )
    date = fields.Date("Issued on", required=True, readonly=True)
    signer_id = fields.Many2one(
        "res.users", "Signed by", required=True, readonly=True, ondelete="restrict"
    )
    signer_title = fields.Char("Title of who signed", readonly=True)
    applicant_name = fields.Char("Applicant", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="issued")
    html = fields.Text("Frozen text", required=True, readonly=True, prefetch=False)
    attachment_id = fields.Many2one(
        "ir.attachment", "PDF", required=True, readonly=True, ondelete="restrict"
    )
    checksum = fields.Char(
        "SHA-256 of the PDF",
        required=True,
        readonly=True,
        help="Whether a file at hand is the one that was issued.",
    )
    date_revoked = fields.Datetime("Revoked on", readonly=True)
    revoker_id = fields.Many2one(
        "res.users", "Revoked by", readonly=True, ondelete="restrict"
    )
    revoke_reason = fields.Text("Reason for revoking", readonly=True)
    may_revoke = fields.Boolean(compute="_compute_may_revoke")
    search_text = fields.Char(compute="_compute_search_text", store=True)

    _register_uniq = models.Constraint(
        "UNIQUE (register_code)", "A number is given to one document only."
    )
    _agency_idx = models.Index("(agency_id, date DESC)")

    @api.depends("code", "name", "applicant_name", "dossier_id.code")
    def _compute_search_text(self):
        for document in self:
            document.search_text = document._searchable(
                document.code,
                document.name,
                document.applicant_name,
                document.dossier_id.code,
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_revoke(self):
        for document in self:
            document.may_revoke = (
                document.state == "issued"
                and document.dossier_id._is_any_actor(("head",))
            )

    def _note_access(self, action):
        self.env["motcua.access.log"]._note(self.dossier_id, action)

    # ------------------------------------------------------------------
    # Issuing
    # ------------------------------------------------------------------

    @api.model
    def _issue(self, template, dossier, signer):
        """Number, freeze and store a document. Who may is the verb's to check.

        :param template, dossier: with the rights of the system
        :param signer: the user who signs
        """
        paper = self.env["motcua.document.paper"]
        [issue] = self.env["motcua.number"]._take_outgoing(
            [(dossier.agency_id, template.number_pattern)]
        )
        issue |= paper._signature(template, dossier, signer)
        html = paper._html(template, dossier, issue)
        pdf = paper._pdf(html, template.paper)
        attachment = (
            self.env["ir.attachment"]
            .with_user(SUPERUSER_ID)
            .create(
                {
                    "name": f"{issue['number'].replace('/', '-')}.pdf",
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": dossier._name,
                    "res_id": dossier.id,
                }
            )
        )
        return self.sudo().create(
            {
                "dossier_id": dossier.id,
                "agency_id": dossier.agency_id.id,
                "template_id": template.id,
                "kind": template.kind,
                "name": template.name,
                "code": issue["number"],
                "number": issue["entry"],
                "register_code": issue["register_code"],
                "date": issue["date"],
                "signer_id": signer.id,
                "signer_title": issue["title"],
                "applicant_name": dossier.applicant_name,
                "html": html,
                "attachment_id": attachment.id,
                "checksum": hashlib.sha256(pdf).hexdigest(),
            }
        )

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    @takes()
    def action_print(self):
        """Open the PDF: the frozen one, or with a mark of its revocation."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/motcua/document/{self.id}",
            "target": "new",
        }

    @takes(reason=Text(NOTE))
    def action_revoke(self, reason):
        """Issued → revoked; see ``motcua.dossier.action_revoke_document``."""
        self.ensure_one()
        return self.dossier_id.action_revoke_document(self.id, reason)

    @takes()
    def action_open_revoke(self):
        """Ask for the reason, then revoke."""
        self.ensure_one()
        return self.env["motcua.dossier.verb"]._open(
            "revoke_document", self.dossier_id, document_id=self.id
        )

    # ------------------------------------------------------------------
    # Search
    # ------------------------------------------------------------------

    @api.model
    def _search_display_name(self, operator, value):
        """Words in any order, without accents: number, dossier, applicant, document."""
        if operator not in ("like", "ilike") or not str(value or "").strip():
            return super()._search_display_name(operator, value)
        return Domain.AND(self._fragment_domain(word) for word in str(value).split())

    # ------------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------------

    def _to_pdf(self):
        """The PDF to hand out; noted as print."""
        self.ensure_one()
        self.check_access("read")
        self.env["motcua.access.log"]._note(
            self.dossier_id, "print", f"{self.name} {self.code}"
        )
        document = self.sudo()
        if document.state == "issued":
            return document.attachment_id.raw
        paper = self.env["motcua.document.paper"]
        return paper._pdf(paper._mark_revoked(document), document.template_id.paper)
