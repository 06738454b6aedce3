from odoo import api, fields, models
from odoo.exceptions import UserError

from ..api import takes
from ..tools.arguments import NOTE, Id, Text


class Dossier(models.Model):
    """The case of a dossier corrected after reception, with what follows from it."""

    _inherit = "motcua.dossier"

    receipt_number = fields.Integer(
        compute="_compute_receipt_number",
        help="How many receipts were given for this dossier: each corrected case makes "
        "one that replaces the one before.",
    )

    @api.depends("event_ids")
    def _compute_receipt_number(self):
        for dossier in self:
            dossier.receipt_number = len(dossier._receipt_events())

    @takes(case_id=Id(), reason=Text(NOTE))
    def action_change_case(self, case_id, reason):
        """2/4 → the same: what was received turns out to be another case. Term, fees
        and papers become those of that case, and a new receipt replaces the one given
        (NĐ 61/2018, article 17). Only while nothing was decided.

        :param case_id: id of the case; False for the ordinary one
        """
        reason = self._require_text(reason, self.env._("the reason"))
        dossiers = self._begin("action_change_case")
        payloads = {}
        for dossier in dossiers:
            case = dossier._require_other_case(case_id)
            old = dossier.case_id
            before = {
                "due_before": fields.Datetime.to_string(dossier.date_due),
                "promise_before": fields.Datetime.to_string(dossier.date_due_original),
            }
            dossier._take_case(case)
            payloads[dossier] = {
                "reason": reason,
                "case_before": old.name or None,
                "case_after": case.name or None,
                **before,
                "due_after": fields.Datetime.to_string(dossier.date_due),
            }
        dossiers._log("change_case", None, payloads)
        return True

    # ------------------------------------------------------------------

    def _receipt_events(self):
        """The events that gave a receipt, the first one first."""
        return self.event_ids.filtered(
            lambda event: event.kind in ("receive", "change_case")
        ).sorted("sequence")

    def _is_decided(self):
        """Whether somebody has decided already, or signed a paper about it."""
        return self._is_approved() or "issued" in self.document_ids.mapped("state")

    def _other_way_ids(self):
        """Ids of the cases that this dossier could be instead (False: the ordinary)."""
        self.ensure_one()
        if not self.channel:
            return []
        ways = self.version_id._way_ids(self.channel)
        return [way for way in ways if way != self.case_id.id]

    def _require_other_case(self, case_id):
        """The case named, if this dossier may still become one of it."""
        self.ensure_one()
        if self._is_decided():
            raise UserError(
                self.env._(
                    "Dossier %s was decided on already: its case stays.",
                    self.display_name,
                )
            )
        if (case_id or False) not in self._other_way_ids():
            raise UserError(
                self.env._(
                    "Dossier %s: choose another case of its procedure.",
                    self.display_name,
                )
            )
        return self.version_id.case_ids.browse(case_id or [])

    def _take_case(self, case):
        """Make this a dossier of ``case``: the term is counted from the reception as if
        it had been one from the beginning; pauses and extensions stay."""
        self.ensure_one()
        old = self._conditions()
        self.case_id = case
        new = self._conditions()
        self.write({"term_quantity": new.term_quantity, "term_unit": new.term_unit})
        self.date_due_original = self._first_due(self.date_received, new)
        self.date_due = self._current_due()
        for task in self.task_ids:
            if task.kind == "main" and not task.date_done and task.date_due:
                task.date_due = self._step_due(task.step_id, task.date_received)
        self._replace_fees(self._fee_values(old), self._fee_values(new))
        self._replace_papers()

    def _replace_fees(self, old, new):
        """Put the fees of the new case in the place of those of the old one that are
        still open. What was paid stays, and is not asked for once more."""

        def key(fee):
            return fee["kind"], fee["name"], fee["amount"]

        follows = {key(fee) for fee in old}
        stale = self.fee_ids.filtered(
            lambda fee: not fee.paid_on and key(fee) in follows
        )
        kept = {(fee.kind, fee.name) for fee in self.fee_ids - stale}
        stale.unlink()
        self.env["motcua.dossier.fee"].sudo().create(
            [fee for fee in new if (fee["kind"], fee["name"]) not in kept]
        )

    def _replace_papers(self):
        """List the papers that the new case wants besides, none of them handed in yet;
        of those it does not want, what was handed in stays on record."""
        wanted = {row["component_id"]: row for row in self._component_values()}
        self.component_ids.filtered(
            lambda paper: (
                paper.component_id
                and paper.component_id.id not in wanted
                and not paper._handed_in
            )
        ).unlink()
        listed = self.component_ids.component_id.ids
        self.env["motcua.dossier.component"].sudo().create(
            [
                {
                    "dossier_id": self.id,
                    **row,
                    **dict.fromkeys(("originals", "certified", "copies"), 0),
                }
                for component_id, row in wanted.items()
                if component_id not in listed
            ]
        )
