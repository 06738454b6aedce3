from odoo import http
from odoo.http import content_disposition, request

from ..tools.arguments import typed_id


class DocumentController(http.Controller):
    @http.route("/motcua/document/<int:document_id>", type="http", auth="user")
    def document(self, document_id):
        """An issued document as PDF."""
        document = request.env["motcua.document"].browse(typed_id(document_id)).exists()
        if not document:
            raise request.not_found()
        return self._answer(document._to_pdf(), document.sudo().code)

    @http.route(
        "/motcua/document/draft/<int:dossier_id>/<int:template_id>",
        type="http",
        auth="user",
    )
    def draft(self, dossier_id, template_id):
        """A draft as PDF, marked as such."""
        dossier = request.env["motcua.dossier"].browse(typed_id(dossier_id)).exists()
        if not dossier:
            raise request.not_found()
        return self._answer(dossier._draft_pdf(template_id), f"du-thao-{dossier.code}")

    def _answer(self, pdf, name):
        filename = f"{name.replace('/', '-')}.pdf"
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(filename, "inline")),
            ("Content-Length", len(pdf)),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(pdf, headers=headers)
