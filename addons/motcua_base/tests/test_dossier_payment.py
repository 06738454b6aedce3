import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class PaymentCase(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.write(
            {"fee_receipt_symbol": "PH-{yy}E", "charge_receipt_symbol": "LP-{yy}E"}
        )

    def _owing(self, *fees, dossier=None):
        """A received dossier with ``fees`` (kind, amount) to be paid."""
        dossier = dossier or self._received()
        self.env["motcua.dossier.fee"].create(
            [
                {
                    "dossier_id": dossier.id,
                    "kind": kind,
                    "name": f"{kind} {amount}",
                    "amount": amount,
                }
                for kind, amount in fees or [("charge", 10000)]
            ]
        )
        return dossier

    def _events(self, dossier, kind):
        return dossier.sudo().event_ids.filtered(lambda event: event.kind == kind)


@tagged("post_install", "-at_install")
class TestFees(PaymentCase):
    """What a dossier costs changes with a reason, and leaves a trace."""

    def test_amounts_change_with_a_reason_and_an_event(self):
        dossier = self._owing()
        fee = dossier.fee_ids
        dossier.action_change_fees([{"id": fee.id, "amount": 4000}], "Tính nhầm")
        self.assertEqual((fee.amount, fee.amount_full), (4000, 10000))
        self.assertEqual(fee.reason, "Tính nhầm")
        event = self._events(dossier, "change_fees")
        self.assertEqual(event.user_id, self.receiver)
        self.assertEqual(event.payload["fees"], [["charge 10000", 10000, 4000]])
        self.assertIn("10.000 → 4.000", event.summary)
        self.assertIn("Tính nhầm", event.summary)

    def test_what_is_waived_stays(self):
        dossier = self._owing()
        dossier.action_change_fees([{"id": dossier.fee_ids.id, "amount": 0}], "Miễn")
        self.assertEqual(len(dossier.fee_ids), 1)
        self.assertFalse(dossier.fee_due)
        self._refuse("Nothing is left", dossier.action_confirm_payment)

    def test_fees_are_added(self):
        dossier = self._received()
        dossier.action_change_fees(
            [{"name": "Bản sao", "amount": 8000, "kind": "fee"}], "Xin thêm bản sao"
        )
        self.assertEqual(dossier.fee_due, 8000)
        self.assertEqual(
            self._events(dossier, "change_fees").payload["fees"],
            [["Bản sao", None, 8000]],
        )

    def test_bad_changes_change_nothing(self):
        dossier, other = self._owing(), self._owing()
        fee = dossier.fee_ids
        for changes, reason, words in (
            ([{"id": fee.id, "amount": 1}], " ", "the reason"),
            ([], "x", "No fee was changed"),
            ([{"id": fee.id, "amount": 10000}], "x", "No fee was changed"),
            ([{"id": other.fee_ids.id, "amount": 1}], "x", "does not belong"),
            ([{"id": fee.id, "amount": -1}], "x", "whole number"),
            ([{"id": fee.id, "amount": "1"}], "x", "whole number"),
            ([{"id": fee.id, "amount": True}], "x", "whole number"),
            ([{"id": fee.id, "amount": 2**40}], "x", "whole number"),
            ([{"name": "x", "amount": 0}], "x", "above zero"),
            ([{"name": " ", "amount": 5}], "x", "above zero"),
            ([{"name": "x", "amount": 5, "kind": "tax"}], "x", "has to be one of"),
        ):
            with self.subTest(changes=changes):
                self._refuse(words, dossier.action_change_fees, changes, reason)
        self.assertEqual(fee.amount, 10000)
        self.assertFalse(self._events(dossier, "change_fees"))

    def test_paid_fees_are_fixed(self):
        dossier = self._owing()
        dossier.action_confirm_payment()
        change = [{"id": dossier.fee_ids.id, "amount": 1}]
        self._refuse("Cancel its receipt", dossier.action_change_fees, change, "x")

    def test_nobody_deletes_fees(self):
        dossier = self._owing()
        for user in (self.receiver, self.leader):
            with self.assertRaises(AccessError):
                dossier.fee_ids.with_user(user).unlink()
        dossier.action_confirm_payment()
        with self._refusing(UserError, "paid is not deleted"):
            dossier.sudo().fee_ids.unlink()

    def test_a_waived_payment_lets_the_dossier_go_on(self):
        dossier = self._at_appraisal()
        dossier.action_request_payment([{"name": "Phí", "amount": 5000}])
        dossier.action_change_fees([{"id": dossier.fee_ids.id, "amount": 0}], "Miễn")
        self.assertEqual(dossier.status, "4")

    def _refuse(self, words, verb, *arguments):
        with self._refusing(UserError, words):
            verb(*arguments)


@tagged("post_install", "-at_install")
class TestPayment(PaymentCase):
    """Who paid what, and what is proved by which receipt."""

    def test_lines_are_chosen(self):
        dossier = self._owing(("fee", 1000), ("charge", 2000))
        fee, charge = dossier.fee_ids
        dossier.action_confirm_payment("cash", fee_ids=fee.ids)
        self.assertTrue(fee.paid_on)
        self.assertFalse(charge.paid_on)
        self.assertEqual(dossier.fee_due, 2000)
        with self._refusing(UserError, "still to be paid"):
            dossier.action_confirm_payment("cash", fee_ids=fee.ids)

    def test_a_dossier_waits_until_all_is_paid(self):
        dossier = self._at_appraisal()
        dossier.action_request_payment(
            [{"name": "A", "amount": 1000}, {"name": "B", "amount": 2000}]
        )
        first, second = dossier.fee_ids
        dossier.action_confirm_payment(fee_ids=first.ids)
        self.assertEqual(dossier.status, "6")
        dossier.action_confirm_payment(fee_ids=second.ids)
        self.assertEqual(dossier.status, "4")

    def test_what_others_collect_has_proof_and_no_receipt(self):
        dossier = self._owing(("charge", 2000), ("third_party", 700000))
        charge, tax = dossier.fee_ids
        dossier.action_confirm_payment()
        self.assertEqual(dossier.fee_ids.filtered("paid_on"), charge)
        with self._refusing(UserError, "proves the payment"):
            dossier.action_confirm_payment(fee_ids=tax.ids)
        dossier.action_confirm_payment("transfer", "GNT 55", tax.ids)
        self.assertFalse(tax.receipt_id)
        self.assertEqual(dossier.fee_receipt_ids.mapped("amount"), [2000])

    def test_each_kind_has_numbers_of_its_own(self):
        # Numbers outlive tests: this one counts in books of its own.
        self.commune.write(
            {"fee_receipt_symbol": "A-{yy}E", "charge_receipt_symbol": "B-{yy}E"}
        )
        with freeze_time("2026-03-03 02:00:00"):
            first = self._owing(("fee", 1000), ("charge", 2000), ("charge", 3000))
            second = self._owing(("charge", 4000))
            (first | second).action_confirm_payment("cash")
        with freeze_time("2027-03-03 02:00:00"):
            third = self._owing(("charge", 5000), dossier=second)
            third.action_confirm_payment("cash")
        receipts = (first | second).fee_receipt_ids.sorted("id")
        self.assertEqual(
            [(r.symbol, r.name, r.amount) for r in receipts],
            [
                ("A-26E", "0000001", 1000),
                ("B-26E", "0000001", 5000),
                ("B-26E", "0000002", 4000),
                ("B-27E", "0000001", 5000),
            ],
        )
        self.assertEqual([line["amount"] for line in receipts[1].lines], [2000, 3000])

    def test_every_number_is_accounted_for(self):
        dossier = self._owing()
        dossier.action_confirm_payment()
        receipt = dossier.fee_receipt_ids
        dossier.action_cancel_receipt(receipt.id, "Sai")
        Number = self.env["motcua.number"]
        number = Number.search([("name", "=", receipt.register_code)])
        # Taken in a transaction of its own, which this one does not see.
        self.assertFalse(number)
        self.env.cr.execute(
            "INSERT INTO motcua_number (series, number, name, taken_by, date)"
            " VALUES ('x', 1, %s, 1, now())",
            [receipt.register_code],
        )
        self.assertTrue(Number.search([("name", "=", receipt.register_code)]).used)

    def test_a_cancelled_receipt_is_kept(self):
        dossier = self._owing()
        dossier.action_confirm_payment()
        receipt = dossier.fee_receipt_ids
        dossier.action_cancel_receipt(receipt.id, "Ghi sai tên")
        self.assertEqual(receipt.cancel_reason, "Ghi sai tên")
        self.assertEqual(receipt.cancelled_by_id, self.receiver)
        self.assertEqual(dossier.fee_due, 10000)
        event = self._events(dossier, "cancel_receipt")
        self.assertEqual(event.payload["receipts"], [receipt.display_name])
        dossier.action_confirm_payment()
        numbers = [int(row.name) for row in dossier.fee_receipt_ids.sorted("id")]
        self.assertEqual(numbers, [int(receipt.name), int(receipt.name) + 1])
        with self._refusing(UserError, "still valid"):
            dossier.action_cancel_receipt(receipt.id, "x")

    def test_who_cancels(self):
        """Who issued it, on the same day; later the head of the agency."""
        dossier = self._owing()
        dossier.action_confirm_payment()
        receipt = dossier.fee_receipt_ids
        with freeze_time("2026-03-03 02:00:00"):
            dossier.invalidate_recordset(["available_verbs"])
            self.assertNotIn("action_cancel_receipt", dossier.available_verbs)
            with self._refusing(AccessError, "on the same day"):
                dossier.action_cancel_receipt(receipt.id, "Sai")
            dossier.with_user(self.approver).action_cancel_receipt(receipt.id, "Sai")
        self.assertTrue(receipt.cancelled_on)

    def test_receipts_are_kept_by_the_database(self):
        dossier = self._owing()
        dossier.action_confirm_payment()
        receipt = dossier.sudo().fee_receipt_ids
        with self._refusing(AccessError, "cannot be changed"):
            receipt.write({"amount": 1})
        with self._refusing(AccessError, "cannot be deleted"):
            receipt.unlink()
        with self._refusing(AccessError, "when a step is done"):
            receipt.with_user(self.receiver).create({"amount": 1})
        for statement in (
            "UPDATE motcua_fee_receipt SET amount = 1",
            "DELETE FROM motcua_fee_receipt",
            "TRUNCATE motcua_fee_receipt CASCADE",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.InsufficientPrivilege),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)


@tagged("post_install", "-at_install")
class TestUnpaidResult(PaymentCase):
    """No result goes out unpaid without a word."""

    def test_handing_over_asks(self):
        dossier = self._owing(dossier=self._ready())
        with self._refusing(UserError, "10.000 đ are still to be paid"):
            dossier.action_return()
        self.assertEqual(dossier.status, "9")
        dossier.action_return(unpaid_reason="Nộp qua bưu điện")
        payload = dossier.sudo().event_ids[-1].payload
        self.assertEqual(payload["unpaid"], 10000)
        self.assertEqual(payload["unpaid_reason"], "Nộp qua bưu điện")
        dossier.action_confirm_payment("post")
        self.assertFalse(dossier.fee_due)

    def test_the_rule_set_may_forbid_it(self):
        dossier = self._owing(dossier=self._ready())
        dossier.sudo().ruleset_id.unpaid_result = "refuse"
        with self._refusing(UserError, "lets no result be handed over"):
            dossier.action_return(unpaid_reason="x")
        dossier.action_confirm_payment()
        dossier.action_return()
        self.assertEqual(dossier.status, "10")

    def test_of_many_only_those_that_owe_are_asked_about(self):
        owing, free = self._owing(dossier=self._ready()), self._ready()
        done, failed = (owing | free)._apply_by_halves(
            lambda some: some.action_return()
        )
        self.assertEqual(done, free)
        self.assertEqual([row["id"] for row in failed], owing.ids)
