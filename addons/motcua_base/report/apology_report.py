from odoo import models


class ApologyReport(models.AbstractModel):
    """Form 04 (domain 2.6), of the last extension."""

    _name = "report.motcua_base.report_apology"
    _description = "Printed apology and new date"
    _inherit = ["motcua.outgoing.report"]

    _kind = "apology"

    def _values(self, dossier):
        extension = dossier.extension_ids[-1:]
        if not extension:
            raise self._too_early(dossier, self.env._("no extension was decided"))
        return {
            **self._agency_values(dossier, extension.date),
            "received_day": self._day(dossier.date_received).capitalize(),
            "due_before": self._moment(extension.due_before),
            "due_after": self._moment(extension.due_after),
            "reason": extension.reason,
            "sector": dossier.procedure_id.sector_id.name,
        }
