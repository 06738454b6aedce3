from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..api import read_values
from ..tools.arguments import TypedId

# A stack of pages in one go; more at once is a mistake.
MAX_FILES = 60
SCAN = dict.fromkeys(("desk_id", "component_id", "before"), TypedId())


class DeskController(http.Controller):
    @http.route("/motcua/desk/scan", type="http", auth="user", methods=["POST"])
    def scan(self, **given):
        """Files for one wanted paper, or for a field of the e-form where none is named,
        as one file; answers with what became of them, or with an ``error`` sentence."""
        Desk = request.env["motcua.desk"]
        files = request.httprequest.files.getlist("ufile")
        try:
            given = read_values(request.env, SCAN, given)
            desk = Desk._require_desk(given.get("desk_id"))
            component = request.env["motcua.procedure.component"].browse(
                given.get("component_id") or []
            )
            before = given.get("before")
            if component - component.exists() or not 0 < len(files) <= MAX_FILES:
                raise UserError(request.env._("Choose the files to attach."))
            with request.env.cr.savepoint():  # all of the stack or nothing
                answer = Desk._keep_scan(
                    desk,
                    component,
                    [(file.filename, file.read()) for file in files],
                    before and Desk._own_scan(before),
                )
        except UserError as error:
            answer = {"error": str(error)}
        return request.make_json_response(answer)
