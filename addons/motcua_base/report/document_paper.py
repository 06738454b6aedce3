import re

from odoo import api, models
from odoo.exceptions import UserError

from ..tools import barcode, signature, text
from ..tools.localtime import to_local

DRAFT = "DỰ THẢO"
REVOKED = "ĐÃ THU HỒI"
# Room to write by hand in a draft.
NO_NUMBER = "……"


class DocumentPaper(models.AbstractModel):
    """An issued document on paper: heading, text, recipients and signature as NĐ
    30/2020 lays them out; one HTML page with nothing to fetch, and its PDF."""

    _name = "motcua.document.paper"
    _description = "Document on paper"
    _inherit = ["motcua.form.report"]

    @api.model
    def _signature(self, template, dossier, signer):
        """Name, title and lines of who signs."""
        Membership = self.env["motcua.membership"]
        own = Membership._signing(signer, dossier.agency_id)
        stands_for_head = own.capacity in signature.STEADS
        return {
            "signer": signer.name,
            "title": (not stands_for_head and template.signer_title) or own.title or "",
            "lines": self._lines(template, signer, dossier.agency_id),
        }

    @api.model
    def _lines(self, template, signer, agency):
        """The lines above the signature."""
        return self.env["motcua.membership"]._signature(
            signer, agency, template.signer_title, template.authority
        )

    @api.model
    def _draft_issue(self, template, dossier):
        """What stands in place of number, date and signer in a draft."""
        return {
            "number": template.number_pattern.replace("{number}", NO_NUMBER).replace(
                "{year}", NO_NUMBER
            ),
            "date": False,
            "signer": "",
            "title": template.signer_title or "",
            "lines": self._lines(template, self.env["res.users"], dossier.agency_id),
        }

    @api.model
    def _html(self, template, dossier, issue, mark=None):
        """The whole document.

        :param template, dossier: with the rights of the system
        :param issue: number, date, signer, title and lines above the signature
        :param mark: a word across the page, for what is no document in force
        """
        return self._lay_out(
            template,
            heading=self._agency_heading(dossier, issue["date"]),
            lookup=dossier.code and dossier._lookup_url(),
            issue=issue,
            merged=dossier._merge_values(template._form_spec(), issue),
            mark=mark,
        )

    @api.model
    def _lay_out(self, template, heading, lookup, issue, merged, mark=None):
        """The page.

        :param heading: as ``_agency_heading`` gives it
        :param lookup: address in the QR code, if any
        :param merged: as ``motcua.dossier._merge_values`` gives it
        """
        values = {
            "template": template,
            "heading": heading,
            "number": issue["number"],
            "body": template._render_body(*merged),
            "recipients": (template.recipients or "").splitlines(),
            "lines": issue["lines"],
            "signer": issue["signer"],
            "qr": lookup and self._picture(barcode.qr_svg(lookup)),
            "mark": mark,
        }
        return str(self.env["ir.qweb"]._render("motcua_base.document_page", values))

    @api.model
    def _draft_pdf(self, template, dossier):
        """The draft of a document as PDF."""
        issue = self._draft_issue(template, dossier)
        html = self._html(template, dossier, issue, mark=DRAFT)
        return self._pdf(html, template.paper)

    @api.model
    def _mark_revoked(self, document):
        """The frozen text with a word across it, and below it when and why."""
        day = text.administrative_date(to_local(document.date_revoked))
        note = self.env["ir.qweb"]._render(
            "motcua_base.document_mark",
            {
                "mark": REVOKED,
                "note": f"Văn bản này đã bị thu hồi {day}. "
                f"Lý do: {document.revoke_reason}",
            },
        )
        return re.sub(
            r"(<body[^>]*>)", lambda body: body[0] + str(note), document.html, count=1
        )

    @api.model
    def _pdf(self, html, paper):
        """The PDF of a document, on paper ``A4`` or ``A5``."""
        Report = self.env["ir.actions.report"].sudo()
        if Report.get_wkhtmltopdf_state() == "install":
            raise UserError(
                self.env._("wkhtmltopdf is missing on the server: no PDF can be made.")
            )
        formats = {
            "A4": "motcua_base.paperformat_document_a4",
            "A5": "motcua_base.paperformat_document_a5",
        }
        paperformat = self.env.ref(formats[paper]).sudo()
        return Report.with_context(
            motcua_form=True, motcua_paperformat=paperformat.id
        )._run_wkhtmltopdf([html])
