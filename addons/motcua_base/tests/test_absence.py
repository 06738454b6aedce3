from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestAbsence(MotcuaCase):
    """Monday is 2 March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls._make_officer("deputy", "receiving_officer", cls.desk)
        cls.third = cls._make_officer("third", "handler", cls.department)

    def _away(self, user, stand_in, start="2026-03-01", end="2026-03-05", by=None):
        Absence = self.env["motcua.absence"].with_user(by or user)
        return Absence.create(
            {
                "user_id": user.id,
                "stand_in_id": stand_in.id,
                "date_from": start,
                "date_to": end,
            }
        )

    def _mine(self, user):
        return self.env["motcua.dossier"].with_user(user).search([("is_mine", "=", 1)])

    # -- the work reaches the stand-in, and goes back --------------------

    def test_open_and_new_tasks_reach_the_stand_in_and_return(self):
        before = self._at_appraisal()
        self.assertNotIn(before, self._mine(self.deputy))
        self._away(self.handler, self.deputy)
        after = self._at_appraisal()
        self.assertLessEqual(before | after, self._mine(self.deputy))
        self.assertIn("action_forward", after.with_user(self.deputy).available_verbs)
        after.with_user(self.deputy).action_forward()
        self.assertEqual(after.step_id, self.steps["sign"])
        with freeze_time("2026-03-06 01:00:00"):
            self.env.invalidate_all()
            self.assertNotIn(before, self._mine(self.deputy))
            self.assertIn(before, self._mine(self.handler))
            with self.assertRaises(AccessError):
                before.with_user(self.deputy).action_forward()

    def test_nothing_before_the_first_day(self):
        dossier = self._at_appraisal()
        self._away(self.handler, self.deputy, "2026-03-03", None)
        self.assertNotIn(dossier, self._mine(self.deputy))
        with freeze_time("2026-12-31 01:00:00"):
            self.env.invalidate_all()
            self.assertIn(dossier, self._mine(self.deputy))

    def test_chain(self):
        dossier = self._at_appraisal()
        self._away(self.handler, self.third)
        self._away(self.third, self.deputy)
        self.assertIn(dossier, self._mine(self.deputy))
        self.assertEqual(self.handler._motcua_acting(), self.deputy)
        dossier.with_user(self.deputy).action_forward()

    def test_circle_is_refused_and_harmless(self):
        self._away(self.handler, self.third)
        self._away(self.third, self.deputy, "2026-03-03", "2026-03-10")
        with self._refusing(ValidationError, "nobody would be there"):
            self._away(self.deputy, self.handler, "2026-03-04", "2026-03-04")
        # before Tuesday the chain ends with somebody who is there
        self._away(self.deputy, self.handler, "2026-03-06", "2026-03-09")
        self.env.cr.execute(
            "UPDATE motcua_absence SET date_from = '2026-03-01' WHERE user_id IN %s",
            [(self.third.id, self.deputy.id)],
        )
        self.env.cr.execute(
            "UPDATE motcua_absence SET date_to = '2026-03-10' WHERE user_id IN %s",
            [(self.handler.id, self.deputy.id)],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertFalse(self.handler._motcua_acting())
        self.assertTrue(self.handler._motcua_memberships())
        dossier = self._at_appraisal()
        self.assertIn(dossier, self._mine(self.deputy))

    def test_other_bodies_stay_closed(self):
        """An official with two jobs: the stand-in of one does not see the other."""
        self.env["motcua.membership"].create(
            {
                "user_id": self.handler.id,
                "agency_id": self.bureau.id,
                "role": "handler",
                "date_from": "2020-01-01",
            }
        )
        self._away(self.handler, self.deputy)
        bodies = self.deputy._motcua_memberships().agency_id.unit_id
        self.assertEqual(bodies, self.commune)
        self.assertTrue(self.deputy._motcua_has_role("handler", self.department))

    # -- what may be entered ---------------------------------------------

    def test_overlap_is_refused(self):
        self._away(self.handler, self.deputy)
        with self._refusing(ValidationError, "overlaps"):
            self._away(self.handler, self.third, "2026-03-05", None)
        later = self._away(self.handler, self.third, "2026-03-06", None)
        with self._refusing(ValidationError, "overlaps"):
            later.date_from = "2026-03-05"

    def test_the_stand_in_is_a_colleague(self):
        for user in (self.stranger, self.inspector, self.justice):
            with self._refusing(ValidationError, "same public body"):
                self._away(self.handler, user)

    def test_who_may_enter(self):
        self._away(self.handler, self.deputy, by=self.approver)
        self._away(self.third, self.deputy, by=self.leader)
        for user, by in (
            (self.handler, self.third),
            (self.leader, self.approver),
            (self.handler, self.stranger),
            (self.approver, self.handler),
        ):
            with self.subTest(by=by.login), self.assertRaises(AccessError):
                self._away(user, self.receiver, "2026-05-01", "2026-05-02", by=by)

    def test_nobody_prolongs_lent_rights(self):
        absence = self._away(self.leader, self.approver)
        lent = absence.with_user(self.approver)
        self.assertTrue(self.approver._motcua_has_role("unit_leader", self.commune))
        with self.assertRaises(AccessError):
            lent.date_to = "2026-04-01"
        with self.assertRaises(AccessError):
            lent.stand_in_id = self.receiver

    def test_what_has_begun_is_ended_not_deleted(self):
        absence = self._away(self.handler, self.deputy)
        with self._refusing(UserError, "has begun"):
            absence.unlink()
        absence.date_to = "2026-03-02"
        self._away(self.handler, self.deputy, "2026-04-01", None).unlink()

    def test_own_absence_cannot_be_passed_to_somebody_else(self):
        absence = self._away(self.handler, self.deputy)
        with self.assertRaises(AccessError):
            absence.user_id = self.leader

    def test_changes_leave_a_trace(self):
        absence = self._away(self.handler, self.deputy).with_context(
            tracking_disable=False, mail_notrack=False
        )
        self.env.cr.precommit.run()
        absence.stand_in_id = self.third
        self.env.flush_all()
        self.env.cr.precommit.run()
        values = absence.message_ids.sudo().tracking_value_ids
        self.assertIn("stand_in_id", values.field_id.mapped("name"))
