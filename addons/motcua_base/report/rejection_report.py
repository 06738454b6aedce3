from odoo import models


class RejectionReport(models.AbstractModel):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (domain 2.5): at intake, or as the
    result of handling (NĐ 61/2018, article 19.8)."""

    _name = "report.motcua_base.report_rejection"
    _description = "Printed refusal"
    _inherit = ["motcua.form.report"]

    _kind = "rejection"

    def _values(self, dossier):
        if dossier.status != "3" and dossier.result != "refused":
            raise self._too_early(dossier, self.env._("the dossier was not refused"))
        return {
            "heading": self._desk_heading(dossier, dossier.date_done),
            "filed": dossier.date_submitted and self._moment(dossier.date_submitted),
            "reason": dossier.refusal_reason,
            "by_hand": dossier.channel != "online",
            "officer": self._last_event(dossier, ("reject", "refuse")).user_id.name,
        }
