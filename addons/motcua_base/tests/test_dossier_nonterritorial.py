from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestNonTerritorial(MotcuaCase):
    """Desk A receives for commune B (Decree 309/2026, articles 8.3 and 9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure.non_territorial = True

    def _for_b(self, **values):
        return self._received(agency_id=self.other_commune.id, **values)

    def _printed(self, dossier):
        report = "motcua_base.report_receipt"
        html = self.env["ir.actions.report"]._render_qweb_html(report, dossier.ids)[0]
        return " ".join(html.decode().split())

    # -- the two dates ---------------------------------------------------

    def test_received_in_the_morning_it_goes_on_the_same_day(self):
        dossier = self._for_b()
        # Monday 08:00 in Vietnam: until closing, 17:00; the term from then on.
        self.assertEqual(str(dossier.date_handover_due), "2026-03-02 10:00:00")
        self.assertEqual(str(dossier.date_due), "2026-03-09 10:00:00")
        self.assertEqual(dossier.task_id.date_due, dossier.date_handover_due)
        self.assertFalse(dossier.date_competent)

    def test_received_after_three_it_goes_on_the_next_morning(self):
        with freeze_time("2026-03-06 08:00:00"):  # Friday 15:00
            dossier = self._for_b()
        # Monday 08:30: the first working hour is over. Five working days from Monday.
        self.assertEqual(str(dossier.date_handover_due), "2026-03-09 01:30:00")
        self.assertEqual(str(dossier.date_due), "2026-03-16 10:00:00")

    def test_a_second_before_three_is_the_same_day(self):
        with freeze_time("2026-03-06 07:59:59"):
            dossier = self._for_b()
        self.assertEqual(str(dossier.date_handover_due), "2026-03-06 10:00:00")

    def test_the_rule_set_says_until_when(self):
        self.env["motcua.ruleset"].search([]).handover_cutoff = 8.0
        dossier = self._for_b()
        self.assertEqual(str(dossier.date_handover_due), "2026-03-03 01:30:00")

    def test_at_home_there_is_one_date(self):
        dossier = self._received()
        self.assertFalse(dossier.date_handover_due)
        with self._refusing(UserError, "is with the agency in charge already"):
            dossier.action_hand_over()
        dossier.action_forward()
        self.assertFalse(dossier.date_competent)
        self.assertEqual(str(dossier.date_due), "2026-03-09 10:00:00")

    # -- handed over -----------------------------------------------------

    def test_in_time_the_promise_stands(self):
        dossier = self._for_b()
        with freeze_time("2026-03-02 09:00:00"):
            dossier.action_hand_over()
            self.assertEqual(str(dossier.date_competent), "2026-03-02 09:00:00")
        self.assertEqual(str(dossier.date_due), "2026-03-09 10:00:00")
        # Its one-stop goes on as if it had received it itself.
        self.assertEqual(dossier.task_id.agency_id, self.other_desk)
        self.assertEqual(dossier.step_id, self.steps["receive"])
        self.assertFalse(dossier.is_handover_late)
        [handed] = dossier.sudo().task_ids - dossier.task_id
        self.assertNotEqual(handed.verdict, "overdue")

    def test_the_delay_belongs_to_the_receiver(self):
        dossier = self._for_b()
        with freeze_time("2026-03-04 02:00:00"):  # two days late
            dossier.action_hand_over()
        # Five working days from Wednesday: the agency in charge loses nothing.
        self.assertEqual(str(dossier.date_due), "2026-03-11 10:00:00")
        self.assertEqual(str(dossier.date_due_original), "2026-03-09 10:00:00")
        self.assertTrue(dossier.is_handover_late)
        [handed] = dossier.sudo().task_ids - dossier.task_id
        self.assertEqual(handed.agency_id, self.desk)
        self.assertEqual(handed.verdict, "overdue")
        event = dossier.sudo().event_ids.sorted("sequence")[-1]
        self.assertEqual(event.kind, "hand_over")
        self.assertTrue(event.payload["handover_late"])
        self.assertEqual(event.payload["due_after"], "2026-03-11 10:00:00")

    def test_late_the_applicant_is_told_the_new_date(self):
        told = []
        self.patch(
            self.env.registry["motcua.dossier"],
            "_notify_applicant",
            lambda dossiers, kind: told.append((kind, dossiers.ids)),
        )
        in_time, late = self._for_b(), self._for_b()
        in_time.action_hand_over()
        with freeze_time("2026-03-04 02:00:00"):
            late.action_hand_over()
        self.assertIn(("moved", late.ids), told)
        self.assertFalse(
            [ids for kind, ids in told if kind == "moved" and in_time.id in ids]
        )

    def test_the_message_names_both(self):
        dossier = self._for_b()
        with freeze_time("2026-03-04 02:00:00"):
            dossier.action_hand_over()
        letter = self.env.ref("motcua_base.letter_template_moved")
        body = letter._page(dossier._letter_head(), dossier._notice_values())
        for words in (self.desk.name, self.other_commune.name, "17:00 11/03/2026"):
            self.assertIn(words, body)

    def test_the_steps_share_the_time_of_the_agency_in_charge(self):
        dossier = self._for_b()
        with freeze_time("2026-03-04 02:00:00"):
            dossier.action_hand_over()
        # 10 % of the working time from Wednesday 09:00 on.
        self.assertEqual(str(dossier.task_id.date_due), "2026-03-04 08:09:00")

    def test_the_agency_in_charge_decides_and_the_desk_hands_out(self):
        dossier = self._for_b()
        for verb in ("action_forward", "action_complete"):
            self.assertNotIn(verb, dossier.available_verbs)
        with self._refusing(UserError, "pass it on there first"):
            dossier.action_forward()
        with self._refusing(UserError, "pass it on there first"):
            dossier.action_refuse("Không đủ điều kiện")
        dossier.action_hand_over()
        receiver_b, handler_b, approver_b = (
            self._make_officer(name, role, unit)
            for name, role, unit in (
                ("receiver-b", "receiving_officer", self.other_desk),
                ("handler-b", "handler", self.other_commune),
                ("approver-b", "approver", self.other_commune),
            )
        )
        dossier.with_user(receiver_b).action_forward(assignee_id=handler_b.id)
        dossier.with_user(handler_b).action_forward(assignee_id=approver_b.id)
        dossier.with_user(approver_b).action_complete(number="1/TL")
        self.assertEqual(dossier.task_id.agency_id, self.desk)
        dossier.action_return("counter")
        self.assertEqual(dossier.status, "10")

    def test_the_desk_is_told_to_pass_it_on(self):
        dossier = self._for_b()
        self.assertEqual(dossier.sudo()._next_verb()[0], "hand_over")
        dossier.action_next("hand_over")
        self.assertEqual(dossier.sudo()._next_verb()[0], "forward")

    def test_while_the_applicant_supplements_nobody_is_late(self):
        dossier = self._for_b()
        paper = dossier.component_ids[:1]
        dossier.action_request_supplement(paper.ids, "Thiếu trang 2")
        with freeze_time("2026-03-05 02:00:00"):
            dossier.action_supplement({"handed_in": paper.ids})
        self.assertEqual(str(dossier.date_handover_due), "2026-03-05 10:00:00")
        self.assertEqual(dossier.task_id.date_due, dossier.date_handover_due)
        self.assertEqual(str(dossier.date_due), "2026-03-12 10:00:00")

    # -- who may ----------------------------------------------------------

    def test_other_procedures_are_received_at_home_only(self):
        self.procedure.non_territorial = False
        with self._refusing(UserError, "does not receive procedure"):
            self._for_b()

    def test_a_desk_named_by_the_agency_is_no_stranger(self):
        self.procedure.non_territorial = False
        offering = self.other_commune.offering_ids
        offering.desk_id = self.desk
        dossier = self._for_b()
        self.assertFalse(dossier.date_handover_due)

    def test_the_dates_are_the_systems(self):
        draft = self._draft()
        for name in ("date_handover_due", "date_competent"):
            with self.subTest(name), self.assertRaises(AccessError):
                draft.write({name: "2026-03-02 01:00:00"})

    # -- desk and paper ----------------------------------------------------

    def test_the_desk_offers_the_agencies(self):
        self.assertEqual(self._agencies(""), ["Commune A", "Commune B"])
        self.assertEqual(self._agencies("b commune"), ["Commune B"])
        self.procedure.non_territorial = False
        self.assertFalse(self._agencies(""))

    def _agencies(self, typed):
        Desk = self.env["motcua.desk"].with_user(self.receiver)
        rows = Desk.find_agencies(self.desk.id, self.procedure.id, typed)
        return [row["name"] for row in rows]

    def test_what_only_others_offer_is_found_without_an_agency(self):
        procedure = self._make_procedure(name="Trích lục của riêng B")
        self._make_version(procedure).action_publish()
        self._make_offering(self.other_commune, procedure)
        Desk = self.env["motcua.desk"].with_user(self.receiver)
        self.assertFalse(Desk.find_procedures(self.desk.id, "trich luc rieng"))
        procedure.non_territorial = True
        [row] = Desk.find_procedures(self.desk.id, "trich luc rieng")
        self.assertEqual((row["procedure_id"], row["agency_id"]), (procedure.id, False))

    def test_the_desk_shows_both_dates(self):
        Desk = self.env["motcua.desk"].with_user(self.receiver)
        choice = {
            "procedure_id": self.procedure.id,
            "agency_id": self.other_commune.id,
            "channel": "counter",
        }
        info = Desk.describe(self.desk.id, choice)
        self.assertEqual(info["in_charge"], "Commune B")
        self.assertEqual(info["handover_due"], "2026-03-02 10:00:00")
        self.assertEqual(info["due"], "2026-03-09 10:00:00")
        choice["agency_id"] = self.commune.id
        self.assertFalse(Desk.describe(self.desk.id, choice)["handover_due"])

    def test_the_receipt_says_who_decides_and_until_when_it_goes_there(self):
        printed = self._printed(self._for_b())
        self.assertIn("Cơ quan giải quyết: Commune B", printed)
        self.assertIn("17 giờ 00", printed)
        self.assertNotIn("Cơ quan giải quyết", self._printed(self._received()))
