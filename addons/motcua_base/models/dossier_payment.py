from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..api import takes
from ..tools import fee as fee_tools
from ..tools.arguments import NOTE, Dict, Id, Ids, ListOf, OneOf, Text
from ..tools.localtime import to_local
from ..tools.merge_text import money
from .dossier_fee import FEE_LINE, PAYMENT_METHODS


class Dossier(models.Model):
    """The verbs of money: what a dossier costs, that it was paid, and the receipts."""

    _inherit = "motcua.dossier"

    fee_receipt_ids = fields.One2many(
        "motcua.fee.receipt", "dossier_id", "Fee receipts", readonly=True
    )

    @takes(changes=ListOf(Dict(id=Id(), **FEE_LINE)), reason=Text(NOTE))
    def action_change_fees(self, changes, reason):
        """Change what is still to be paid, waive it or add to it. A dossier that waits
        for a payment goes on where nothing is left to be paid.

        :param changes: list of ``{"id": fee, "amount": đồng}`` (0 waives the fee) and
            of new fees ``{"name": text, "amount": đồng, "kind": as in FEE_KINDS}``
        """
        self.ensure_one()
        reason = self._require_text(reason, self.env._("the reason"))
        dossier = self._begin("action_change_fees")
        told = []
        for change in changes or []:
            if change.get("id"):
                told += dossier._change_fee(change, reason)
            else:
                line = self._check_fee_line(change)
                line = {"dossier_id": dossier.id, **line, "reason": reason}
                self.env["motcua.dossier.fee"].sudo().create(line)
                told.append([line["name"], None, line["amount"]])
        if not told:
            raise UserError(self.env._("No fee was changed."))
        payload = {"reason": reason, "fees": told}
        if dossier.status == "6" and not dossier.fee_ids._open():
            dossier._end_pauses("change_fees", payload)
        else:
            dossier._log("change_fees", None, {dossier: payload})
        return True

    def _change_fee(self, change, reason):
        """Write one change of ``action_change_fees``; return what the log says."""
        fee = self.fee_ids.filtered(lambda fee: fee.id == change["id"])
        if not fee:
            raise UserError(self.env._("This fee does not belong to the dossier."))
        amount, old = self._check_amount(change.get("amount")), fee.amount
        if amount == old:
            return []
        if fee.paid_on:
            raise UserError(
                self.env._(
                    "“%s” was paid. Cancel its receipt first: then it can be changed.",
                    fee.name,
                )
            )
        fee.write({"amount": amount, "reason": reason})
        return [[fee.name, old, amount]]

    @api.model
    def _check_amount(self, amount):
        try:
            return fee_tools.check_amount(amount)
        except fee_tools.FeeError:
            raise UserError(
                self.env._(
                    "A fee is a whole number of đồng, from 0 to %s.",
                    money(fee_tools.MAX_AMOUNT),
                )
            ) from None

    @api.model
    def _check_fee_line(self, line):
        """A fee that an officer adds, as values of ``motcua.dossier.fee``."""
        name = str(line.get("name") or "").strip()
        kind = line.get("kind") or "charge"
        if not name or not line.get("amount"):
            raise UserError(
                self.env._("A fee has a name and an amount in whole đồng above zero.")
            )
        amount = self._check_amount(line["amount"])
        return {"name": name, "amount": amount, "kind": kind}

    # ------------------------------------------------------------------

    @takes(method=OneOf(PAYMENT_METHODS), reference=Text(), fee_ids=Ids())
    def action_confirm_payment(self, method="cash", reference=None, fee_ids=None):
        """Note that fees were paid, and issue their receipts: one for each kind. A
        dossier that waits for its payment goes on once nothing is left to be paid.

        :param fee_ids: the fees paid; default all that the agency collects. What
            others collect is named here, with its proof as the ``reference``: it is
            noted, and gets no receipt
        """
        if not method:
            raise UserError(self.env._("Choose how it was paid."))
        reference = str(reference or "").strip()
        dossiers = self._begin("action_confirm_payment")
        fees = dossiers.fee_ids._open()
        if fee_ids is None:
            fees = fees._collected_here()
        else:
            fees = fees.filtered(lambda fee: fee.id in set(fee_ids))
            if len(fees) != len(set(fee_ids)):
                raise UserError(
                    self.env._("Choose among the fees that are still to be paid.")
                )
        if not fees or dossiers - fees.dossier_id:
            raise UserError(self.env._("Nothing is left to be paid."))
        if fees - fees._collected_here() and not reference:
            raise UserError(
                self.env._(
                    "Others collect “%s”: write the number of the paper that proves "
                    "the payment.",
                    (fees - fees._collected_here())[:1].name,
                )
            )
        now = fields.Datetime.now()
        fees.write(
            {
                "paid_on": now,
                "method": method,
                "reference": reference,
                "user_id": self.env.uid,
            }
        )
        receipts = dossiers._issue_fee_receipts(fees._collected_here(), now)
        payloads = {
            dossier: {
                "method": method,
                "reference": reference or None,
                "amount": sum((fees & dossier.fee_ids).mapped("amount")),
                "receipts": (receipts & dossier.fee_receipt_ids).mapped("display_name"),
            }
            for dossier in dossiers
        }
        done = dossiers.filtered(lambda d: d.status == "6" and not d.fee_ids._open())
        (dossiers - done)._log("confirm_payment", None, payloads)
        for dossier in done:
            dossier._end_pauses("confirm_payment", payloads[dossier])
        return True

    def _issue_fee_receipts(self, fees, now):
        """Issue a receipt for each dossier and kind among ``fees``, just paid."""
        Receipt = self.env["motcua.fee.receipt"].sudo()
        drafts, wanted = [], {}
        for (dossier, kind), lines in fees.grouped(
            lambda fee: (fee.dossier_id, fee.kind)
        ).items():
            book = dossier.agency_id._fee_receipt_book(kind, now)
            drafts.append((dossier, kind, lines, book))
            wanted.setdefault(book["series"], []).append(lines)
        if not drafts:
            return Receipt
        taken = self.env["motcua.number"]._allocate(
            {
                series: (len(group), lambda n, s=series: f"{s}/{n:07d}")
                for series, group in wanted.items()
            }
        )
        numbers = {series: iter(pairs) for series, pairs in taken.items()}
        receipts = Receipt.browse()
        for dossier, kind, lines, book in drafts:
            number, register_code = next(numbers[book["series"]])
            receipt = Receipt.create(
                {
                    "dossier_id": dossier.id,
                    "agency_id": dossier.agency_id.id,
                    "kind": kind,
                    "template": book["template"],
                    "symbol": book["symbol"],
                    "name": f"{number:07d}",
                    "register_code": register_code,
                    "date": now,
                    "user_id": self.env.uid,
                    "payer": dossier.submitter_name or dossier.applicant_name,
                    "address": dossier.submitter_id.motcua_address
                    if dossier.submitter_name
                    else dossier.applicant_address,
                    "subject": dossier.subject,
                    "lines": [
                        {
                            "name": fee.name,
                            "amount": fee.amount,
                            "reason": fee.reason or "",
                        }
                        for fee in lines
                    ],
                    "amount": sum(lines.mapped("amount")),
                    "method": lines[0].method,
                    "reference": lines[0].reference,
                }
            )
            lines.write({"receipt_id": receipt.id})
            receipts |= receipt
        return receipts

    @takes(receipt_id=Id(), reason=Text(NOTE))
    def action_cancel_receipt(self, receipt_id, reason):
        """Cancel a receipt that is wrong: it is kept, marked, and its fees are to be
        paid anew. Who issued it may do so on the same day, later the head of the
        agency."""
        self.ensure_one()
        reason = self._require_text(reason, self.env._("the reason"))
        dossier = self._begin("action_cancel_receipt")
        receipt = dossier.fee_receipt_ids.filtered(
            lambda receipt: receipt.id == receipt_id and not receipt.cancelled_on
        )
        if not receipt:
            raise UserError(
                self.env._("This dossier has no such receipt that is still valid.")
            )
        if not self._may_cancel(receipt):
            raise AccessError(
                self.env._(
                    "Receipt %s can be cancelled by who issued it, on the same day, or "
                    "by the head of the agency.",
                    receipt.display_name,
                )
            )
        receipt.write(
            {
                "cancelled_on": fields.Datetime.now(),
                "cancelled_by_id": self.env.uid,
                "cancel_reason": reason,
            }
        )
        dossier.fee_ids.filtered(lambda fee: fee.receipt_id == receipt).write(
            {
                "paid_on": False,
                "method": False,
                "reference": False,
                "user_id": False,
                "receipt_id": False,
            }
        )
        payload = {
            "reason": reason,
            "receipts": [receipt.display_name],
            "amount": receipt.amount,
        }
        dossier._log("cancel_receipt", None, {dossier: payload})
        return True

    def _may_cancel(self, receipt):
        today = to_local(fields.Datetime.now()).date()
        same_day = to_local(receipt.date).date() == today
        own = receipt.user_id == self.env.user and same_day
        return self.env.su or own or self.sudo()._is_head(self.env.user)

    def _cancellable_receipts(self):
        """The valid receipts that the current user may cancel today."""
        return self.sudo().fee_receipt_ids.filtered(
            lambda receipt: not receipt.cancelled_on and self._may_cancel(receipt)
        )

    # ------------------------------------------------------------------

    def _check_paid(self, unpaid_reason):
        """Raise UserError where a result would go out unpaid without a word, or
        although the rule set forbids it."""
        for dossier in self:
            due = dossier.fee_due
            if not due:
                continue
            values = {"dossier": dossier.display_name, "amount": money(due)}
            if dossier.ruleset_id.unpaid_result == "refuse":
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s: %(amount)s đ are still to be paid, and "
                        "%(rules)s lets no result be handed over before.",
                        rules=dossier.ruleset_id.name,
                        **values,
                    )
                )
            if not unpaid_reason:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s: %(amount)s đ are still to be paid. "
                        "Confirm the payment, or write why the result is handed over "
                        "unpaid.",
                        **values,
                    )
                )
