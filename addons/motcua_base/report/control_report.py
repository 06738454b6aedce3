from odoo import models

VERDICTS = {"early": "Trước hạn", "on_time": "Đúng hạn", "overdue": "Quá hạn"}
# Hand-overs still to come are filled in by hand on the sheet in the folder.
SPARE_BLOCKS = 2


class ControlReport(models.AbstractModel):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (domain 2.7): a block a hand-over,
    with the verdict on who hands over."""

    _name = "report.motcua_base.report_control"
    _description = "Printed control sheet"
    _inherit = ["motcua.form.report"]

    _kind = "control"

    def _values(self, dossier):
        self._check_received(dossier)
        partners = (dossier.task_ids.agency_id.unit_id - dossier.agency_id).mapped(
            "name"
        )
        is_open = dossier.status not in ("7", "10")
        return {
            "heading": self._desk_heading(dossier, dossier.date_received),
            "received": self._moment(dossier.date_received),
            "due": self._moment(dossier.date_due or dossier.date_due_original),
            "partners": ", ".join(partners),
            "blocks": self._blocks(dossier),
            "spare_blocks": range(SPARE_BLOCKS if is_open else 0),
        }

    def _blocks(self, dossier):
        """The hand-overs in the order of time."""
        blocks = []
        main = dossier.task_ids.filtered(lambda task: task.kind == "main")
        for giver, receiver in zip(main, main[1:], strict=False):
            blocks.append(
                self._block(
                    receiver.date_received, self._place(giver), self._place(receiver)
                )
                | {
                    "giver": (receiver.from_user_id or giver.user_id).name,
                    "receiver": receiver.user_id.name,
                    "verdict": VERDICTS.get(giver.verdict, ""),
                    "note": giver.note or "",
                }
            )
        for task in dossier.task_ids - main:
            asking = self._place(self._held_at(main, task.date_received))
            blocks.append(
                self._block(task.date_received, asking, self._place(task))
                | {
                    "giver": task.from_user_id.name,
                    "receiver": task.user_id.name,
                    "note": f"Lấy ý kiến: {task.question}",
                }
            )
            if task.outcome == "answered":
                blocks.append(
                    self._block(task.date_done, self._place(task), asking)
                    | {
                        "giver": task.user_id.name,
                        "receiver": task.from_user_id.name,
                        "verdict": VERDICTS.get(task.verdict, ""),
                        "note": f"Trả lời: {task.answer}",
                    }
                )
        if dossier.date_returned:
            event = self._last_event(dossier, ("return",))
            blocks.append(
                self._block(
                    dossier.date_returned, dossier.desk_id.name, "Người nộp hồ sơ"
                )
                | {
                    "giver": event.user_id.name,
                    "receiver": dossier.receiver_name,
                    "verdict": VERDICTS.get(dossier.verdict, ""),
                    "note": "Trả kết quả",
                }
            )
        return sorted(blocks, key=lambda block: block["date"])

    def _block(self, date, given_by, received_by):
        return {
            "date": date,
            "moment": self._moment(date),
            "given_by": given_by,
            "received_by": received_by,
            "verdict": "",
            "note": "",
        }

    def _place(self, task):
        """Name of the unit of a task; with its public body, where that is another than
        the agency in charge."""
        agency = task.agency_id
        if agency.unit_id in (agency, task.dossier_id.agency_id):
            return agency.name
        return f"{agency.name}, {agency.unit_id.name}"

    def _held_at(self, main, moment):
        """The main task during which ``moment`` falls."""
        return main.filtered(lambda task: task.date_received <= moment)[-1:]
