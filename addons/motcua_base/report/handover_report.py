from odoo import models

from .form_report import BLANK
from .receipt_report import CHANNELS

# What is handed over where the request was not granted.
WITHOUT_RESULT = {
    "refused": "Văn bản từ chối giải quyết hồ sơ",
    "closed": "Thông báo dừng giải quyết hồ sơ, giấy tờ đã nộp",
}


class HandoverReport(models.AbstractModel):
    """Giấy biên nhận trả kết quả (domain 2.9): no form of the rule sets. Before the
    hand-over it is printed to be signed, afterwards as the record of it."""

    _name = "report.motcua_base.report_handover"
    _description = "Printed hand-over slip"
    _inherit = ["motcua.form.report"]

    def _values(self, dossier):
        if dossier.status not in ("9", "10"):
            raise self._too_early(dossier, self.env._("there is no result yet"))
        event = self._last_event(dossier, ("return",))
        officer = event.user_id if event else self.env.user
        receiver = dossier.receiver_name or self._person(dossier)["name"]
        return {
            "title": "Giấy biên nhận trả kết quả",
            "heading": self._desk_heading(dossier, dossier.date_returned),
            "received": self._moment(dossier.date_received),
            "due": self._moment(dossier.date_due),
            "result_kind": WITHOUT_RESULT.get(dossier.result)
            or dossier.procedure_id.result_name
            or "Kết quả giải quyết hồ sơ",
            "result_number": dossier.result_number or BLANK,
            "result_date": self._day(dossier.result_date),
            "returned": self._moment(dossier.date_returned),
            "channel": CHANNELS[dossier.return_channel or "counter"],
            "receiver": receiver,
            "receiver_id": dossier.receiver_id_number,
            "signature": dossier.signature_id.datas,
            "officer": officer.name,
        }
