from freezegun import freeze_time

from odoo.exceptions import UserError

from .common import MotcuaCase


class TestChangeCase(MotcuaCase):
    """Received on Monday 2/3/2026: 5 working days end on 9/3, 10 on 16/3."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.two_ways = cls._make_two_ways()
        cls.case = cls.two_ways.case_ids

    def _two_way_dossier(self, **values):
        return self._received(procedure_id=self.two_ways.procedure_id.id, **values)

    def _due(self, dossier):
        return str(dossier.date_due)

    def test_term_papers_and_fees_follow(self):
        dossier = self._two_way_dossier()
        self.assertEqual(self._due(dossier), "2026-03-09 10:00:00")
        with freeze_time("2026-03-03 02:00:00"):
            dossier.action_change_case(self.case.id, "To be verified")
        self.assertEqual(dossier.case_id, self.case)
        self.assertEqual(self._due(dossier), "2026-03-16 10:00:00")
        self.assertEqual(str(dossier.date_due_original), "2026-03-16 10:00:00")
        self.assertEqual(dossier.fee_ids.mapped("amount"), [50000])
        report = dossier.component_ids.filtered(lambda row: row.name == "Report")
        self.assertEqual(report.originals, 0, "nobody has handed it in")
        event = dossier.sudo().event_ids[-1]
        self.assertEqual(event.kind, "change_case")
        self.assertEqual(event.payload["due_before"], "2026-03-09 10:00:00")
        self.assertEqual(event.payload["due_after"], "2026-03-16 10:00:00")
        self.assertEqual(event.payload["reason"], "To be verified")

    def test_back_to_the_ordinary_case(self):
        dossier = self._two_way_dossier()
        dossier.action_change_case(self.case.id, "To be verified")
        dossier.action_change_case(False, "Known after all")
        self.assertFalse(dossier.case_id)
        self.assertEqual(self._due(dossier), "2026-03-09 10:00:00")
        self.assertFalse(dossier.fee_ids, "the fee was open: it goes with its case")
        self.assertNotIn("Report", dossier.component_ids.mapped("name"))

    def test_a_fee_that_was_paid_stays(self):
        dossier = self._two_way_dossier()
        dossier.action_change_case(self.case.id, "To be verified")
        dossier.action_confirm_payment("cash")
        dossier.action_change_case(False, "Known after all")
        self.assertEqual(dossier.fee_ids.mapped("amount"), [50000])
        dossier.action_change_case(self.case.id, "To be verified")
        self.assertEqual(dossier.fee_ids.mapped("amount"), [50000], "asked for once")

    def test_refused(self):
        dossier = self._two_way_dossier()
        other = self._make_version(
            self._make_procedure(), case_ids=[(0, 0, {"name": "Theirs"})]
        )
        for case_id in (False, other.case_ids.id, 0):
            with self.subTest(case_id), self.assertRaises(UserError):
                dossier.action_change_case(case_id, "Reason")
        with self.assertRaises(UserError):
            dossier.action_change_case(self.case.id, " ")
        self.assertFalse(dossier.case_id)

    def test_not_after_a_decision(self):
        dossier = self._at_signature(procedure_id=self.two_ways.procedure_id.id)
        dossier.with_user(self.approver).action_complete(number="1/QĐ")
        self.assertNotIn("action_change_case", dossier.available_verbs)
        with self.assertRaises(UserError):
            dossier.sudo().action_change_case(self.case.id, "Late")

    def test_new_receipt_says_what_it_replaces(self):
        dossier = self._two_way_dossier()
        Report = self.env["report.motcua_base.report_receipt"]
        self.assertFalse(Report._get_report_values(dossier.ids)["forms"][0]["replaces"])
        with freeze_time("2026-03-03 02:00:00"):
            dossier.action_change_case(self.case.id, "To be verified")
        form = Report._get_report_values(dossier.ids)["forms"][0]
        self.assertEqual(
            form["replaces"],
            "Giấy lần 2, thay thế giấy đã cấp ngày 02 tháng 3 năm 2026",
        )
        self.assertIn("ngày 16 tháng 3 năm 2026", form["due"])
        Group = self.env["report.motcua_base.report_group_receipt"]
        [row] = Group._get_report_values(dossier.ids)["forms"][0]["rows"]
        self.assertEqual(row["replaces"], form["replaces"])


class TestProvisional(MotcuaCase):
    """A promise is firm only where a person has confirmed the days off it rests on."""

    def test_the_receipt_says_so_until_the_year_is_confirmed(self):
        Year = self.env["motcua.calendar.year"]
        Year.search([("year", "in", (2026, 2027))]).sudo().unlink()
        this, following = Year.create([{"year": 2026}, {"year": 2027}])
        this.action_confirm()
        with freeze_time("2026-12-28 02:00:00"):
            dossier = self._received()
        due = dossier.date_due_original
        self.assertEqual(str(due), "2027-01-04 10:00:00")
        for name in ("report_receipt", "report_group_receipt"):
            Report = self.env[f"report.motcua_base.{name}"]
            with self.subTest(name):
                form = Report._get_report_values(dossier.ids)["forms"][0]
                self.assertIn("dự kiến", str(form))
                self.assertIn("2027", dossier.provisional_years)
        following.action_confirm()
        dossier.invalidate_recordset()
        self.assertFalse(dossier.provisional_years)
        Report = self.env["report.motcua_base.report_receipt"]
        form = Report._get_report_values(dossier.ids)["forms"][0]
        self.assertNotIn("dự kiến", form["due"])
