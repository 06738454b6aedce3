from odoo import models

from ..tools import barcode
from .receipt_report import COPIES

# The kinds of papers as a line of text names them.
KINDS = {"originals": "bản chính", "certified": "bản chứng thực", "copies": "bản photo"}


class GroupReceiptReport(models.AbstractModel):
    """Giấy tiếp nhận of several dossiers that one person has filed together: one paper
    with their codes, papers and due dates."""

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
        forms = [
            {**self._common_values(group[0]), **self._group_values(group)}
            for group in groups.values()
        ]
        return [{**form, "copy": copy} for form in forms for copy in COPIES]

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
            "lookup": first._has_lookup_page(),
            "officer": event.user_id.name,
        }

    def _row(self, dossier):
        lookup = dossier._lookup_url()
        return {
            "code": dossier.code,
            "qr": lookup and self._picture(barcode.qr_svg(lookup)),
            "papers": [self._paper_line(paper) for paper in self._papers(dossier)],
            "subject": dossier.subject,
            "term": dossier.term_text,
            "due": self._promise(dossier),
            "hand_over": self._hand_over(dossier),
            "replaces": self._replaces(dossier),
        }

    def _paper_line(self, paper):
        """A paper on one line: ``Tờ khai: 1 bản chính, 2 bản photo``."""
        counts = [
            f"{paper[name]} {kind}" for name, kind in KINDS.items() if paper[name]
        ]
        if not counts:
            return paper["name"]
        return f"{paper['name'].rstrip(' .;')}: {', '.join(counts)}"
