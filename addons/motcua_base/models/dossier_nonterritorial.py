from odoo import api, fields, models
from odoo.exceptions import UserError

from ..api import takes
from ..tools import clock
from ..tools.localtime import to_local, to_utc


class Dossier(models.Model):
    """Non-territorial reception ("không phụ thuộc địa giới hành chính"): a desk
    receives for an agency elsewhere and has to pass the dossier on in time; the term
    runs from when that agency gets it (Decree 309/2026, articles 8.3 and 9). So there
    are two due dates, and who passes on late answers for the delay."""

    _inherit = "motcua.dossier"

    date_handover_due = fields.Datetime(
        "Pass on by",
        readonly=True,
        copy=False,
        help="When the desk that received it for an agency elsewhere has to pass it "
        "on. Empty where the agency in charge receives by itself.",
    )
    date_competent = fields.Datetime(
        "With the agency in charge since",
        readonly=True,
        copy=False,
        help="The term of a dossier that was received elsewhere begins then.",
    )
    is_handover_late = fields.Boolean(
        "Passed on late", compute="_compute_is_handover_late"
    )

    @api.depends("date_handover_due", "date_competent")
    def _compute_is_handover_late(self):
        now = fields.Datetime.now()
        for dossier in self:
            due = dossier.date_handover_due
            dossier.is_handover_late = due and (dossier.date_competent or now) > due

    @takes()
    def action_hand_over(self):
        """2/4 → the same: pass on what was received for an agency elsewhere, to its
        one-stop (Decree 309/2026, article 9). The term begins (article 8.3). What the
        receipt promised stays, unless the agency gets it too late for that: then the
        applicant is told the new date."""
        dossiers = self._begin("action_hand_over")
        dossiers._check_to_hand_over()
        before = dossiers._places()
        now = fields.Datetime.now()
        dossiers.task_id._close("forwarded", now)
        payloads = {dossier: dossier._start_term(now) for dossier in dossiers}
        opening = {"date_received": now, "from_user_id": self.env.uid}
        places = dossiers._open_tasks(dict.fromkeys(dossiers, opening))
        dossiers._log("hand_over", before, payloads, places)
        dossiers.filtered(
            lambda dossier: dossier.date_due > dossier.date_due_original
        )._notify_applicant("moved")
        return True

    # ------------------------------------------------------------------

    def _is_for_elsewhere(self):
        """Whether the desk that receives is neither the agency's own nor the one that
        the agency has its dossiers received at."""
        self.ensure_one()
        return (
            self.desk_id._get_unit_id() != self.agency_id.id
            and self.desk_id != self.offering_id.sudo().desk_id
        )

    def _check_desk(self):
        """Raise UserError where the desk does not receive for the agency in charge."""
        for dossier in self:
            if not dossier._is_for_elsewhere():
                continue
            procedure = dossier.procedure_id.sudo()
            if not procedure.non_territorial:
                raise UserError(
                    self.env._(
                        "%(desk)s does not receive procedure %(procedure)s for "
                        "%(agency)s: it is not listed as received at every desk.",
                        desk=dossier.desk_id.name,
                        procedure=procedure.display_name,
                        agency=dossier.agency_id.name,
                    )
                )

    def _handover_due(self, received):
        """When a dossier received at ``received`` has to be passed on to the agency in
        charge (both naive UTC); False where that agency receives by itself."""
        self.ensure_one()
        if not self._is_for_elsewhere():
            return False
        calendar = self.desk_id._get_calendar()._motcua_clock()
        cutoff = round(self.ruleset_id.handover_cutoff * 60)
        return to_utc(clock.handover_due(to_local(received), calendar, cutoff))

    def _term_start(self):
        """When the term begins (naive UTC). Until the agency in charge has the dossier,
        it is expected to get it in time."""
        self.ensure_one()
        return self.date_competent or self.date_handover_due or self.date_received

    def _is_to_hand_over(self):
        """Whether the agency in charge, which is elsewhere, is still to get it."""
        return bool(self.date_handover_due) and not self.date_competent

    def _move_handover(self, now):
        """What waited for the applicant is passed on as if it came in ``now``."""
        if self._is_to_hand_over():
            due = self._handover_due(now)
            self.date_handover_due = max(due, self.date_handover_due)

    def _check_to_hand_over(self):
        """Raise UserError for what the agency in charge has already."""
        for dossier in self:
            if not dossier._is_to_hand_over():
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s is with the agency in charge already: "
                        "%(agency)s.",
                        dossier=dossier.display_name,
                        agency=dossier.agency_id.name,
                    )
                )

    def _check_handed_over(self):
        """Raise UserError for what only the agency in charge may handle."""
        for dossier in self:
            if dossier._is_to_hand_over():
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s was received for %(agency)s: pass it on "
                        "there first.",
                        dossier=dossier.display_name,
                        agency=dossier.agency_id.name,
                    )
                )

    def _start_term(self, now):
        """Begin the term: the agency in charge gets the dossier ``now``.

        :return: what the event says of it
        """
        self.ensure_one()
        before = self.date_due
        self.date_competent = now
        self.date_due = self._current_due()
        return {
            "handover_due": fields.Datetime.to_string(self.date_handover_due),
            "handover_late": self.is_handover_late,
            **self._due_payload(before, self.date_due),
        }

    def _desk_of(self, step):
        """The desk that does ``step``: the agency in charge has its own for what comes
        before the result; the applicant fetches that where the dossier was received."""
        if self.date_competent and step.sudo().kind != "return":
            return self.offering_id.sudo()._default_desk()
        return self.desk_id
