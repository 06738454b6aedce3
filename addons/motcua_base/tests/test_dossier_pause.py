from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .common import MotcuaCase

# The applicant had until Thursday 12 March; this is the morning after.
TOO_LATE = "2026-03-13 01:00:00"
# Due on Monday 9 March 17:00; this is an hour later.
OVERDUE = "2026-03-09 11:00:00"


@tagged("post_install", "-at_install")
class TestDossierPause(MotcuaCase):
    """How a pause begins and ends, who says so, and what the verdicts make of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["motcua.calendar.year"].search([]).unlink()
        cls.env.cr.precommit.run()
        cls.rules = cls.env["motcua.ruleset"]._get_at(date(2026, 3, 2))

    def _asked(self, days=10):
        dossier = self._at_appraisal()
        dossier.action_request_supplement([], "Incomplete", days)
        return dossier

    def _stopped(self, until=None):
        dossier = self._at_appraisal().with_user(self.approver)
        dossier.action_stop("Court order", until)
        return dossier

    # -- stopping ------------------------------------------------------

    def test_only_the_head_stops(self):
        dossier = self._at_appraisal()
        for user in (self.receiver, self.handler):
            with self.assertRaises(AccessError):
                dossier.with_user(user).action_stop("Court order")
        self.assertNotIn("action_stop", dossier.available_verbs)
        dossier.with_user(self.approver).action_stop("Court order")
        self.assertEqual(dossier.status, "8")
        self.assertEqual(dossier.sudo().pause_ids.user_id, self.approver)

    def test_a_stop_has_an_end(self):
        dossier = self._stopped()
        self.assertEqual(dossier.pause_ids.deadline, date(2026, 4, 1))
        self.assertEqual(dossier.event_ids[-1].payload["until"], "2026-04-01")
        self.rules.stop_days = 10
        dossier = self._at_appraisal().with_user(self.approver)
        for until in ("2026-03-13", "2026-03-02", "2026-02-30", "tomorrow"):
            with self.subTest(until=until), self.assertRaises(UserError):
                dossier.action_stop("Court order", until)
        self.assertEqual(dossier.status, "4")
        dossier.action_stop("Court order", "2026-03-12")
        self.assertEqual(dossier.pause_ids.deadline, date(2026, 3, 12))

    def test_where_the_rules_allow_a_stop_without_end(self):
        self.rules.stop_must_end = False
        self.assertFalse(self._stopped().pause_ids.deadline)
        far = self._stopped("2026-12-31")
        self.assertEqual(far.pause_ids.deadline, date(2026, 12, 31))

    def test_how_often(self):
        dossier = self._stopped()
        dossier.action_resume()
        with self._refusing(UserError, "stopped 1 time(s)"):
            dossier.action_stop("Again")
        with self._refusing(UserError, "stopped 1 time(s)"):
            dossier.action_next("stop")
        self.rules.max_stops = 2
        dossier.action_stop("Again")
        self.assertEqual(dossier.status, "8")

    # -- ends ----------------------------------------------------------

    def test_the_head_ends_what_nobody_answers(self):
        for verb, result in (("refuse", "refused"), ("close", "closed")):
            dossier = self._asked().with_user(self.approver)
            call = getattr(dossier, f"action_{verb}")
            with self._refusing(UserError, "waits until 12/03/2026"):
                call("No answer")
            self.assertNotIn(f"action_{verb}", dossier.available_verbs)
            with freeze_time(TOO_LATE):
                dossier.invalidate_recordset()
                self.assertIn(f"action_{verb}", dossier.available_verbs)
                self.assertIn("not supplemented by 12/03", dossier.next_text)
                for user in (self.receiver, self.handler):
                    with self.assertRaises(AccessError):
                        getattr(dossier.with_user(user), f"action_{verb}")("No answer")
                with self._refusing(UserError, "the reason"):
                    call("  ")
                call("No answer")
            self.assertEqual((dossier.status, dossier.result), ("9", result))
            self.assertEqual(dossier.refusal_reason, "No answer")
            event = dossier.event_ids[-1]
            self.assertEqual((event.kind, event.status_from), (verb, "5"))
            # Nine working days of waiting, and none of it is the officers' fault.
            self.assertEqual(dossier.date_due, datetime(2026, 3, 20, 10))
            self.assertEqual(event.payload["due_after"], "2026-03-20 10:00:00")
            self.assertEqual(dossier.verdict, "early")
            self.assertEqual(dossier.portal_verdict, "early")
            self.assertFalse(dossier.pause_ids.filtered(lambda row: not row.date_to))
            # What was handed in is fetched at the desk.
            with freeze_time(TOO_LATE):
                dossier.with_user(self.receiver).action_return()
            self.assertEqual(dossier.status, "10")

    def test_the_applicant_may_still_answer_late(self):
        dossier = self._asked()
        with freeze_time(TOO_LATE):
            dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        self.assertEqual(dossier.status, "4")

    def test_a_stop_ends_in_three_ways(self):
        resumed, refused, closed = (self._stopped("2026-03-12") for _n in range(3))
        resumed.with_user(self.handler).action_resume()
        self.assertEqual(resumed.status, "4")
        refused.action_refuse("Not entitled")
        self.assertEqual((refused.status, refused.result), ("9", "refused"))
        with self._refusing(UserError, "waits until 12/03/2026"):
            closed.action_close("The court has not decided")
        with freeze_time(TOO_LATE):
            closed.action_close("The court has not decided")
        self.assertEqual((closed.status, closed.result), ("9", "closed"))
        self.assertEqual(closed.task_ids.mapped("outcome")[-2:], ["closed", False])
        self.assertIn("fetch the papers", closed.next_text)
        self.assertEqual(closed._next_verb(), ("return", "Hand back the papers"))
        self.assertEqual(refused._next_verb(), ("return", "Hand over the result"))

    def test_what_has_no_end_is_closed_at_any_time(self):
        self.rules.stop_must_end = False
        dossier = self._stopped()
        dossier.action_close("The house has burnt down")
        self.assertEqual(dossier.result, "closed")

    def test_work_that_goes_on_is_neither_closed_nor_refused_by_the_way(self):
        dossier = self._at_appraisal().with_user(self.leader)
        for verb in ("action_close", "action_refuse"):
            with self.assertRaises(UserError):
                getattr(dossier, verb)("No")
        paying = self._at_appraisal()
        paying.action_request_payment([{"name": "Land fee", "amount": 50000}])
        with self._refusing(UserError, "does not allow"):
            paying.with_user(self.approver).action_close("Not paid")

    def test_opinions_asked_for_end_with_it(self):
        dossier = self._at_appraisal()
        dossier.action_consult(self.bureau.ids, "2026-03-05", "Is it true?")
        dossier = dossier.with_user(self.approver)
        dossier.action_stop("Court order")
        dossier.action_refuse("Not entitled")
        opinion = dossier.task_ids.filtered(lambda task: task.kind == "consult")
        self.assertEqual(opinion.outcome, "dropped")

    def test_the_dialogue(self):
        dossier = self._at_appraisal().with_user(self.approver)
        Dialogue = self.env["motcua.dossier.verb"].with_user(self.approver)
        action = Dialogue._open("stop", dossier)
        dialogue = Dialogue.browse(action["res_id"])
        self.assertEqual(dialogue.due_date, date(2026, 4, 1))
        dialogue.write({"due_date": "2026-03-12", "text": "Court order"})
        dialogue.action_apply()
        self.assertEqual(dossier.pause_ids.deadline, date(2026, 3, 12))
        with self._refusing(UserError, "waits until"):
            Dialogue._open("close", dossier)
        with freeze_time(TOO_LATE):
            dialogue = Dialogue.browse(Dialogue._open("close", dossier)["res_id"])
            dialogue.text = "The court has not decided"
            dialogue.action_apply()
        self.assertEqual(dossier.result, "closed")

    # -- withdrawn meanwhile -------------------------------------------

    def test_withdrawn_while_it_is_awaited(self):
        """The request is the end (QĐ 766 item 2.1)."""
        dossier = self._asked(60)
        with freeze_time("2026-04-20 02:00:00"):
            dossier.with_user(self.receiver).action_withdraw("Changed my mind")
        self.assertEqual(dossier.verdict, "early")
        self.assertEqual(dossier.portal_verdict, "early")
        pause = dossier.sudo().pause_ids
        self.assertEqual(pause.due_after, dossier.date_due)
        self.assertGreater(dossier.date_due, dossier.date_done)
        payload = dossier.sudo().event_ids[-1].payload
        self.assertEqual(payload["due_before"], "2026-03-09 10:00:00")

    def test_withdrawn_when_it_was_overdue_already(self):
        dossier = self._at_appraisal()
        with freeze_time(OVERDUE):
            dossier.action_request_supplement([], "Incomplete", 10)
        with freeze_time("2026-03-12 01:00:00"):
            dossier.with_user(self.receiver).action_withdraw("Changed my mind")
        self.assertEqual(dossier.verdict, "overdue")
        self.assertEqual(dossier.portal_verdict, "overdue")

    # -- verdicts ------------------------------------------------------

    def _finish(self, dossier, moment):
        with freeze_time(moment):
            dossier.action_forward(assignee_id=self.approver.id)
            dossier.with_user(self.approver).action_complete(number="1/QĐ")
        return dossier.verdict, dossier.portal_verdict

    def test_a_supplement_is_taken_off(self):
        for done, verdicts in (
            ("2026-03-13 01:00:00", ("early", "early")),
            ("2026-03-16 09:00:00", ("on_time", "on_time")),
            ("2026-03-17 01:00:00", ("overdue", "overdue")),
        ):
            dossier = self._asked()
            with freeze_time("2026-03-09 01:00:00"):
                dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
            self.assertEqual(dossier.date_due, datetime(2026, 3, 16, 10))
            self.assertEqual(self._finish(dossier, done), verdicts, done)

    def test_two_supplements_are_overdue_for_the_portal(self):
        self.rules.max_supplements = 2
        dossier = self._asked()
        for _n in range(2):
            with freeze_time("2026-03-03 01:00:00"):
                dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
                if dossier.status == "4" and len(dossier.sudo().pause_ids) < 2:
                    dossier.action_request_supplement([], "Still incomplete", 10)
        verdicts = self._finish(dossier, "2026-03-04 01:00:00")
        self.assertEqual(verdicts, ("early", "overdue"))
        Dossier = self.env["motcua.dossier"]
        found = Dossier.search([("portal_verdict", "=", "overdue")])
        self.assertIn(dossier, found)
        self.assertNotIn(dossier, Dossier.search([("verdict", "=", "overdue")]))

    def test_other_pauses_count_for_both_alike(self):
        dossier = self._at_appraisal()
        dossier.action_request_payment([{"name": "Land fee", "amount": 50000}])
        with freeze_time("2026-03-09 01:00:00"):
            dossier.action_confirm_payment("cash")
            dossier.action_request_supplement([], "Incomplete", 10)
        with freeze_time("2026-03-11 01:00:00"):
            dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        self.assertEqual(dossier.date_due, datetime(2026, 3, 18, 10))
        verdicts = self._finish(dossier, "2026-03-18 09:00:00")
        self.assertEqual(verdicts, ("on_time", "on_time"))

    def test_a_date_promised_anew_has_the_supplement_in_it(self):
        dossier = self._asked()
        with freeze_time("2026-03-04 01:00:00"):
            dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
            dossier.with_user(self.approver).action_extend("2026-03-13", "Storm")
        verdicts = self._finish(dossier, "2026-03-16 01:00:00")
        self.assertEqual(verdicts, ("overdue", "overdue"))

    def test_verdicts_are_the_systems(self):
        dossier = self._received()
        for name in ("verdict", "portal_verdict"):
            with self.assertRaises(AccessError):
                dossier.write({name: "early"})

    # -- a pause hides nothing -----------------------------------------

    def _is_listed(self, dossier):
        Dossier = self.env["motcua.dossier"]
        return dossier in Dossier.search([("is_overdue", "=", True)])

    def test_overdue_stays_overdue(self):
        ways = {
            "supplement": lambda d: d.action_request_supplement([], "Incomplete", 10),
            "payment": lambda d: d.action_request_payment([{"name": "x", "amount": 1}]),
            "stop": lambda d: d.with_user(self.approver).action_stop("Court order"),
        }
        for kind, pause in ways.items():
            with self.subTest(kind=kind):
                late, in_time = self._at_appraisal(), self._at_appraisal()
                with freeze_time("2026-03-09 02:00:00"):
                    pause(in_time)
                with freeze_time(OVERDUE):
                    pause(late)
                with freeze_time("2026-03-20 02:00:00"):
                    (late | in_time).invalidate_recordset()
                    self.assertTrue(late.is_overdue)
                    self.assertTrue(self._is_listed(late))
                    self.assertEqual(late.urgency, "overdue")
                    self.assertEqual(late.time_left, "paused, overdue already")
                    self.assertFalse(in_time.is_overdue)
                    self.assertFalse(self._is_listed(in_time))
                    self.assertEqual(in_time.urgency, "paused")
                    self._check_counts(late, "overdue")
                    self._check_counts(in_time, "paused")
                    lines = self.env["motcua.my.work"].with_user(self.handler).load()
                    urgency = {line["id"]: line["urgency"] for line in lines["lines"]}
                    self.assertEqual(urgency[late.id], "overdue")

    def _check_counts(self, dossier, urgency):
        """The bars above the columns say the same, of dossiers and of tasks."""
        groups = dossier._read_group([("id", "=", dossier.id)], ["urgency"])
        self.assertEqual(groups, [(urgency,)])
        task = dossier.sudo().task_id
        groups = task._read_group([("id", "=", task.id)], ["urgency"])
        self.assertEqual(groups, [(task.urgency,)])

    # -- warnings ------------------------------------------------------

    def _warned(self, dossier, moment):
        """Whom an activity warns, after the hourly run at ``moment``."""
        commit = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"
        with freeze_time(moment), patch(commit, lambda self, *args, **kwargs: 1000):
            self.env.registry.clear_cache()
            self.env["motcua.dossier.warning"]._cron_warn()
            dossier.invalidate_recordset()
            return dossier.sudo().activity_ids.user_id

    def test_the_head_hears_when_the_days_are_over(self):
        for begin in (self._asked, lambda: self._stopped("2026-03-12")):
            dossier = begin()
            self.assertFalse(self._warned(dossier, "2026-03-12 09:00:00"))
            told = self._warned(dossier, TOO_LATE)
            self.assertEqual(told, self.handler | self.approver)
            dossier = dossier.sudo()
            self.assertEqual(
                set(dossier.activity_ids.mapped("summary")),
                {"The days given have run out"},
            )
            domain = Domain("dossier_id", "=", dossier.id)
            rows = self.env["motcua.dossier.warning"].search_count(domain)
            self._warned(dossier, TOO_LATE)
            self.assertEqual(
                self.env["motcua.dossier.warning"].search_count(domain), rows
            )
            with freeze_time(TOO_LATE):
                dossier.with_user(self.approver).action_close("No answer")
            self.assertFalse(dossier.activity_ids)

    def test_a_leader_stays_warned_of_what_was_overdue(self):
        dossier = self._at_appraisal()
        told = self._warned(dossier, OVERDUE)
        self.assertIn(self.leader, told)
        with freeze_time(OVERDUE):
            dossier.action_request_supplement([], "Incomplete", 60)
        self.assertEqual(self._warned(dossier, "2026-03-12 01:00:00"), told)
        with freeze_time("2026-03-12 01:00:00"):
            dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        # still overdue, since it was before
        self.assertEqual(self._warned(dossier, "2026-03-12 02:00:00"), told)
