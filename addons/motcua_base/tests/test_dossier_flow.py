from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestDossierFlow(MotcuaCase):
    def _refused(self, words, verb, *args, **kwargs):
        """The verb is refused with these words, and nothing has changed."""
        dossier = verb.__self__
        before = dossier.sudo().read(["status", "step_id", "event_count", "date_due"])
        with self.assertRaisesRegex(Exception, words) as caught:
            verb(*args, **kwargs)
        self.assertIsInstance(
            caught.exception, (UserError, ValidationError, AccessError)
        )
        dossier.invalidate_recordset()
        self.assertEqual(
            dossier.sudo().read(["status", "step_id", "event_count", "date_due"]),
            before,
        )

    # -- creation ------------------------------------------------------

    def test_four_values_are_enough(self):
        dossier = self._draft()
        self.assertEqual(dossier.status, "0")
        self.assertEqual(dossier.version_id, self.version)
        self.assertEqual(dossier.desk_id, self.desk)
        self.assertEqual(dossier.applicant_name, "Nguyễn Thị Hoa")
        self.assertEqual(dossier.applicant_id_masked, "0451••••1234")
        papers = {paper.name: paper for paper in dossier.component_ids}
        self.assertEqual(papers["Declaration"].originals, 1)
        self.assertEqual(papers["Proof"].copies, 1)
        self.assertFalse(papers["Power of attorney"].originals)
        self.assertFalse(dossier.code)

    def test_applicant_found_by_number(self):
        values = self._values(
            applicant_id=False,
            applicant_name="Nguyễn Thị Hoa",
            applicant_id_number="045190001234",
        )
        dossier = self.env["motcua.dossier"].with_user(self.receiver).create(values)
        self.assertEqual(dossier.applicant_id, self.citizen)

    def test_new_applicant_is_entered(self):
        values = self._values(
            applicant_id=False,
            applicant_name="Trần Văn Bình",
            applicant_id_number="045085004321",
        )
        dossier = self.env["motcua.dossier"].with_user(self.receiver).create(values)
        self.assertEqual(dossier.applicant_id.sudo().motcua_id_number, "045085004321")

    def test_filed_by_nobody_at_a_desk_comes_in_at_the_own_desk(self):
        dossier = self.env["motcua.dossier"].create(self._values(channel="online"))
        self.assertEqual(dossier.desk_id, self.desk)

    def test_answer_to_a_question_not_asked(self):
        with self.assertRaisesRegex(ValidationError, "no field"):
            self._draft(form_values={"purpose": "work", "salary": 5})

    def test_unknown_procedure(self):
        with self.assertRaisesRegex(UserError, "Choose the procedure"):
            self._draft(procedure_id=False)

    def test_unpublished_procedure(self):
        procedure = self._make_procedure()
        self._make_version(procedure)
        self._make_offering(self.commune, procedure)
        with self.assertRaisesRegex(UserError, "no version in force"):
            self._draft(procedure_id=procedure.id)

    def test_expired_procedure(self):
        self.version.sudo().date_to = "2026-02-28"
        with self.assertRaisesRegex(UserError, "no version in force"):
            self._draft()

    def test_procedure_not_offered_here(self):
        with self.assertRaisesRegex(UserError, "does not offer"):
            self._draft(agency_id=self.bureau.id)

    def test_wrong_id_number(self):
        with self.assertRaisesRegex(ValidationError, "not a valid number"):
            self._draft(applicant_id_number="12345")

    def test_system_columns_are_closed(self):
        for name, value in (("status", "9"), ("code", "X"), ("date_due", "2030-01-01")):
            with self.assertRaises(AccessError):
                self._draft(**{name: value})
            with self.assertRaises(AccessError):
                self._draft().write({name: value})

    # -- intake --------------------------------------------------------

    def test_receive(self):
        dossier = self._received()
        self.assertEqual(dossier.status, "2")
        self.assertRegex(dossier.code, rf"^{self.commune.identifier}-260302-\d{{4}}$")
        # Five working days after a Monday: next Monday at closing, 17:00 in Vietnam.
        self.assertEqual(dossier.date_due, datetime(2026, 3, 9, 10))
        self.assertEqual(dossier.date_due_original, dossier.date_due)
        self.assertEqual(dossier.step_id, self.steps["receive"])
        self.assertEqual(dossier.user_id, self.receiver)
        self.assertEqual(dossier.event_ids.mapped("kind"), ["receive"])
        self.assertEqual(dossier.stage_id, self.env.ref("motcua_base.stage_received"))

    def test_receive_without_a_required_paper(self):
        dossier = self._draft()
        dossier.component_ids.filtered(lambda p: p.name == "Proof").copies = 0
        self._refused("Required papers are missing", dossier.action_receive)

    def test_removing_the_row_of_a_required_paper_does_not_help(self):
        dossier = self._draft()
        dossier.component_ids.filtered(lambda p: p.name == "Proof").unlink()
        self._refused("Required papers are missing", dossier.action_receive)

    def test_officers_work_by_the_law_of_today(self):
        draft = self.version._copy_to_draft()
        draft.date_from = "2026-03-02"
        draft.action_publish()
        self.assertEqual(self._draft(version_id=self.version.id).version_id, draft)

    def test_reason_that_is_no_text(self):
        dossier = self._draft()
        self._refused("“reason” has to be a text", dossier.action_reject, 0)
        self._refused("Please write", dossier.action_reject, "\u200b")

    def test_online_filing_needs_the_form(self):
        dossier = self._draft(channel="online")
        self._refused("Purpose", dossier.action_submit)
        dossier.form_values = {"purpose": "work"}
        dossier.action_submit()
        self.assertEqual(dossier.status, "1")
        # Answered within eight working hours: Monday 08:00 → Tuesday 08:00.
        self.assertEqual(dossier.date_intake_due, datetime(2026, 3, 3, 1))

    def test_date_in_the_future_in_the_form(self):
        dossier = self._draft(form_values={"purpose": "work", "born": "2027-01-01"})
        self._refused("lies in the future", dossier.action_receive)

    def test_reject_needs_a_reason(self):
        dossier = self._draft()
        self._refused("Please write", dossier.action_reject, "  ")
        dossier.action_reject("Not within our authority")
        self.assertEqual(dossier.status, "3")
        self._refused("does not allow", dossier.action_receive)

    def test_receive_new_in_one_call(self):
        answers = (
            self.env["motcua.dossier"]
            .with_user(self.receiver)
            .receive_new([self._values(), self._values()])
        )
        self.assertEqual(len({answer["code"] for answer in answers}), 2)

    def test_fees_follow_pages_and_copies(self):
        version = self.version._copy_to_draft()
        version.date_from = "2026-03-01"
        self.env["motcua.procedure.fee"].create(
            {
                "channel_id": version.channel_ids.filtered(
                    lambda row: row.channel == "counter"
                ).id,
                "kind": "fee",
                "name": "Certification",
                "amount": 2000,
                "unit": "page",
                "tier_from": 3,
                "tier_amount": 1000,
                "max_amount": 200000,
            }
        )
        version.action_publish()
        dossier = self._received(pages=5, copies=2)
        # Two pages at 2,000 and three at 1,000, twice.
        self.assertEqual(dossier.fee_total, 14000)
        dossier.action_confirm_payment("cash")
        self.assertTrue(dossier.fee_ids.paid_on)
        self._refused("Nothing is left", dossier.action_confirm_payment)

    # -- from desk to desk ---------------------------------------------

    def test_whole_life(self):
        dossier = self._ready()
        self.assertEqual(dossier.status, "9")
        self.assertEqual(dossier.verdict, "early")
        self.assertEqual(dossier.task_id.user_id.id, False)
        self.assertFalse(dossier.task_id.date_due)
        dossier.action_return(receiver="Nguyễn Thị Hoa")
        self.assertEqual(dossier.status, "10")
        self.assertFalse(dossier.task_id)
        self.assertEqual(
            dossier.event_ids.mapped("kind"),
            ["receive", "forward", "forward", "complete", "return"],
        )
        self.assertFalse(dossier._log_problems())

    def test_only_the_holder_may_go_on(self):
        dossier = self._at_appraisal()
        for user in (self.receiver, self.approver, self.post):
            # Odoo says in the language of the database whom a dossier is closed to.
            self._refused(
                r"not with you|\(motcua\.dossier\)",
                dossier.with_user(user).action_forward,
            )

    def test_leader_may_act_for_his_unit(self):
        dossier = self._at_appraisal()
        dossier.with_user(self.leader).action_forward()
        self.assertEqual(dossier.step_id, self.steps["sign"])

    def test_way_that_does_not_exist(self):
        dossier = self._at_appraisal()
        way = self.steps["receive"].transition_ids
        self._refused("cannot go there", dossier.action_forward, way.id)

    def test_return_needs_a_reason_and_goes_to_the_same_hands(self):
        dossier = self._at_signature()
        way = self.steps["sign"].transition_ids
        self._refused("why it goes back", dossier.action_forward, way.id)
        dossier.action_forward(way.id, note="The date is wrong")
        self.assertEqual(dossier.user_id, self.handler)
        self.assertEqual(dossier.event_ids[-1].kind, "return_back")

    def test_step_that_must_give_an_opinion(self):
        self.steps["appraise"].requires = "opinion"
        dossier = self._at_appraisal()
        self._refused("needs a written opinion", dossier.action_forward)
        dossier.action_forward(note="Complete and correct")
        self.assertEqual(dossier.step_id, self.steps["sign"])

    def test_consultation_is_joined(self):
        dossier = self._at_appraisal()
        dossier.action_consult(
            [self.bureau.id, self.other_commune.id], "2026-03-04", "Any objection?"
        )
        self._refused("still waits", dossier.action_forward)
        dossier.with_user(self.justice).action_answer("None")
        self._refused("Commune B", dossier.action_forward)
        dossier.with_user(self.stranger).action_answer("None either")
        dossier.action_forward()
        self.assertEqual(dossier.step_id, self.steps["sign"])

    def test_assign(self):
        dossier = self._received()
        dossier.action_forward()
        self.assertFalse(dossier.user_id)
        self._refused(
            "cannot do step", dossier.with_user(self.leader).action_assign, self.post.id
        )
        dossier.with_user(self.leader).action_assign(self.handler.id)
        self.assertEqual(dossier.user_id, self.handler)

    def test_least_open_work(self):
        self.steps["appraise"].assignment = "least_open"
        second = self._make_officer("second", "handler", self.department)
        first = self._received()
        first.action_forward()
        other = self._received()
        other.action_forward()
        self.assertEqual({first.user_id, other.user_id}, {self.handler, second})

    def test_drag_calls_the_verb(self):
        dossier = self._at_appraisal()
        dossier.stage_id = self.env.ref("motcua_base.stage_signature")
        self.assertEqual(dossier.step_id, self.steps["sign"])
        self.assertEqual(dossier.event_ids[-1].kind, "forward")

    def test_illegal_drag(self):
        dossier = self._at_appraisal()
        for stage in ("ready", "closed", "received"):
            with self.assertRaisesRegex(UserError, "cannot go to"):
                dossier.stage_id = self.env.ref(f"motcua_base.stage_{stage}")
            dossier.invalidate_recordset()
        self.assertEqual(dossier.step_id, self.steps["appraise"])

    # -- pauses --------------------------------------------------------

    def test_supplement_pauses_the_clock(self):
        with freeze_time("2026-03-03 02:00:00"):
            dossier = self._at_appraisal()  # Tuesday 09:00, due Tuesday 10 March
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))
        with freeze_time("2026-03-04 02:00:00"):
            paper = dossier.component_ids.filtered(lambda p: p.name == "Proof")
            dossier.action_request_supplement(paper.ids, "Illegible", 10)
        self.assertEqual(dossier.status, "5")
        self.assertTrue(paper.supplement_wanted)
        with freeze_time("2026-03-11 02:00:00"):
            dossier.with_user(self.receiver).action_supplement(
                {"components": {paper.id: {"copies": 2}}}
            )
        self.assertEqual(dossier.status, "4")
        self.assertEqual(paper.copies, 2)
        # Exactly a week stood still, so the promise moves by a week.
        self.assertEqual(dossier.date_due, datetime(2026, 3, 17, 10))
        self.assertEqual(dossier.date_due_original, datetime(2026, 3, 10, 10))
        event = dossier.event_ids[-1]
        self.assertEqual(event.payload["due_before"], "2026-03-10 10:00:00")
        self.assertEqual(event.payload["due_after"], "2026-03-17 10:00:00")

    def test_supplement_restarts_the_clock_under_decree_61(self):
        dossier = self._at_appraisal()
        dossier.sudo().ruleset_id = self.env.ref("motcua_base.ruleset_61_2018")
        dossier.action_request_supplement([], "Incomplete", 10)
        with freeze_time("2026-03-11 02:00:00"):
            dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        self.assertEqual(dossier.date_due, datetime(2026, 3, 18, 10))

    def test_only_one_supplement(self):
        dossier = self._at_appraisal()
        dossier.action_request_supplement([], "Incomplete", 10)
        dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        self._refused(
            "allows no more", dossier.action_request_supplement, [], "Again", 10
        )

    def test_payment_pauses_until_paid(self):
        dossier = self._at_appraisal()
        self._refused("name and an amount", dossier.action_request_payment, [{}])
        dossier.action_request_payment([{"name": "Land fee", "amount": 50000}])
        self.assertEqual(dossier.status, "6")
        with freeze_time("2026-03-03 01:00:00"):
            dossier.action_confirm_payment("transfer", "FT123")
        self.assertEqual(dossier.status, "4")
        self.assertEqual(dossier.fee_ids.reference, "FT123")
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))

    def test_stop_and_resume(self):
        dossier = self._at_appraisal()
        dossier.with_user(self.approver).action_stop("Court order")
        self.assertEqual(dossier.status, "8")
        self._refused("does not allow", dossier.action_forward)
        dossier.action_resume()
        self.assertEqual(dossier.status, "4")

    # -- extension -----------------------------------------------------

    def test_extend_keeps_the_first_promise(self):
        dossier = self._at_appraisal().with_user(self.approver)
        dossier.action_extend("2026-03-13", "Verification takes longer")
        self.assertEqual(dossier.date_due, datetime(2026, 3, 13, 10))
        self.assertEqual(dossier.date_due_original, datetime(2026, 3, 9, 10))
        self._refused("allows no more", dossier.action_extend, "2026-03-20", "Again")

    def test_extend_too_late(self):
        dossier = self._at_appraisal().with_user(self.approver)
        with freeze_time("2026-03-09 01:00:00"):
            self._refused("Too late", dossier.action_extend, "2026-03-13", "Late")

    def test_extend_to_an_earlier_day(self):
        dossier = self._at_appraisal().with_user(self.approver)
        self._refused("must be later", dossier.action_extend, "2026-03-05", "Why not")

    def test_handler_may_not_extend(self):
        dossier = self._at_appraisal()
        self._refused("not with you", dossier.action_extend, "2026-03-13", "Busy")

    # -- ends ----------------------------------------------------------

    def test_only_who_may_sign_finishes(self):
        dossier = self._at_appraisal()
        self._refused("cannot finish", dossier.action_complete, number="1")
        self._refused("cannot finish", dossier.action_refuse, "Not entitled")

    def test_refusal_is_a_result(self):
        dossier = self._at_signature()
        dossier.action_refuse("Not entitled")
        self.assertEqual((dossier.status, dossier.result), ("9", "refused"))

    def test_result_dated_in_the_future(self):
        dossier = self._at_signature()
        self._refused(
            "lies in the future",
            dossier.action_complete,
            number="1",
            date="2026-03-05",
        )

    def test_withdraw_closes_everything(self):
        dossier = self._at_appraisal()
        dossier.action_request_supplement([], "Incomplete", 10)
        dossier.with_user(self.receiver).action_withdraw("Moved away")
        self.assertEqual(dossier.status, "7")
        self.assertFalse(dossier.task_ids.filtered(lambda task: not task.date_done))
        self.assertFalse(dossier.pause_ids.filtered(lambda pause: not pause.date_to))

    def test_filed_dossiers_are_never_deleted(self):
        dossier = self._received()
        with self.assertRaisesRegex(UserError, "Only drafts"):
            dossier.unlink()
        self._draft().unlink()

    # -- corrections ---------------------------------------------------

    def test_correction_leaves_a_trace(self):
        dossier = self._received()
        dossier.applicant_phone = "0987654321"
        event = dossier.event_ids[-1]
        self.assertEqual(event.kind, "correct")
        self.assertEqual(
            event.payload, {"applicant_phone": ["0912345678", "0987654321"]}
        )

    def test_closed_dossiers_do_not_change(self):
        dossier = self._ready()
        with self.assertRaisesRegex(UserError, "is closed"):
            dossier.applicant_phone = "0987654321"

    def test_the_promise_is_fixed(self):
        dossier = self._received()
        with self.assertRaisesRegex(UserError, "fixed once"):
            dossier.channel = "post"
