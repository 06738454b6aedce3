from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestDossierClock(MotcuaCase):
    """Terms, calendars and steps; MONDAY is 2 March 2026, 08:00 in Vietnam."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["motcua.calendar.year"].search([]).unlink()
        cls.year = cls.env["motcua.calendar.year"].create({"year": 2026})
        cls._run_precommit()

    @classmethod
    def _run_precommit(cls):
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.env.flush_all()

    def _day(self, date, kind, **values):
        day = self.env["motcua.calendar.day"].create(
            {
                "year_id": self.year.id,
                "date": date,
                "kind": kind,
                "name": kind,
                **values,
            }
        )
        self._run_precommit()
        return day

    def test_new_day_off_moves_open_dossiers_and_says_so(self):
        dossier = self._received()
        self._day("2026-03-05", "off")
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))
        self.assertEqual(dossier.date_due_original, datetime(2026, 3, 9, 10))
        event = dossier.event_ids[-1]
        self.assertEqual(event.kind, "recalculate")
        self.assertEqual(event.payload["due_before"], "2026-03-09 10:00:00")
        self.assertFalse(dossier._log_problems())

    def test_make_up_saturday_is_worked(self):
        self._day("2026-03-07", "work")
        self.assertEqual(self._received().date_due, datetime(2026, 3, 7, 10))

    def test_what_the_receipt_promised_is_kept(self):
        """Neither a holiday less nor a make-up Saturday more makes anybody come
        earlier than it was promised in writing; the log says what it would be."""
        holiday = self._day("2026-03-05", "off")
        dossier = self._received()
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))
        holiday.unlink()
        self._run_precommit()
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))
        event = dossier.event_ids[-1]
        self.assertEqual(event.kind, "recalculate")
        self.assertEqual(event.payload["due_after"], "2026-03-10 10:00:00")
        self.assertEqual(event.payload["due_computed"], "2026-03-09 10:00:00")
        self.assertIn("By the calendar it would be: 09/03/2026 17:00", event.summary)
        # said once, however often calendars change
        self._day("2026-12-24", "off")
        self.assertEqual(dossier.event_ids[-1], event)
        self._day("2026-03-07", "work")
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))
        said = dossier.event_ids[-1].payload["due_computed"]
        self.assertEqual(said, "2026-03-07 10:00:00")

    def test_a_holiday_set_by_mistake_and_removed(self):
        dossier = self._received()
        mistake = self._day("2026-03-05", "off")
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))
        mistake.unlink()
        self._run_precommit()
        self.assertEqual(dossier.date_due, datetime(2026, 3, 9, 10))

    def test_the_promise_moves_with_the_pauses(self):
        holiday = self._day("2026-03-05", "off")
        dossier = self._at_appraisal()
        dossier.with_user(self.approver).action_stop("Court order")
        holiday.unlink()
        self._run_precommit()
        with freeze_time("2026-03-04 01:00:00"):
            dossier.action_resume()
        # promised for Tuesday 10, two days later
        self.assertEqual(dossier.date_due, datetime(2026, 3, 12, 10))
        payload = dossier.sudo().event_ids[-1].payload
        self.assertEqual(payload["due_computed"], "2026-03-11 10:00:00")

    def test_finished_dossiers_keep_their_date(self):
        dossier = self._ready()
        count = dossier.event_count
        self._day("2026-03-05", "off")
        self.assertEqual(dossier.date_due, datetime(2026, 3, 9, 10))
        self.assertEqual(dossier.event_count, count)

    def test_day_off_of_another_calendar(self):
        dossier = self._received()
        self._day("2026-03-05", "off", calendar_id=self._make_calendar().id)
        self.assertEqual(dossier.date_due, datetime(2026, 3, 9, 10))

    def test_day_off_before_reception_changes_nothing(self):
        dossier = self._received()
        self._day("2026-02-27", "off")
        self.assertEqual(dossier.event_ids.mapped("kind"), ["receive"])

    def test_paused_dossier_gets_its_date_on_resuming(self):
        dossier = self._at_appraisal()
        dossier.with_user(self.approver).action_stop("Court order")
        self._day("2026-03-05", "off")
        self.assertEqual(dossier.date_due, datetime(2026, 3, 9, 10))
        with freeze_time("2026-03-03 01:00:00"):
            dossier.action_resume()
        self.assertEqual(dossier.date_due, datetime(2026, 3, 11, 10))

    def test_the_head_says_what_a_pause_does_to_the_date(self):
        dossier = self._at_appraisal()
        dossier.sudo().ruleset_id.max_stops = 2
        self.assertFalse(dossier.pause_text)
        dossier.with_user(self.approver).action_stop("Court order")
        with freeze_time("2026-03-03 01:00:00"):
            dossier.invalidate_recordset()
            said = dossier.pause_text
            dossier.action_resume()
        self.assertIn("since 08:00 02/03/2026", said)
        self.assertIn("due 17:00 10/03/2026", said)
        self.assertEqual(dossier.date_due, datetime(2026, 3, 10, 10))
        self.assertFalse(dossier.pause_text)
        with freeze_time("2026-03-11 01:00:00"):
            dossier.with_user(self.approver).action_stop("Court order")
            self.assertIn("overdue already (17:00 10/03/2026)", dossier.pause_text)

    def test_proposed_holidays_are_confirmed_by_a_person(self):
        self.year.action_propose()
        days = self.year.day_ids.mapped(lambda day: day.date.strftime("%d/%m"))
        for day in ("01/01", "17/02", "30/04", "01/05", "02/09"):
            self.assertIn(day, days)
        self.assertEqual(self.year.state, "proposed")
        self.year.action_confirm()
        self.assertEqual(self.year.confirmed_by_id, self.env.user)

    def test_steps_have_their_share(self):
        dossier = self._received()
        # A tenth of the 48 working hours from Monday 08:00 to next Monday 17:00 is
        # 4 hours 45 minutes (the Monday of reception counts from 08:00).
        self.assertEqual(dossier.task_id.date_due, datetime(2026, 3, 2, 7, 15))
        with freeze_time("2026-03-02 03:00:00"):
            dossier.action_forward(assignee_id=self.handler.id)
        # 28.5 hours from Monday 10:00: 5.5 left that day, then 8 + 8 + 7.
        self.assertEqual(dossier.task_id.date_due, datetime(2026, 3, 5, 9))
        self.assertEqual(dossier.task_ids[0].verdict, "on_time")

    def test_pause_moves_the_step_too(self):
        dossier = self._at_appraisal()
        due = dossier.task_id.date_due
        dossier.action_request_supplement([], "Incomplete", 10)
        with freeze_time("2026-03-09 01:00:00"):
            dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        self.assertEqual((dossier.task_id.date_due - due).days, 7)

    def test_shortened_local_term(self):
        offering = self.env["motcua.offering"]._require(self.commune, self.procedure)
        offering.write({"term_quantity": 2, "term_unit": "working_day"})
        self.assertEqual(self._received().date_due, datetime(2026, 3, 4, 10))

    def test_overdue_is_found(self):
        dossier = self._received()
        self.assertFalse(dossier.is_overdue)
        with freeze_time("2026-03-09 10:00:01"):
            dossier.invalidate_recordset()
            self.assertTrue(dossier.is_overdue)
            overdue = self.env["motcua.dossier"].search([("is_overdue", "=", True)])
            self.assertIn(dossier, overdue)

    def test_result_waiting_for_its_owner_is_not_late(self):
        dossier = self._ready()
        with freeze_time("2026-04-01 01:00:00"):
            dossier.invalidate_recordset()
            self.assertFalse(dossier.is_overdue)
            self.assertEqual(dossier.verdict, "early")
