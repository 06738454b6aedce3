from itertools import groupby
from textwrap import wrap

from odoo import models

from ..models.dossier_clock import to_local
from .receipt_report import CHANNELS

# Lines of text that fit under the head of a page, and letters that fit on a line of a
# column. Debian's wkhtmltopdf does not repeat the head of a table on the next page, and
# a book has numbered pages, so pages are made here.
PAGE_LINES = 36
COLUMN_LETTERS = {
    "code": 13,
    "subject": 22,
    "applicant": 14,
    "contact": 15,
    "agency": 12,
    "receiver": 8,
    "note": 9,
}


class RegisterReport(models.AbstractModel):
    """Sổ theo dõi hồ sơ (domain 2.8): one book an agency and year, one table."""

    _name = "report.motcua_base.report_register"
    _description = "Printed register of dossiers"
    _inherit = ["motcua.form.report"]

    _kind = "register"

    def _forms(self, dossiers):
        def book(dossier):
            return (
                dossier.agency_id.id,
                dossier._register_place()[0],
                dossier.ruleset_id.id,
            )

        for dossier in dossiers:
            if not dossier.register_code:
                raise self._too_early(
                    dossier, self.env._("the dossier is not in the register")
                )
        # Ten thousandth entries sort after the ninety-ninth: by length, then by text.
        in_order = dossiers.sorted(
            lambda d: (book(d), len(d.register_code), d.register_code)
        )
        pages = []
        for _book, group in groupby(in_order, book):
            pages += self._pages(list(group))
        return pages

    def _pages(self, dossiers):
        """The pages of one book."""
        first = dossiers[0]
        row = self._ruleset_form(first)
        parts = self._split([self._row(dossier) for dossier in dossiers])
        return [
            {
                "form_number": row.number,
                "title": row.name,
                "agency": first.agency_id.name.upper(),
                "book": first._register_place()[0],
                "rows": rows,
                "page": number,
                "page_count": len(parts),
            }
            for number, rows in enumerate(parts, start=1)
        ]

    def _split(self, rows):
        """The rows in lists that fit on a page each."""
        parts, room = [], 0
        for row in rows:
            height = max(
                sum(len(wrap(line, letters)) for line in (row[name] or "").split("\n"))
                for name, letters in COLUMN_LETTERS.items()
            )
            height = max(height, 2) + 0.5
            if height > room:
                parts.append([])
                room = PAGE_LINES
            parts[-1].append(row)
            room -= height
        return parts

    def _row(self, dossier):
        tasks = dossier.task_ids.filtered(lambda task: task.kind == "main")
        ready = dossier.status in ("9", "10")
        return {
            "entry": dossier._register_place()[1],
            "code": dossier.code,
            "subject": dossier.subject,
            "sets": dossier.sets,
            "applicant": dossier.applicant_name,
            "contact": "\n".join(
                filter(None, (dossier.applicant_address, dossier.applicant_phone))
            ),
            "agency": (dossier.offering_id.department_id or dossier.agency_id).name,
            "received": self._short(dossier.date_received),
            "due": self._short(dossier.date_due_original),
            "passed_on": self._short(tasks[1:2].date_received),
            "ready": self._short(ready and dossier.date_done),
            "returned": self._short(dossier.date_returned),
            "channel": CHANNELS[dossier.return_channel or "counter"],
            "receiver": dossier.receiver_name or "",
            "note": self._note(dossier),
        }

    def _note(self, dossier):
        """What became of the dossier out of the ordinary."""
        notes = [
            f"Yêu cầu bổ sung {self._short(pause.date_from)}"
            for pause in dossier.pause_ids
            if pause.kind == "supplement"
        ]
        if dossier.extension_ids:
            due = dossier.extension_ids[-1].due_after
            notes.append(f"Hẹn lại {self._short(due)}")
        if dossier.result == "refused":
            notes.append("Từ chối giải quyết")
        if dossier.status == "7":
            notes.append(f"Rút hồ sơ {self._short(dossier.date_done)}")
        return "\n".join(notes)

    def _short(self, moment):
        return to_local(moment).strftime("%d/%m/%Y") if moment else ""
