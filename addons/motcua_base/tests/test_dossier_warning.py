import re
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import MotcuaCase

# Received on Monday 2 March 08:00, due on Monday 9 March 17:00 (Vietnam).
EARLY = "2026-03-05 01:00:00"
NEAR = "2026-03-06 01:00:00"
DUE = "2026-03-09 01:00:00"
OVERDUE = "2026-03-09 11:00:00"


@tagged("post_install", "-at_install")
class TestDossierWarning(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            # Tests have one transaction.
            patch(
                "odoo.addons.base.models.ir_cron.IrCron._commit_progress",
                lambda self, *args, **kwargs: 1000,
            )
        )
        cls.env["motcua.dossier.warning"].search([]).unlink()
        # Steps of their own would only blur the picture.
        for step in cls.steps.values():
            step.term_share = 0

    def _warn(self, moment):
        with freeze_time(moment):
            self.env.registry.clear_cache()
            self.env["motcua.dossier.warning"]._cron_warn()

    def _mail(self, moment):
        known = self.env["mail.mail"].search([])
        with freeze_time(moment):
            self.env.registry.clear_cache()
            self.env["motcua.dossier.warning"]._cron_mail()
        return self.env["mail.mail"].search([]) - known

    def _told(self, dossier):
        """Who was warned of what: set of (level, user)."""
        rows = self.env["motcua.dossier.warning"].search(
            [("dossier_id", "=", dossier.id)]
        )
        return {(row.level, row.user_id) for row in rows}

    def _activities(self, dossier):
        dossier.invalidate_recordset()
        return dossier.sudo().activity_ids.user_id

    # -- who hears when --------------------------------------------------

    def test_the_longer_it_burns_the_higher_up(self):
        dossier = self._at_appraisal()
        told = set()
        for moment, level, users in (
            ("2026-03-04 01:00:00", None, ()),
            (EARLY, "early", (self.handler,)),
            (NEAR, "near", (self.handler, self.approver)),
            ("2026-03-08 01:00:00", None, ()),
            (DUE, "due", (self.handler, self.approver)),
            (OVERDUE, "overdue", (self.handler, self.approver, self.leader)),
            ("2026-03-12 01:00:00", None, ()),
        ):
            self._warn(moment)
            told |= {(level, user) for user in users}
            self.assertEqual(self._told(dossier), told, moment)

    def test_nobody_is_warned_twice(self):
        dossier = self._at_appraisal()
        for _run in range(3):
            self._warn(NEAR)
        rows = self.env["motcua.dossier.warning"].search(
            [("dossier_id", "=", dossier.id)]
        )
        self.assertEqual(len(rows), 2)
        self.assertEqual(len(dossier.sudo().activity_ids), 2)
        # not even after it went to somebody else and came back
        dossier.action_forward(assignee_id=self.approver.id)
        way = self.steps["sign"].transition_ids
        dossier.with_user(self.approver).action_forward(way.id, note="Again")
        self._warn(NEAR)
        self.assertEqual(
            [user for level, user in self._told(dossier)].count(self.handler), 1
        )

    def test_who_gets_it_later_is_warned_later(self):
        dossier = self._at_appraisal()
        self._warn(EARLY)
        dossier.action_forward(assignee_id=self.approver.id)
        self._warn(EARLY)
        self.assertEqual(
            self._told(dossier), {("early", self.handler), ("early", self.approver)}
        )

    def test_nobody_in_charge_then_the_head(self):
        dossier = self._received()
        dossier.action_forward()
        self._warn(EARLY)
        self.assertEqual(self._told(dossier), {("early", self.approver)})

    def test_stand_in_is_warned(self):
        dossier = self._at_appraisal()
        self.env["motcua.absence"].create(
            {
                "user_id": self.handler.id,
                "stand_in_id": self.receiver.id,
                "date_from": "2026-03-05",
                "date_to": "2026-03-05",
            }
        )
        self._warn(EARLY)
        self.assertEqual(self._told(dossier), {("early", self.receiver)})
        self._warn(NEAR)
        self.assertEqual(self._activities(dossier), self.handler | self.approver)

    def test_steps(self):
        self.steps["appraise"].term_share = 60
        dossier = self._at_appraisal()
        due = dossier.sudo().task_id.date_due
        self.assertLess(due, dossier.date_due)
        self._warn(due.replace(hour=1))
        self.assertIn(("due", self.handler), self._told(dossier))
        dossier.action_forward(assignee_id=self.approver.id)
        self.assertFalse(self._activities(dossier))

    def test_parameters(self):
        self.env["motcua.ruleset"].search([]).write({"warn_hours": 0, "warn_days": 3})
        dossier = self._at_appraisal()
        self._warn(EARLY)
        self.assertEqual(
            self._told(dossier), {("near", self.handler), ("near", self.approver)}
        )

    # -- paused, moved, finished -----------------------------------------

    def test_paused_dossiers_warn_nobody(self):
        dossier = self._at_appraisal()
        self._warn(NEAR)
        with freeze_time(NEAR):
            dossier.with_user(self.approver).action_stop("Waiting for the court")
        self.assertFalse(self._activities(dossier))
        told = self._told(dossier)
        self._warn(OVERDUE)
        self.assertEqual(self._told(dossier), told)

    def test_a_new_date_is_a_new_limit(self):
        dossier = self._at_appraisal()
        self._warn(NEAR)
        with freeze_time(NEAR):
            dossier.with_user(self.approver).action_extend("2026-03-20", "Verification")
        self.assertFalse(self._activities(dossier))
        self._warn(OVERDUE)
        self.assertFalse(self._activities(dossier))
        self._warn("2026-03-19 01:00:00")
        self.assertEqual(self._activities(dossier), self.handler | self.approver)

    def test_activities_close_by_themselves(self):
        dossier = self._at_appraisal()
        self._warn(NEAR)
        self.assertEqual(self._activities(dossier), self.handler | self.approver)
        dossier.action_forward(assignee_id=self.approver.id)
        self.assertEqual(self._activities(dossier), self.approver)
        dossier.with_user(self.approver).action_complete(number="1")
        self.assertFalse(self._activities(dossier))

    def test_warning_makes_no_follower_and_no_message(self):
        dossier = self._at_appraisal()
        before = dossier.sudo().message_partner_ids, dossier.sudo().message_ids
        self._warn(OVERDUE)
        dossier.invalidate_recordset()
        self.assertEqual(
            (dossier.sudo().message_partner_ids, dossier.sudo().message_ids), before
        )

    def test_queries_do_not_grow(self):
        costs = []
        for size in (2, 20):
            dossiers = self.env["motcua.dossier"].union(
                *(self._at_appraisal().with_env(self.env) for _number in range(size))
            )
            with freeze_time(OVERDUE):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.env["motcua.dossier.warning"].sudo()._warn(dossiers.sudo())
                self.env.flush_all()
                costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0] + 2)

    # -- the morning letter ----------------------------------------------

    def test_morning_letter(self):
        for user in (self.handler, self.approver):
            user.email = f"{user.login}@example.com"
        dossier, other = self._at_appraisal(), self._at_appraisal()
        self._warn(NEAR)
        letters = self._mail(NEAR)
        self.assertEqual(
            sorted(letters.mapped("email_to")),
            sorted((self.handler | self.approver).mapped("email_formatted")),
        )
        body = letters[0].body_html
        for words in (
            dossier.code,
            other.code,
            "17:00 09/03/2026",
            "Due soon",
            "appraise",
            self.handler.name,
            f"/odoo/motcua-dossiers/{dossier.id}",
        ):
            self.assertIn(words, body)
        self.assertNotIn(self.citizen.name, body)
        self.assertFalse(self._mail(NEAR), "one letter, once")

    def test_links_of_the_letter_lead_somewhere(self):
        self.handler.email = "handler@example.com"
        self._at_appraisal()
        self._warn(NEAR)
        body = str(self._mail(NEAR)[0].body_html)
        paths = set(re.findall(r'href="[^"]*/odoo/([\w-]+)', body))
        self.assertEqual(len(paths), 2, "the dossier, and the list of work")
        actions = self.env["ir.actions.actions"].search([("path", "in", list(paths))])
        self.assertEqual(set(actions.mapped("path")), paths)

    def test_the_clock_at_the_top_leads_to_what_burns(self):
        dossier, _other = self._at_appraisal(), self._received()
        self._warn(OVERDUE)
        Dossier = self.env["motcua.dossier"].with_user(self.handler)
        arch = etree.fromstring(Dossier.get_view(view_type="search")["arch"])
        with freeze_time("2026-03-10 02:00:00"):
            [group] = [
                group
                for group in self.env["res.users"]
                .with_user(self.handler)
                ._get_activity_groups()
                if group["model"] == "motcua.dossier"
            ]
            self.assertEqual(group["overdue_count"], 1)
            # The web client asks for filters by these names.
            for name, found in (
                ("activities_overdue", dossier),
                ("activities_today", Dossier),
                ("activities_upcoming_all", Dossier),
            ):
                [condition] = arch.xpath(f"//filter[@name='{name}']/@domain")
                domain = Domain(safe_eval(condition))
                self.assertEqual(Dossier.search(domain), found)

    def test_the_next_letter_counts_the_earlier(self):
        self.handler.email = "handler@example.com"
        self._at_appraisal()
        self._warn(NEAR)
        self._mail(NEAR)
        with freeze_time("2026-03-03 01:00:00"):
            later = self._at_appraisal()
        self._warn("2026-03-09 00:00:00")
        letter = self._mail("2026-03-09 00:00:00").filtered(
            lambda mail: "handler@" in mail.email_to
        )
        self.assertIn(later.code, letter.body_html)
        self.assertIn("1 dossier(s) of earlier letters", letter.body_html)

    def test_no_letter_on_days_off_and_for_what_is_over(self):
        self.handler.email = "handler@example.com"
        dossier, other = self._at_appraisal(), self._at_appraisal()
        self._warn(NEAR)
        self.assertFalse(self._mail("2026-03-07 00:00:00"), "a Saturday")
        dossier.action_forward(assignee_id=self.approver.id)
        letter = self._mail("2026-03-09 00:00:00").filtered(
            lambda mail: "handler@" in mail.email_to
        )
        self.assertIn(other.code, letter.body_html)
        self.assertNotIn(dossier.code, letter.body_html)

    def test_letter_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.handler.write({"email": "handler@example.com", "lang": "vi_VN"})
        self._at_appraisal()
        self._warn(NEAR)
        self.assertTrue(self._mail(NEAR))

    # -- nobody silences a warning ---------------------------------------

    def test_whom_it_warns_cannot_close_it(self):
        dossier = self._at_appraisal()
        self._warn(OVERDUE)
        for user in (self.handler, self.approver, self.leader):
            warning = dossier.sudo().activity_ids.filtered(
                lambda row, user=user: row.user_id == user
            )[0]
            warning = warning.with_user(user)
            self.assertFalse(warning.can_write)
            for method, *arguments in (
                ("unlink",),
                ("action_cancel",),
                ("action_done",),
                ("action_feedback", "Seen"),
                ("action_reschedule_nextweek",),
                ("action_archive",),
                ("write", {"user_id": self.receiver.id}),
                ("write", {"date_deadline": "2027-01-01"}),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self._refusing(AccessError, "warning of the system"),
                ):
                    getattr(warning, method)(*arguments)
            self.assertTrue(warning.active)

    def test_nor_over_the_dossier(self):
        dossier = self._at_appraisal()
        self._warn(OVERDUE)
        kind = "motcua_base.mail_activity_type_overdue"
        count = len(dossier.sudo().activity_ids)
        for method in ("activity_unlink", "activity_feedback"):
            with (
                self.subTest(method=method),
                self._refusing(AccessError, "warning of the system"),
            ):
                getattr(dossier, method)([kind], only_automated=False)
        with self._refusing(AccessError, "warning of the system"):
            dossier.activity_schedule(kind, summary="x", user_id=self.leader.id)
        self.assertEqual(len(dossier.sudo().activity_ids), count)

    def test_it_ends_with_its_cause(self):
        for verb, arguments in (
            ("action_forward", (None, self.approver.id)),
            ("action_request_supplement", ([], "Sign it")),
        ):
            with self.subTest(verb=verb):
                dossier = self._at_appraisal()
                self._warn(DUE)
                self.assertIn(self.handler, self._activities(dossier))
                getattr(dossier, verb)(*arguments)
                self.assertNotIn(self.handler, self._activities(dossier))

    def test_own_activities_stay_ones_own(self):
        dossier = self._at_appraisal()
        activity = dossier.activity_schedule(summary="Call", user_id=self.handler.id)
        activity.action_done()
        self.assertFalse(activity.active)
