import psycopg2

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestExemption(MotcuaCase):
    """Who pays less, by the rules of the version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        draft = cls.version._copy_to_draft()
        draft.date_from = "2026-03-01"
        counter = draft.channel_ids.filtered(lambda row: row.channel == "counter")
        counter.fee_ids = [
            Command.create({"name": "Lệ phí", "kind": "charge", "amount": 15000}),
            Command.create({"name": "Phí", "kind": "fee", "amount": 8000}),
            Command.create({"name": "Thuế", "kind": "third_party", "amount": 100}),
        ]
        cls.proof = draft.component_ids.filtered(lambda paper: paper.kind == "paper")[0]
        draft.exemption_ids = [
            Command.create({"name": "Hộ nghèo"}),
            Command.create(
                {
                    "name": "Hộ cận nghèo",
                    "reduction": "percent",
                    "percent": 50,
                    "kind": "charge",
                    "component_id": cls.proof.id,
                }
            ),
            Command.create(
                {
                    "name": "Người cao tuổi",
                    "reduction": "amount",
                    "amount": 3000,
                    "fee_name": "Phí",
                }
            ),
            Command.create({"name": "Đã hết hạn", "date_to": "2026-02-28"}),
        ]
        draft.action_publish()
        cls.version = draft
        cls.poor, cls.near_poor, cls.elderly, cls.expired = draft.exemption_ids

    def _amounts(self, dossier):
        return dict(dossier.fee_ids.mapped(lambda fee: (fee.name, fee.amount)))

    def test_the_poor_pay_nothing(self):
        dossier = self._received(exemption_id=self.poor.id)
        self.assertEqual(self._amounts(dossier), {"Lệ phí": 0, "Phí": 0, "Thuế": 100})
        charge = dossier.fee_ids[0]
        self.assertEqual((charge.amount_full, charge.reason), (15000, "Hộ nghèo"))

    def test_reductions_by_per_cent_and_amount(self):
        for rule, charge, fee in (
            (self.near_poor, 7500, 8000),
            (self.elderly, 15000, 5000),
            (self.env["motcua.procedure.exemption"], 15000, 8000),
        ):
            with self.subTest(rule=rule.name):
                dossier = self._received(exemption_id=rule.id)
                self.assertEqual(
                    self._amounts(dossier),
                    {"Lệ phí": charge, "Phí": fee, "Thuế": 100},
                )

    def test_over_rpc_in_one_call(self):
        [answer] = (
            self.env["motcua.dossier"]
            .with_user(self.receiver)
            .receive_new([self._values(exemption_id=self.poor.id)])
        )
        dossier = self.env["motcua.dossier"].browse(answer["id"])
        self.assertEqual(dossier.fee_due, 100)

    def test_proof_is_wanted(self):
        dossier = self._draft(exemption_id=self.near_poor.id)
        dossier.component_ids.filtered(
            lambda paper: paper.component_id == self.proof
        ).write({"originals": 0, "certified": 0, "copies": 0})
        with self._refusing(ValidationError, "Hộ cận nghèo"):
            dossier.action_receive()

    def test_wrong_rules_are_refused(self):
        with self._refusing(ValidationError, "not in force today"):
            self._draft(exemption_id=self.expired.id)
        other = self._next_version().exemption_ids[0]
        self.env.flush_all()
        dossier = self._draft()
        with self._refusing(ValidationError, "another version"):
            dossier.exemption_id = self.poor
        dossier.exemption_id = other

    def test_chosen_before_reception_only(self):
        dossier = self._received()
        with self._refusing(UserError, "fixed once"):
            dossier.exemption_id = self.poor

    def test_bad_rules(self):
        draft = self.version._copy_to_draft()
        for values in (
            {"reduction": "percent", "percent": 0},
            {"reduction": "percent", "percent": 100},
            {"reduction": "amount", "amount": 0},
            {"date_from": "2026-03-02", "date_to": "2026-03-01"},
        ):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                draft.exemption_ids = [Command.create({"name": "x", **values})]
                self.env.flush_all()

    def test_versions_copy_their_rules(self):
        draft = self.version._copy_to_draft()
        names = self.version.exemption_ids.mapped("name")
        self.assertEqual(draft.exemption_ids.mapped("name"), names)
        proof = draft.exemption_ids[1].component_id
        self.assertEqual(proof.version_id, draft)
        self.assertEqual(proof.name, self.proof.name)
        with self._refusing(UserError, "published"):
            self.poor.name = "Mọi người"

    def test_the_desk_offers_and_computes(self):
        desk = self.env["motcua.desk"].with_user(self.receiver)
        choice = {"procedure_id": self.procedure.id, "agency_id": self.commune.id}
        info = desk.describe(self.desk.id, choice)
        self.assertEqual(
            [(row["name"], row["proof"]) for row in info["exemptions"]],
            [
                ("Hộ nghèo", ""),
                ("Hộ cận nghèo", self.proof.name),
                ("Người cao tuổi", ""),
            ],
        )
        choice["exemption_id"] = self.poor.id
        info = desk.describe(self.desk.id, choice)
        self.assertEqual(info["exemption_id"], self.poor.id)
        self.assertEqual(
            [(fee["amount"], fee["reason"]) for fee in info["fees"]],
            [(0, "Hộ nghèo"), (0, "Hộ nghèo"), (100, "")],
        )

    def test_the_receipt_says_why(self):
        dossier = self._received(exemption_id=self.near_poor.id)
        dossier.action_confirm_payment()
        for report, amount in (("receipt", "15.500"), ("fee_receipt", "7.500")):
            html, _kind = (
                self.env["ir.actions.report"]
                .with_user(self.receiver)
                ._render_qweb_html(f"motcua_base.report_{report}", dossier.ids)
            )
            with self.subTest(report):
                self.assertIn("Hộ cận nghèo", html.decode())
                self.assertIn(amount, html.decode())
