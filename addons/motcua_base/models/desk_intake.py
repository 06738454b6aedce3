import re

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Command

from ..api import takes
from ..tools import form as form_tools
from ..tools.arguments import (
    NOTE,
    Dict,
    Id,
    Json,
    ListOf,
    OneOf,
    Text,
    Values,
)
from .desk_person import PERSON
from .desk_procedure import CHOICE
from .dossier_component import COUNTS
from .dossier_fee import PAYMENT_METHODS
from .procedure import CHANNELS

# One person seldom brings more at once, and a receipt with more is no receipt.
MAX_DOSSIERS = 50
RECEIPT = "motcua_base.report_receipt"
GROUP_RECEIPT = "motcua_base.report_group_receipt"
HANDOVER = "motcua_base.report_handover"
REJECTION = "motcua_base.report_rejection"
FEE_RECEIPT = "motcua_base.report_fee_receipt"

# Papers and files as the screen hands them back; it has been told more of them than is
# read again.
FILE = {"id": Id(), **dict.fromkeys(("name", "pages", "originals", "preview"), Json())}
PAPER = {
    "component_id": Id(),
    **dict.fromkeys(COUNTS, Json()),  # numbers as typed: ``_whole``
    "note": Text(NOTE),
    "files": ListOf(Dict(**FILE)),
    **dict.fromkeys(
        ("name", "kind", "required", "database", "accepted", "wanted"), Json()
    ),
}
ITEM = {
    **CHOICE,
    "papers": ListOf(Dict(**PAPER)),
    "form_values": Values(),
    "duplicate_reason": Text(NOTE),
    "result_number": Text(),
}
INTAKE = {
    "applicant": Dict(**PERSON),
    "submitter": Dict(**PERSON),
    "return_channel": OneOf(CHANNELS),
    "paid": OneOf(PAYMENT_METHODS),
    "items": ListOf(Dict(**ITEM)),
}

_TOKEN = re.compile(r"[0-9a-f-]{36}", re.ASCII)


class Desk(models.AbstractModel):
    """Receiving, or refusing to receive, what the screen has put together.

    An intake is what one person brings at one time: a dict with ``applicant`` and, when
    somebody else files, ``submitter`` (persons as ``desk_person`` gives and takes
    them), ``return_channel``, ``paid`` (how the fees were paid, if they were) and
    ``items``, one for each dossier, with ``procedure_id``, ``agency_id``, ``channel``,
    ``case_id``, ``exemption_id``, ``pages``, ``copies``, ``papers``, ``form_values``,
    ``duplicate_reason`` and ``result_number`` (of a result handed over at once).
    """

    _inherit = "motcua.desk"

    @api.model
    @takes(desk_id=Id(), token=Text(), intake=Dict(**INTAKE))
    def confirm(self, desk_id, token, intake):
        """Receive an intake, all of it or nothing.

        :param token: made by the screen for this intake. The same token again gives
            the same dossiers again: a cut line doubles nothing
        :return: dict with ``dossiers`` (id, code, procedure, date_due) and ``print``
            (reports with the ids they print)
        """
        desk = self._require_desk(desk_id)
        dossiers = self._sent_in(token)
        if not dossiers:
            dossiers = self._create_dossiers(desk, token, intake)
            self._check_duplicates(dossiers, intake)
            dossiers.action_receive()
            if intake.get("paid"):
                dossiers.filtered(
                    lambda dossier: dossier.fee_ids._open()._collected_here()
                ).action_confirm_payment(intake["paid"])
            self._finish_at_once(dossiers, intake)
        return self._outcome(dossiers)

    @api.model
    @takes(desk_id=Id(), token=Text(), intake=Dict(**INTAKE), reason=Text(NOTE))
    def refuse(self, desk_id, token, intake, reason):
        """Refuse to receive an intake, with its reason: form 03 is printed.

        :return: as ``confirm``
        """
        desk = self._require_desk(desk_id)
        dossiers = self._sent_in(token)
        if not dossiers:
            dossiers = self._create_dossiers(desk, token, intake)
            dossiers.action_reject(reason)
        return self._outcome(dossiers)

    # ------------------------------------------------------------------

    @api.model
    def _sent_in(self, token):
        """What this user has sent in under ``token`` before, in its order."""
        self._check_token(token)
        # The same intake may be in the hands of another request, whose answer the cut
        # line swallowed. Then Odoo runs this one anew, and it finds what that one made.
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [token]
        )
        if not self.env.cr.fetchone()[0]:
            raise ConcurrencyError(f"Intake {token} is being received")
        tokens = [f"{token}/{number}" for number in range(MAX_DOSSIERS)]
        dossiers = (
            self.env["motcua.dossier"]
            .sudo()
            .search([("intake_token", "in", tokens)], order="id")
        )
        if dossiers.create_uid - self.env.user:
            raise UserError(self.env._("The screen is out of date: load it again."))
        return dossiers.sudo(False)

    @api.model
    def _check_token(self, token):
        """Raise UserError for what no screen has made."""
        if not _TOKEN.fullmatch(token or ""):
            raise UserError(self.env._("The screen is out of date: load it again."))

    @api.model
    def _create_dossiers(self, desk, token, intake):
        items = intake.get("items") or []
        if not items:
            raise UserError(self.env._("Choose the procedure first."))
        if len(items) > MAX_DOSSIERS:
            raise UserError(
                self.env._("Receive at most %s dossiers at once.", MAX_DOSSIERS)
            )
        values = self._person_values(desk, intake)
        drafts = [self._draft(desk, item) for item in items]
        vals_list = [
            {**values, **self._dossier_values(draft, item)}
            for draft, item in zip(drafts, items, strict=True)
        ]
        for number, vals in enumerate(vals_list):
            vals["intake_token"] = f"{token}/{number}"
        # The user works at the desk, and has shown to know these people: their contacts
        # may be out of the user's sight, and the token is the system's to write.
        dossiers = self.env["motcua.dossier"].sudo().create(vals_list).sudo(False)
        for dossier, item in zip(dossiers, items, strict=True):
            self._fill_papers(dossier, item.get("papers") or [])
        return dossiers

    @api.model
    def _person_values(self, desk, intake):
        """Values of a dossier that say who applies and who files."""
        person = intake.get("applicant") or {}
        applicant, stated = self._resolve_person(desk, person)
        values = {
            "applicant_id": applicant.id,
            "desk_id": desk.id,
            "return_channel": intake.get("return_channel") or "counter",
        }
        for name in ("type", "name", "id_number", "phone", "email", "address"):
            values[f"applicant_{name}"] = stated[name]
        submitter = intake.get("submitter")
        if submitter:
            partner, stated = self._resolve_person(desk, {**submitter, "type": "1"})
            values["submitter_id"] = partner.id
            for name in ("name", "id_number", "phone"):
                values[f"submitter_{name}"] = stated[name]
        return values

    @api.model
    def _dossier_values(self, draft, item):
        """Values of a dossier that say what is applied for."""
        spec = draft.version_id._get_form_spec()
        answers = form_tools.clean(
            spec,
            item.get("form_values") or {},
            filled_by="citizen",
            **draft._form_given(),
        )
        return {
            "procedure_id": draft.procedure_id.id,
            "agency_id": draft.agency_id.id,
            "case_id": draft.case_id.id,
            "exemption_id": draft.exemption_id.id,
            "channel": draft.channel,
            "pages": draft.pages,
            "copies": draft.copies,
            "form_values": answers,
        }

    @api.model
    def _fill_papers(self, dossier, papers):
        """Write what was handed in into the list of papers wanted."""
        rows = {row.component_id.id: row for row in dossier.component_ids}
        for paper in papers:
            row = rows.get(paper.get("component_id"))
            files = [file.get("id") for file in paper.get("files") or []]
            if not row or not all(files):
                raise UserError(
                    self.env._("The papers handed in do not belong to this dossier.")
                )
            row.write(
                {
                    **{
                        name: max(0, self._whole(paper.get(name), row.name))
                        for name in ("originals", "certified", "copies")
                    },
                    "note": self._clean(paper.get("note")),
                    "attachment_ids": [Command.link(id_) for id_ in files],
                    "digitised": bool(files),
                }
            )

    @api.model
    def _check_duplicates(self, dossiers, intake):
        """Refuse what is open already, unless the officer says why once more."""
        for dossier, item in zip(dossiers, intake["items"], strict=True):
            others = dossier._find_duplicates(
                dossier.sudo().applicant_id, dossier.procedure_id
            )
            reason = self._clean(item.get("duplicate_reason"))
            if not others:
                continue
            if not reason:
                raise UserError(
                    self.env._(
                        "%(name)s has an open dossier for “%(procedure)s” already. To "
                        "receive another one, say why.",
                        name=dossier.applicant_name,
                        procedure=dossier.procedure_id.name,
                    )
                )
            dossier.message_post(
                body=self.env._(
                    "Received although another dossier of the applicant is open: %s",
                    reason,
                ),
                subtype_xmlid="mail.mt_note",
            )

    @api.model
    def _finish_at_once(self, dossiers, intake):
        """Hand over results that were ready on the spot (NĐ 61/2018, article 17.5)."""
        for dossier, item in zip(dossiers, intake["items"], strict=True):
            number = self._clean(item.get("result_number"))
            if number:
                dossier.action_complete(number=number)
                dossier.action_return("counter")

    @api.model
    def _outcome(self, dossiers):
        """What was received, and what is to be printed of it."""
        rejected = dossiers.filtered(lambda dossier: dossier.status == "3")
        returned = dossiers.filtered(lambda dossier: dossier.status == "10")
        waiting = dossiers - rejected - returned
        prints = [
            (GROUP_RECEIPT if len(waiting) > 1 else RECEIPT, waiting),
            (HANDOVER, returned),
            (REJECTION, rejected),
            (
                FEE_RECEIPT,
                dossiers.filtered("fee_receipt_ids"),
            ),
        ]
        return {
            "applicant": dossiers[:1].applicant_name,
            "refused": bool(rejected),
            "dossiers": [
                {
                    "id": dossier.id,
                    "code": dossier.code or "",
                    "procedure": dossier.procedure_id.name,
                    "date_due": fields.Datetime.to_string(dossier.date_due) or "",
                    "returned": dossier in returned,
                }
                for dossier in dossiers
            ],
            "print": [
                {"report": report, "ids": printed.ids}
                for report, printed in prints
                if printed
            ],
        }
