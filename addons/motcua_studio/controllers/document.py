from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.motcua_base.tools.arguments import typed_id


class DocumentController(http.Controller):
    @http.route("/motcua/studio/document/<int:template_id>", type="http", auth="user")
    def preview(self, template_id):
        """A template filled with an invented dossier, as PDF."""
        template = request.env["motcua.document.template"]
        template = template.browse(typed_id(template_id)).exists()
        if not template:
            raise request.not_found()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition("xem-thu.pdf", "inline")),
        ]
        return request.make_response(template._sample_pdf(), headers=headers)
