from odoo import models


class RejectionReport(models.AbstractModel):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (domain 2.5): at intake, by the
    officer of the desk; or as the result of handling, by the agency (NĐ 61/2018,
    articles 17.1 and 19.8)."""

    _name = "report.motcua_base.report_rejection"
    _description = "Printed refusal"
    _inherit = ["motcua.outgoing.report"]

    _kind = "rejection"

    def _values(self, dossier):
        if dossier.status != "3" and dossier.result != "refused":
            raise self._too_early(dossier, self.env._("the dossier was not refused"))
        values = {
            "filed": dossier.date_submitted and self._moment(dossier.date_submitted),
            "reason": dossier.refusal_reason,
            "by_agency": dossier.status != "3",
            "officer": self._last_event(dossier, ("reject", "refuse")).user_id.name,
        }
        if values["by_agency"]:
            return values | self._agency_values(dossier, dossier.date_done)
        return {
            **values,
            "heading": self._desk_heading(dossier, dossier.date_done),
            "by_hand": dossier.channel != "online",
        }
