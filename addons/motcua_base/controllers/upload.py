import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController
from odoo.addons.mail.tools.discuss import add_guest_to_context
from odoo.addons.web.controllers.binary import Binary

from ..tools.arguments import typed_id


def refusal(model, record_id, files):
    """Why one of these uploads would not be kept with its dossier, else None. Odoo's
    own routes answer what models refuse with “Server error”."""
    record_id = typed_id(record_id)
    rule = request.env["ir.attachment"]._motcua_rule(model, record_id)
    try:
        for file in files if rule else ():
            request.env["motcua.file.rule"]._check(file.filename, file.read(), rule)
            file.seek(0)
    except UserError as error:
        return str(error)
    return None


class ChatterUploadController(AttachmentController):
    @http.route()
    @add_guest_to_context
    def mail_attachment_upload(self, ufile, thread_id, thread_model, **kwargs):
        if sentence := refusal(thread_model, thread_id, [ufile]):
            return request.make_json_response({"error": sentence})
        return super().mail_attachment_upload(ufile, thread_id, thread_model, **kwargs)


class FormUploadController(Binary):
    @http.route()
    def upload_attachment(self, model, id, ufile, callback=None):  # noqa: A002
        files = request.httprequest.files.getlist("ufile")
        if not callback and (sentence := refusal(model, id, files)):
            return json.dumps([{"error": sentence}])
        return super().upload_attachment(model, id, ufile, callback)
