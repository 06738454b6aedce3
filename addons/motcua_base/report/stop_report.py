from odoo import fields, models


class StopReport(models.AbstractModel):
    """Thông báo dừng giải quyết hồ sơ (TT 03/2025 only): the agency stopped
    handling for a while or for good, or the applicant asked for it by taking the
    dossier back."""

    _name = "report.motcua_base.report_stop"
    _description = "Printed notice of stopped handling"
    _inherit = ["motcua.outgoing.report"]

    _kind = "stop"

    def _values(self, dossier):
        event = self._last_event(dossier, ("stop", "withdraw", "close"))
        if not event:
            raise self._too_early(dossier, self.env._("handling was not stopped"))
        until = fields.Date.to_date(event.payload.get("until"))
        received = dossier.date_received or dossier.date_submitted
        return {
            **self._agency_values(dossier, event.date),
            "received_day": self._day(received).capitalize(),
            "stopped": self._moment(event.date),
            "for_good": event.kind != "stop",
            "on_request": event.kind == "withdraw",
            "until": self._day(until) if until else "",
            "reason": event.payload["reason"],
        }
