from odoo import api, fields, models

from ..tools.merge_text import money
from .dossier_access import PERSONAL
from .dossier_clock import to_local

# Payload keys whose values are choices of a field of the same name, by model.
SELECTIONS = {"channel": "motcua.dossier", "method": "motcua.dossier.fee"}


class DossierEvent(models.Model):
    """The particulars of an event as people read them."""

    _inherit = "motcua.dossier.event"

    summary = fields.Char("Particulars", compute="_compute_summary")

    @api.depends("payload")
    def _compute_summary(self):
        names = self._payload_names()
        labels = self._payload_labels()
        for event in self:
            payload = event.payload or {}
            if event.kind == "correct":
                phrases = event._correction_phrases(payload)
            else:
                phrases = [
                    f"{label}: {self._payload_text(key, payload[key], names)}"
                    for key, label in labels.items()
                    if payload.get(key)
                ]
            event.summary = "; ".join(phrases)

    @api.depends("kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for event in self:
            event.display_name = labels.get(event.kind)

    @api.model
    def _payload_labels(self):
        return {
            "paper": self.env._("Paper"),
            "renamed": self.env._("Name before"),
            "counts": self.env._("Numbers"),
            "added": self.env._("Files added"),
            "file": self.env._("File"),
            "replacement": self.env._("Replaced by"),
            "reason": self.env._("Reason"),
            "note": self.env._("Note"),
            "missing": self.env._("Still missing"),
            "question": self.env._("Question"),
            "answer": self.env._("Opinion"),
            "agencies": self.env._("Units asked"),
            "user": self.env._("Officer"),
            "due": self.env._("Until"),
            "due_before": self.env._("Due before"),
            "due_after": self.env._("Due now"),
            "due_computed": self.env._("By the calendar it would be"),
            "until": self.env._("Waiting until"),
            "channel": self.env._("Channel"),
            "receiver": self.env._("Received by"),
            "document": self.env._("Document"),
            "number": self.env._("Number"),
            "date": self.env._("Date"),
            "files": self.env._("Files"),
            "method": self.env._("Paid"),
            "reference": self.env._("Reference"),
            "fees": self.env._("Fees (đ)"),
            "amount": self.env._("Amount (đ)"),
            "receipts": self.env._("Receipts"),
            "unpaid": self.env._("Left unpaid (đ)"),
            "unpaid_reason": self.env._("Why unpaid"),
            "version_before": self.env._("Version before"),
            "version_after": self.env._("Version now"),
        }

    def _payload_names(self):
        """Names of the users and agencies that the payloads give by id."""
        payloads = [event.payload or {} for event in self]
        users = {payload.get("user") for payload in payloads} - {None}
        agencies = {
            agency for payload in payloads for agency in payload.get("agencies", [])
        }
        return {
            key: {record.id: record.display_name for record in records.exists()}
            for key, records in (
                ("user", self.env["res.users"].sudo().browse(users)),
                ("agencies", self.env["motcua.agency"].sudo().browse(agencies)),
            )
        }

    @api.model
    def _payload_text(self, key, value, names):
        if key in ("due", "due_before", "due_after", "due_computed"):
            moment = to_local(fields.Datetime.to_datetime(value))
            return moment.strftime("%d/%m/%Y %H:%M")
        if key in ("date", "until"):
            return fields.Date.to_date(value).strftime("%d/%m/%Y")
        if key == "user":
            return names["user"].get(value, value)
        if key == "agencies":
            return ", ".join(str(names["agencies"].get(id_, id_)) for id_ in value)
        if key in ("missing", "added"):
            return ", ".join(value)
        if key == "counts":
            papers = self.env["motcua.dossier.component"]._fields
            return ", ".join(
                f"{papers[name]._description_string(self.env)} {old} → {new}"
                for name, (old, new) in value.items()
            )
        if key == "files":
            return len(value)
        if key in ("amount", "unpaid"):
            return money(value)
        if key == "receipts":
            return ", ".join(value)
        if key == "fees":
            return ", ".join(
                f"{name}: {money(old or 0)} → {money(new)}" for name, old, new in value
            )
        if key in SELECTIONS:
            field = self.env[SELECTIONS[key]]._fields[key]
            return dict(field._description_selection(self.env)).get(value, value)
        return value

    def _correction_phrases(self, payload):
        """What was corrected; personal data by name only, as the log is read by more
        people than the dossier."""
        dossier_fields = self.env["motcua.dossier"]._fields
        phrases = []
        for name, change in payload.items():
            label = dossier_fields[name]._description_string(self.env)
            if name in PERSONAL:
                phrases.append(label)
            else:
                old, new = (value or "…" for value in change)
                phrases.append(f"{label}: {old} → {new}")
        return phrases
