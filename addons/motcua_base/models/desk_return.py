from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, LockError, UserError
from odoo.fields import Domain

from ..api import takes
from ..tools import identity, scan
from ..tools.arguments import FILE, NOTE, Dict, Id, OneOf, Text
from ..tools.localtime import to_local
from .desk_intake import FEE_RECEIPT, HANDOVER
from .dossier_fee import PAYMENT_METHODS
from .procedure import CHANNELS

# What the list shows at once; the oldest come first, and the scanner finds the rest.
WAITING = 80
FOUND = 12
# See ``hand_over``.
HANDED_OVER = {
    "channel": OneOf(CHANNELS),
    **dict.fromkeys(("receiver", "receiver_id_number", "proof"), Text()),
    "signature": Text(FILE),
    "paid": OneOf(PAYMENT_METHODS),
    "unpaid_reason": Text(NOTE),
}


class Desk(models.AbstractModel):
    """The return desk: finding the result of who stands there, and handing it over."""

    _inherit = "motcua.desk"

    @api.model
    @takes(desk_id=Id())
    def load_returns(self, desk_id=None):
        """What the return screen shows: the desks, and the results that wait at the one
        chosen, oldest first."""
        desks = self._my_desks()
        desk = desks.filtered(lambda unit: unit.id == desk_id) or desks[:1]
        desk = self._require_desk(desk.id)
        domain = self._waiting_domain(desk)
        Dossier = self.env["motcua.dossier"]
        waiting = Dossier.search(domain, limit=WAITING, order="date_done, id")
        return {
            "desks": [{"id": unit.id, "name": unit.name} for unit in desks],
            "desk": {"id": desk.id, "name": desk.name},
            "waiting": [self._waiting_row(dossier) for dossier in waiting],
            "waiting_count": len(waiting)
            if len(waiting) < WAITING
            else Dossier.search_count(domain),
            "channels": self._labels(Dossier, "return_channel"),
            "methods": self._labels(self.env["motcua.dossier.fee"], "method"),
        }

    @api.model
    @takes(desk_id=Id(), typed=Text())
    def find_result(self, desk_id, typed):
        """The result that was scanned, or those that the words or numbers typed find.

        :return: dict with ``kind`` (result, results or unknown) and ``result``,
            ``results`` or the ``message`` that says what to do
        """
        desk = self._require_desk(desk_id)
        typed = typed or ""
        found = scan.recognise(typed)
        Dossier = self.env["motcua.dossier"]
        if found.kind == "dossier":
            dossier = Dossier._find_by_code(found.value)
            problem = self._return_problem(desk, dossier, found.value)
            if problem:
                return {"kind": "unknown", "message": problem}
            return {"kind": "result", "result": self._result(dossier)}
        # A number that is none is looked for as it stands, like words.
        message = self._unreadable(found.kind, found.value)
        if message and found.kind != "bad_number":
            return {"kind": "unknown", "message": message}
        wanted = found.value.number if found.kind == "card" else typed.strip()
        if not wanted:
            return {"kind": "results", "results": []}
        dossiers = Dossier.search(
            self._waiting_domain(desk) & Dossier._typed_domain(wanted),
            limit=FOUND,
            order="date_done, id",
        )
        if not dossiers:
            message = self.env._(
                "No result waits at %(desk)s for “%(typed)s”. Search all dossiers to "
                "see how far it is.",
                desk=desk.name,
                typed=wanted,
            )
            return {"kind": "unknown", "message": message}
        if len(dossiers) == 1:
            return {"kind": "result", "result": self._result(dossiers)}
        rows = [self._waiting_row(dossier) for dossier in dossiers]
        return {"kind": "results", "results": rows}

    @api.model
    @takes(desk_id=Id(), dossier_id=Id(), values=Dict(**HANDED_OVER))
    def hand_over(self, desk_id, dossier_id, values):
        """Hand one result over, with the fees still to be paid, in one go.

        :param values: dict with ``channel``, ``receiver``, ``receiver_id_number`` (of
            whom the applicant has authorised), ``signature`` (PNG, base64), ``paid``
            (how the open fees were paid), ``proof`` (paper that proves that what others
            collect was paid) and ``unpaid_reason`` (why it goes out all the same)
        :return: dict with ``id``, ``code``, ``receiver``, ``print`` (reports with the
            ids they print) and ``message``; the same, with ``repeated``, when it was
            handed over before: a cut line doubles nothing
        """
        desk = self._require_desk(desk_id)
        dossier = self.env["motcua.dossier"].browse(dossier_id).exists()
        dossier.check_access("read")
        try:
            dossier.lock_for_update(allow_referencing=True)
        except LockError:
            # The same confirm, whose answer a cut line swallowed, may still be running:
            # Odoo runs this one anew, and it finds what that one did.
            raise ConcurrencyError(f"{dossier.code} is being handed over") from None
        if dossier.status == "10":
            return self._handed_over(dossier, repeated=True)
        problem = self._return_problem(desk, dossier, dossier.code or "?")
        if problem:
            raise UserError(problem)
        receipts = self._take_payment(dossier, values)
        dossier.action_return(
            channel=values.get("channel"),
            receiver=self._clean(values.get("receiver")) or None,
            receiver_id_number=self._clean(values.get("receiver_id_number")) or None,
            signature=values.get("signature") or None,
            unpaid_reason=self._clean(values.get("unpaid_reason")) or None,
        )
        return self._handed_over(dossier, receipts=receipts)

    # ------------------------------------------------------------------

    @api.model
    def _take_payment(self, dossier, values):
        """Note what is paid while the result is handed over.

        :return: the dossier, where receipts were issued for it
        """
        fees = dossier.sudo().fee_ids._open()
        own = fees._collected_here()
        proof = self._clean(values.get("proof"))
        if fees - own and proof:
            dossier.action_confirm_payment(reference=proof, fee_ids=(fees - own).ids)
        if own and values.get("paid"):
            dossier.action_confirm_payment(values["paid"])
            return dossier
        return dossier.browse()

    @api.model
    def _labels(self, model, name):
        return model._fields[name]._description_selection(self.env)

    @api.model
    def _waiting_domain(self, desk):
        return Domain("status", "=", "9") & Domain("desk_id", "=", desk.id)

    @api.model
    def _waiting_row(self, dossier):
        return {
            "id": dossier.id,
            "code": dossier.code,
            "applicant": dossier.applicant_name,
            "subject": dossier.subject,
            "refused": dossier.result == "refused",
            "closed": dossier.result == "closed",
            "channel": dossier.return_channel or "counter",
            "date_done": fields.Datetime.to_string(dossier.date_done),
        }

    @api.model
    def _result(self, dossier):
        """What the officer checks before handing a result over."""
        dossier._note_access("read")
        sudo = dossier.sudo()
        open_fees = sudo.fee_ids._open()
        return {
            **self._waiting_row(dossier),
            "agency": dossier.agency_id.name,
            "result_number": dossier.result_number or "",
            "result_date": fields.Date.to_string(dossier.result_date) or "",
            "copies": dossier.copies,
            "applicant_type": dossier.applicant_type,
            "applicant_id": identity.mask(dossier.applicant_id_number),
            "submitter": dossier.submitter_name or "",
            "submitter_id": identity.mask(dossier.submitter_id_number),
            "fees": [{"name": fee.name, "amount": fee.amount} for fee in open_fees],
            "fee_due": sum(open_fees.mapped("amount")),
            "collected_here": bool(open_fees._collected_here()),
            "collected_by_others": bool(open_fees - open_fees._collected_here()),
            "may_owe": sudo.ruleset_id.unpaid_result == "ask",
        }

    @api.model
    def _return_problem(self, desk, dossier, code):
        """Why this result cannot be handed over here and now, and what to do; nothing
        when it can."""
        if not dossier:
            return self.env._(
                "Dossier %s does not exist here, or is none of your units'.", code
            )
        if dossier.status == "10":
            return self._returned_sentence(dossier)
        if dossier.desk_id != desk:
            return self.env._(
                "The result of %(code)s is handed over at %(desk)s. Send the person "
                "there, or choose that desk above if you work at both.",
                code=dossier.code,
                desk=dossier.desk_id.sudo().name,
            )
        if dossier.status == "9":
            return ""
        status = dict(self._labels(dossier, "status"))[dossier.status]
        if dossier.status in ("3", "7"):
            return self.env._(
                "Dossier %(code)s was closed without a result (%(status)s).",
                code=dossier.display_name,
                status=status,
            )
        return self.env._(
            "Dossier %(code)s has no result yet: %(status)s, at %(place)s. It is due "
            "on %(due)s.",
            code=dossier.display_name,
            status=status,
            place=(dossier.task_agency_id or dossier.desk_id).sudo().name,
            due=self._moment(dossier.date_due) if dossier.date_due else "?",
        )

    @api.model
    def _returned_sentence(self, dossier):
        return self.env._(
            "The result of %(code)s was handed over to %(receiver)s at %(moment)s.",
            code=dossier.code,
            receiver=dossier.receiver_name,
            moment=self._moment(dossier.date_returned),
        )

    @api.model
    def _moment(self, moment):
        return f"{to_local(moment):%H:%M, %d/%m/%Y}"

    @api.model
    def _handed_over(self, dossier, receipts=(), repeated=False):
        prints = [{"report": HANDOVER, "ids": dossier.ids}]
        if receipts:
            prints.append({"report": FEE_RECEIPT, "ids": receipts.ids})
        return {
            "id": dossier.id,
            "code": dossier.code,
            "receiver": dossier.receiver_name,
            "repeated": repeated,
            "message": self._returned_sentence(dossier),
            "print": prints,
        }
