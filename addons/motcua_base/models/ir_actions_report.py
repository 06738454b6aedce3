import io

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..api import takes
from ..tools.arguments import Ids


class IrActionsReport(models.Model):
    """Printing of forms (``motcua.form.report``).

    All forms of one print are one HTML page without anything to fetch: wkhtmltopdf
    runs once, with the patched Qt and with Debian's unpatched one alike, and never
    calls back to a server that may have no worker left.
    """

    _inherit = "ir.actions.report"

    def _is_motcua_form(self, report):
        form = self._get_rendering_context_model(report)
        return isinstance(form, self.env.registry["motcua.form.report"])

    def _render_qweb_html(self, report_ref, docids, data=None):
        # PDF comes through here as well: one print, one note.
        report = self._get_report(report_ref)
        if not self._is_motcua_form(report):
            return super()._render_qweb_html(report_ref, docids, data=data)
        self._check_may_print(report)
        html = super()._render_qweb_html(report_ref, docids, data=data)
        if report.model == "motcua.dossier":
            dossiers = self.env["motcua.dossier"].browse(docids)
            self.env["motcua.access.log"]._note(dossiers, "print", detail=report.name)
        return html

    def _check_may_print(self, report):
        """Raises AccessError for a form that is not the user's to print."""
        groups = report.group_ids
        if groups and not (self.env.su or groups & self.env.user.all_group_ids):
            raise AccessError(
                self.env._("You may not print “%(form)s”.", form=report.name)
            )

    @takes(dossier_ids=Ids())
    def motcua_check(self, dossier_ids):
        """Which dossiers this form can be printed of. Prints nothing, notes nothing.

        :return: ``{"done": ids, "failed": [{"id", "name", "reason"}]}``, in the order
            in which they were given
        """
        self.ensure_one()
        report = self.sudo()
        self._check_may_print(report)
        dossiers = self.env["motcua.dossier"].browse(dossier_ids)
        readable = dossiers.exists()._filtered_access("read")
        form = self._get_rendering_context_model(report)
        printable, failed = readable, []
        if self._is_motcua_form(report):
            printable, failed = readable._apply_by_halves(
                lambda some: form._get_report_values(some.ids)
            )
        closed = self.env._("It is gone, or you may not open it.")
        failed += [
            {"id": dossier.id, "name": f"#{dossier.id}", "reason": closed}
            for dossier in dossiers - readable
        ]
        return {"done": printable.ids, "failed": failed}

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if not self._is_motcua_form(self._get_report(report_ref)):
            return super()._render_qweb_pdf_prepare_streams(
                report_ref, data, res_ids=res_ids
            )
        if self.get_wkhtmltopdf_state() == "install":
            raise UserError(
                self.env._("wkhtmltopdf is missing on the server: no PDF can be made.")
            )
        html, _kind = self._render_qweb_html(report_ref, res_ids, data=data)
        pdf = self.with_context(motcua_form=True)._run_wkhtmltopdf(
            [html.decode()], report_ref=report_ref
        )
        return {False: {"stream": io.BytesIO(pdf), "attachment": None}}

    def _build_wkhtmltopdf_args(self, paperformat_id, *args, **kwargs):
        # Documents are no reports: their template says on what paper.
        paper_id = self.env.context.get("motcua_paperformat")
        if paper_id:
            paperformat_id = paperformat_id.browse(paper_id)
        command_args = super()._build_wkhtmltopdf_args(paperformat_id, *args, **kwargs)
        if self.env.context.get("motcua_form"):
            # Forms have no script: waiting for one would cost a second a print.
            command_args += ["--disable-javascript", "--javascript-delay", "0"]
        return command_args
