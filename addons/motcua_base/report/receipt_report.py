from odoo import models

CHANNELS = {
    "counter": "Trực tiếp",
    "online": "Trực tuyến",
    "post": "Dịch vụ bưu chính công ích",
}
# One stays with the dossier, one goes with the applicant (domain 2.3).
COPIES = ("Liên 1: Lưu kèm hồ sơ", "Liên 2: Giao người nộp hồ sơ")


class ReceiptReport(models.AbstractModel):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (domain 2.3)."""

    _name = "report.motcua_base.report_receipt"
    _description = "Printed receipt"
    _inherit = ["motcua.form.report"]

    _kind = "receipt"

    def _forms(self, dossiers):
        return [
            {**form, "copy": copy}
            for form in super()._forms(dossiers)
            # Online it is one file, which nobody divides.
            for copy in (COPIES if form["by_hand"] else (False,))
        ]

    def _values(self, dossier):
        self._check_received(dossier)
        events = dossier._receipt_events()
        event = events[-1:]
        certified = dossier.pages > 1 or dossier.copies > 1
        return {
            "heading": self._desk_heading(dossier, event.date or dossier.date_received),
            "replaces": self._replaces(dossier),
            "case": dossier.case_id.name,
            "channel": CHANNELS[dossier.channel],
            "papers": self._papers(dossier),
            "sets": f"{dossier.sets:02d} bộ",
            "quantity": f"{dossier.copies} bản, mỗi bản {dossier.pages} trang"
            if certified
            else False,
            "term": dossier.term_text,
            "received": self._moment(dossier.date_received),
            # What was promised on this day; a new promise has a form of its own.
            "due": self._promise(dossier),
            "hand_over": self._hand_over(dossier),
            "return_at": self._return_at(dossier),
            "fees": self._reduced_fees(dossier),
            "by_hand": dossier.channel != "online",
            "officer": event.user_id.name,
        }

    def _reduced_fees(self, dossier):
        """What is paid by those who pay less than others, and why."""
        rule = dossier.exemption_id
        if not rule:
            return False
        left = sum(dossier.fee_ids._collected_here().mapped("amount"))
        return f"{self._money(left)} đồng ({rule.name})"

    def _return_at(self, dossier):
        if dossier.return_channel == "post":
            return "Qua dịch vụ bưu chính công ích"
        if dossier.return_channel == "online":
            return "Trực tuyến (bản điện tử)"
        address = dossier.desk_id._nearest("address")
        return ", ".join(filter(None, (dossier.desk_id.name, address)))
