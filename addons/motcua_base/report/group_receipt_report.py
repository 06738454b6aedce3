from odoo import models

from ..tools import barcode


class GroupReceiptReport(models.AbstractModel):
    """Giấy tiếp nhận of several dossiers that one person has filed together: one paper
    with their codes and due dates."""

    _name = "report.motcua_base.report_group_receipt"
    _description = "Printed receipt of several dossiers"
    _inherit = ["motcua.form.report"]

    _kind = "receipt"

    def _forms(self, dossiers):
        """One paper for each person at the counter."""
        groups = dossiers.grouped(
            lambda dossier: (
                dossier.applicant_id,
                dossier.submitter_id,
                dossier.desk_id,
            )
        )
        return [
            {**self._common_values(group[0]), **self._group_values(group)}
            for group in groups.values()
        ]

    def _group_values(self, dossiers):
        for dossier in dossiers:
            self._check_received(dossier)
        first = dossiers[0]
        event = self._last_event(first, ("receive",))
        return {
            "heading": self._desk_heading(first, first.date_received),
            # Each row has codes and a place in the register of its own.
            "code_qr": False,
            "paper_number": False,
            "received": self._moment(first.date_received),
            "rows": [self._row(dossier) for dossier in dossiers],
            "count": f"{len(dossiers):02d}",
            "total": self._money(sum(dossiers.mapped("fee_total"))),
            "lookup_page": f"{first.get_base_url()}/tra-cuu",
            "officer": event.user_id.name,
        }

    def _row(self, dossier):
        return {
            "code": dossier.code,
            "qr": self._picture(barcode.qr_svg(dossier._lookup_url())),
            "subject": dossier.subject,
            "term": dossier.term_text,
            "due": self._moment(dossier.date_due_original),
        }
