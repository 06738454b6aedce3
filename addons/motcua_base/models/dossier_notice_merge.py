from odoo import api, models

from ..tools import merge_text
from ..tools.localtime import to_local

# Not for e-mail and text messages, which strangers may read on the way.
_LEFT_OUT = ("applicant.id_number", "submitter.id_number")


class Dossier(models.Model):
    """What letters and text messages may say of a dossier: the merge fields of
    documents, but for numbers of identity papers and what only a signature knows, and
    some that are of use in messages alone."""

    _inherit = "motcua.dossier"

    @api.model
    def _notice_facts(self):
        """What paragraphs of letters may depend on, and the lists they may repeat; put
        as the questions of a form, so that the one validator of forms decides."""

        def choice(name, label):
            options = self._fields[name]._description_selection(self.env)
            return {
                "name": name,
                "label": label,
                "type": "selection",
                "options": [list(option) for option in options],
            }

        def papers(name, label):
            column = {"name": "name", "label": self.env._("Paper"), "type": "char"}
            return {"name": name, "label": label, "type": "repeat", "columns": [column]}

        return [
            choice("applicant_type", self.env._("Kind of applicant")),
            choice("return_channel", self.env._("Result wanted")),
            {
                "name": "refused_at_desk",
                "label": self.env._("Refused at the desk"),
                "type": "boolean",
            },
            {"name": "fees", "label": self.env._("Fees in all"), "type": "money"},
            {
                "name": "provisional_years",
                "label": self.env._("Years whose holidays are not confirmed"),
                "type": "char",
            },
            {
                "name": "result_number",
                "label": self.env._("Number of the result"),
                "type": "char",
            },
            papers("guidance_papers", self.env._("Papers missing at the desk")),
            papers("supplement_papers", self.env._("Papers asked for later")),
        ]

    @api.model
    def _notice_catalogue(self):
        """The merge fields of messages, as ``_merge_catalogue`` gives those of
        documents."""
        repeated = [fact for fact in self._notice_facts() if fact["type"] == "repeat"]
        groups, rows = self._merge_catalogue(repeated)
        known = self._notice_names()
        kept = [
            (title, [entry for entry in entries if entry[0] in known])
            for title, entries in groups
        ]
        return [group for group in kept if group[1]] + [
            (self.env._("Messages to applicants"), self._notice_entries())
        ], rows

    @api.model
    def _notice_entries(self):
        return [
            ("applicant.salutation", self.env._("How the applicant is addressed")),
            ("dossier.reference", self.env._("Code, or subject without a code")),
            ("dossier.received_time", self.env._("Received on, with the time")),
            ("dossier.due_time", self.env._("Due on, with the time")),
            (
                "dossier.appointment",
                self.env._("Due on, with the time; says where it is provisional"),
            ),
            (
                "dossier.provisional_years",
                self.env._("Years whose holidays are not confirmed"),
            ),
            ("dossier.result_number", self.env._("Number of the result")),
            ("guidance.reason", self.env._("Why it was not accepted yet")),
            ("guidance.note", self.env._("Guidance given")),
            ("supplement.reason", self.env._("What is to be supplemented")),
            ("supplement.deadline", self.env._("Last day of the supplement")),
            ("extension.reason", self.env._("Reason for the new date")),
            ("desk.place", self.env._("One-stop desk and its address")),
            ("agency.contact", self.env._("Agency's phone, short")),
            ("lookup.site", self.env._("Site to look dossiers up")),
        ]

    @api.model
    def _notice_names(self):
        """Names of all merge fields of messages, outside rows."""
        shared = {
            name
            for name in self._merge_labels([])
            if name.partition(".")[0]
            in ("dossier", "applicant", "submitter", "agency", "desk")
        }
        own = {name for name, _label in self._notice_entries()}
        return (shared | own) - set(_LEFT_OUT)

    def _notice_values(self):
        """(texts by merge name, rows by section, facts) for a message."""
        self.ensure_one()
        dossier = self.sudo()
        guidance, pause = dossier.guidance_ids[:1], dossier.pause_ids[-1:]
        papers = {
            "guidance_papers": [{"name": one.name} for one in guidance.component_ids],
            "supplement_papers": [{"name": one.name} for one in pause.component_ids],
        }
        texts = {
            **dossier._merge_dossier_texts(),
            **dossier._merge_people_texts(),
            **dossier._merge_agency_texts(),
            **dossier._notice_dossier_texts(),
            "guidance.reason": guidance.reason,
            "guidance.note": guidance.note,
            "supplement.reason": pause.reason,
            "extension.reason": dossier.extension_ids[-1:].reason,
            **self._merge_day("supplement.deadline", pause.deadline),
        }
        rows = {
            fact["name"]: merge_text.row_texts(fact, papers[fact["name"]])
            for fact in self._notice_facts()
            if fact["type"] == "repeat"
        }
        facts = {
            "applicant_type": dossier.applicant_type,
            "return_channel": dossier.return_channel,
            "refused_at_desk": dossier.status == "3",
            "fees": dossier.fee_total,
            "provisional_years": dossier.provisional_years,
            "result_number": dossier.result_number,
            **papers,
        }
        names = self._notice_names()
        return {name: texts.get(name) for name in names}, rows, facts

    def _notice_dossier_texts(self):
        due = _moment(self.date_due)
        provisional = self.provisional_years
        desk, hotline = self.desk_id, self.agency_id.hotline
        site = self.get_base_url().split("://")[-1]
        return {
            "applicant.salutation": "Ông/Bà"
            if self.applicant_type == "1"
            else "Quý cơ quan, tổ chức",
            "dossier.reference": self.code or self.subject,
            "dossier.received_time": _moment(self.date_received),
            "dossier.due_time": due,
            "dossier.appointment": f"{due} (dự kiến)" if due and provisional else due,
            "dossier.provisional_years": provisional,
            "dossier.result_number": self.result_number,
            "desk.place": ", ".join(filter(None, [desk.name, desk.address])),
            "agency.contact": hotline and f"ĐT {hotline}",
            "lookup.site": f"{site}/tra-cuu" if self._has_lookup_page() else site,
        }


def _moment(moment):
    """``17:00 09/03/2026`` in Vietnamese time."""
    return moment and to_local(moment).strftime("%H:%M %d/%m/%Y")
