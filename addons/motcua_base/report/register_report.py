from odoo import models
from odoo.tools import groupby

from ..models.dossier_clock import to_local
from ..tools import measure
from .receipt_report import CHANNELS

# Pages are made here: a book has numbered pages, and Debian's wkhtmltopdf does not
# repeat the head of a table on the next page. All lengths are points on paper.
FONT_SIZE = 8.4
LINE_HEIGHT = 10
ROW_PADDING = 4
PAGE_WIDTH = 785
PAGE_HEIGHT = 440
# Names of the columns and their shares of the width, in percent.
COLUMNS = {
    "entry": 3,
    "code": 8.5,
    "subject": 13.5,
    "sets": 3.5,
    "applicant": 8.5,
    "contact": 9,
    "agency": 7.5,
    "received": 5.8,
    "due": 5.8,
    "passed_on": 5.8,
    "ready": 5.8,
    "returned": 5.8,
    "channel": 5.5,
    "receiver": 5.5,
    "note": 6.5,
}


class RegisterReport(models.AbstractModel):
    """Sổ theo dõi hồ sơ (domain 2.8): one book an agency and year, one table."""

    _name = "report.motcua_base.report_register"
    _description = "Printed register of dossiers"
    _inherit = ["motcua.form.report"]

    _kind = "register"
    _shares = COLUMNS

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
            pages += self._pages(group)
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
                "columns": self._shares,
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
            height = self._height(row)
            if height > room:
                parts.append([])
                room = PAGE_HEIGHT
            parts[-1].append(row)
            room -= height
        return parts

    def _height(self, row):
        lines = max(
            measure.line_count(
                str(row[name]), PAGE_WIDTH * share / 100 - ROW_PADDING, FONT_SIZE
            )
            for name, share in self._shares.items()
        )
        return lines * LINE_HEIGHT + ROW_PADDING

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
        if dossier.result == "closed":
            notes.append("Dừng giải quyết, trả lại hồ sơ")
        if dossier.status == "7":
            notes.append(f"Rút hồ sơ {self._short(dossier.date_done)}")
        return "\n".join(notes)

    def _short(self, moment):
        return to_local(moment).strftime("%d/%m/%Y") if moment else ""
