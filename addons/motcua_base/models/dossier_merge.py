from odoo import api, models

from ..tools import form as form_tools
from ..tools import merge_text, text
from ..tools.form_values import answer_type
from ..tools.localtime import to_local

# Labels of channels as documents name them; official wording, never translated.
CHANNELS = {
    "counter": "trực tiếp",
    "online": "trực tuyến",
    "post": "dịch vụ bưu chính công ích",
}


class Dossier(models.Model):
    """What documents may say of a dossier: a closed list of merge fields, and their
    texts. Nothing but this list is looked up."""

    _inherit = "motcua.dossier"

    @api.model
    def _merge_catalogue(self, spec):
        """The merge fields in groups, ``(title, [(name, label)])``; then those of the
        repeating sections, ``(section, title, [(name, label)])``.

        :param spec: the form
        """
        words = self.env._("in words")

        def with_words(name, label):
            return [(name, label), (f"{name}:words", f"{label} ({words})")]

        def questions(fields, prefix):
            entries = []
            for field in fields:
                if field["type"] in ("heading", "note", "repeat", "file"):
                    continue
                name = prefix + field["name"]
                if answer_type(field) in merge_text.IN_WORDS:
                    entries += with_words(name, field["label"])
                else:
                    entries.append((name, field["label"]))
            return entries

        groups = [
            (
                self.env._("Dossier"),
                [
                    ("dossier.code", self.env._("Code of the dossier")),
                    ("dossier.register", self.env._("Number in the register")),
                    ("dossier.subject", self.env._("Subject")),
                    ("dossier.procedure", self.env._("Procedure")),
                    ("dossier.procedure_code", self.env._("Code of the procedure")),
                    ("dossier.case", self.env._("Case")),
                    ("dossier.channel", self.env._("Channel")),
                    *with_words("dossier.received", self.env._("Received on")),
                    *with_words("dossier.due", self.env._("Due on")),
                    *with_words("dossier.copies", self.env._("Copies wanted")),
                    *with_words("dossier.fees", self.env._("Fees in all")),
                    ("dossier.refusal_reason", self.env._("Reason for the refusal")),
                ],
            ),
            (
                self.env._("Applicant"),
                [
                    ("applicant.name", self.env._("Applicant's name")),
                    (
                        "applicant.name_upper",
                        self.env._("Applicant's name in capitals"),
                    ),
                    ("applicant.id_number", self.env._("Applicant's ID number")),
                    ("applicant.address", self.env._("Applicant's address")),
                    ("applicant.phone", self.env._("Applicant's phone")),
                    ("applicant.email", self.env._("Applicant's e-mail")),
                    ("submitter.name", self.env._("Filed by")),
                    ("submitter.id_number", self.env._("ID number of who files")),
                ],
            ),
            (self.env._("Form"), questions(spec, "form.")),
            (
                self.env._("Agency"),
                [
                    ("agency.name", self.env._("Agency")),
                    ("agency.name_upper", self.env._("Agency in capitals")),
                    ("agency.superior", self.env._("Agency above")),
                    ("agency.place", self.env._("Place name")),
                    ("agency.address", self.env._("Agency's address")),
                    ("agency.hotline", self.env._("Agency's phone")),
                    ("desk.name", self.env._("One-stop desk")),
                ],
            ),
            (
                self.env._("Signing"),
                [
                    ("document.number", self.env._("Number of the document")),
                    *with_words("document.date", self.env._("Date of the document")),
                    ("signer.name", self.env._("Who signs")),
                    ("signer.title", self.env._("Title of who signs")),
                    ("officer.name", self.env._("Who prepared it")),
                ],
            ),
        ]
        rows = [
            (
                field["name"],
                field["label"],
                [
                    ("row.number", self.env._("Row number")),
                    *questions(field["columns"], "row."),
                ],
            )
            for field in spec
            if field["type"] == "repeat"
        ]
        return [group for group in groups if group[1]], rows

    @api.model
    def _merge_labels(self, spec):
        """Labels by name of all merge fields outside rows."""
        groups, _rows = self._merge_catalogue(spec)
        return {name: label for _title, entries in groups for name, label in entries}

    def _merge_values(self, spec, issue):
        """(texts by merge name, rows by section, answers) for a document.

        :param spec: the form that the template was written for
        :param issue: ``{"number", "date", "signer", "title"}``
        """
        self.ensure_one()
        dossier = self.sudo()
        # With what is computed, or was when it was approved; without what is hidden.
        answers = form_tools.clean(
            dossier._settled(spec), dossier._form_values(), **dossier._form_given()
        )
        zero = dossier.ruleset_id.zero_in_words
        texts = {
            **dossier._merge_dossier_texts(),
            **dossier._merge_people_texts(),
            **dossier._merge_agency_texts(),
            **merge_text.answer_texts(spec, answers, "form.", zero),
            "document.number": issue["number"],
            "signer.name": issue["signer"],
            "signer.title": issue["title"],
            **self._merge_day("document.date", issue["date"]),
        }
        rows = {
            field["name"]: merge_text.row_texts(
                field, answers.get(field["name"]) or [], zero
            )
            for field in spec
            if field["type"] == "repeat"
        }
        return texts, rows, answers

    def _merge_dossier_texts(self):
        book, number = self._register_place()
        zero = self.ruleset_id.zero_in_words
        return {
            "dossier.code": self.code,
            "dossier.register": number and f"{number}/{book}",
            "dossier.subject": self.subject,
            "dossier.procedure": self.procedure_id.name,
            "dossier.procedure_code": self.procedure_id.code,
            "dossier.case": self.case_id.name,
            "dossier.channel": CHANNELS[self.channel],
            **self._merge_day("dossier.received", self.date_received),
            **self._merge_day("dossier.due", self.date_due),
            "dossier.copies": str(self.copies),
            "dossier.copies:words": text.number_words(self.copies, zero),
            "dossier.fees": f"{merge_text.money(self.fee_total)} đồng",
            "dossier.fees:words": text.money_words(self.fee_total, zero),
            "dossier.refusal_reason": self.refusal_reason,
        }

    def _merge_people_texts(self):
        prepared = self.task_ids.filtered(
            lambda task: task.kind == "main" and task.role == "handler" and task.user_id
        )
        return {
            "applicant.name": self.applicant_name,
            "applicant.name_upper": (self.applicant_name or "").upper(),
            "applicant.id_number": self.applicant_id_number,
            "applicant.address": self.applicant_address,
            "applicant.phone": self.applicant_phone,
            "applicant.email": self.applicant_email,
            "submitter.name": self.submitter_name or self.applicant_name,
            "submitter.id_number": self.submitter_id_number
            if self.submitter_name
            else self.applicant_id_number,
            "officer.name": prepared[-1:].user_id.name,
        }

    def _merge_agency_texts(self):
        agency = self.agency_id
        return {
            "agency.name": agency.name,
            "agency.name_upper": agency.name.upper(),
            "agency.superior": agency.parent_id.unit_id.name,
            "agency.place": agency._nearest("place_name"),
            "agency.address": agency._nearest("address"),
            "agency.hotline": agency._nearest("hotline"),
            "desk.name": self.desk_id.name,
        }

    @api.model
    def _merge_day(self, name, moment):
        """A date, or a moment (naive UTC), in digits and in words."""
        day = to_local(moment) if hasattr(moment, "hour") else moment
        if not day:
            return {}
        return {
            name: day.strftime("%d/%m/%Y"),
            f"{name}:words": text.administrative_date(day),
        }
