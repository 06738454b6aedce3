from odoo import http

from odoo.addons.web.controllers.report import ReportController


class PrintController(ReportController):
    # Given as a function: Odoo warns of a plain False where the parent says True.
    @http.route(readonly=lambda *args: False)
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Printing writes the access log, so it cannot use a read-only replica."""
        return super().report_routes(reportname, docids, converter, **data)
