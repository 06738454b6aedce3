from collections import Counter

from odoo import sql_db
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.motcua_base.models.workflow_assignment import LOCK_SPACE

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestAssignment(MotcuaCase):
    """The step “appraise” has three handlers at the office of commune A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._make_officer("second", "handler", cls.department)
        cls.third = cls._make_officer("third", "handler", cls.department)
        cls.handlers = cls.handler | cls.second | cls.third
        cls.step = cls.steps["appraise"]

    def _forwarded(self, **values):
        dossier = self._received(**values)
        dossier.action_forward()
        return dossier.user_id

    def _away(self, user, stand_in):
        self.env["motcua.absence"].create(
            {"user_id": user.id, "stand_in_id": stand_in.id, "date_from": "2026-03-01"}
        )

    def test_queue(self):
        self.assertFalse(self._forwarded())

    def test_fixed(self):
        self.step.write({"assignment": "fixed", "user_id": self.second.id})
        self.assertEqual(self._forwarded(), self.second)
        self._away(self.second, self.third)
        self.assertEqual(self._forwarded(), self.second)
        self.assertEqual(
            len(
                self.env["motcua.dossier"]
                .with_user(self.third)
                .search([("is_mine", "=", True)])
            ),
            2,
        )

    def test_fixed_officer_who_left(self):
        self.step.write({"assignment": "fixed", "user_id": self.second.id})
        self.second.motcua_membership_ids.date_to = "2026-03-01"
        self.assertFalse(self._forwarded())

    def test_least_open(self):
        self.step.assignment = "least_open"
        for _number in range(2):
            self._received().action_forward(assignee_id=self.handler.id)
        self._received().action_forward(assignee_id=self.second.id)
        self.assertEqual(self._forwarded(), self.third)
        # now second and third are even; who stands in has the other's work as well
        self._away(self.handler, self.second)
        self.assertEqual(self._forwarded(), self.third)

    def test_who_is_away_gets_nothing(self):
        self._away(self.handler, self.second)
        for policy in ("least_open", "round_robin"):
            self.step.assignment = policy
            officers = {self._forwarded() for _number in range(4)}
            self.assertEqual(officers, {self.second, self.third})

    def test_where_all_are_away_the_stand_in_finds_it(self):
        self.step.assignment = "round_robin"
        for user in self.handlers:
            self._away(user, self.receiver)
        officer = self._forwarded()
        self.assertIn(officer, self.handlers)
        self.assertEqual(officer._motcua_acting(), self.receiver)

    def test_in_turn(self):
        self.step.assignment = "round_robin"
        turns = [self._forwarded() for _number in range(7)]
        self.assertEqual(turns, [*self.handlers, *self.handlers, self.handler])

    def test_in_turn_within_a_batch(self):
        self.step.assignment = "round_robin"
        self._forwarded()
        dossiers = self.env["motcua.dossier"].union(
            *(self._received() for _number in range(5))
        )
        dossiers.action_forward()
        self.assertEqual(
            Counter(dossier.user_id for dossier in dossiers),
            Counter({self.second: 2, self.third: 2, self.handler: 1}),
        )

    def test_in_turn_at_the_same_moment(self):
        """Another transaction is just giving work to the first in line: it is the next
        one's turn, and nobody waits."""
        self.step.assignment = "round_robin"
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, self.handler.id]
            )
            self.assertEqual(self._forwarded(), self.second)

    def test_area(self):
        self.step.assignment = "area"
        for user, areas in (
            (self.handler, "Thôn 1, Thôn 2"),
            (self.second, "Thôn 11"),
            (self.third, "Khối 3, Commune A"),
        ):
            user.motcua_membership_ids.areas = areas
        for address, officer in (
            ("thon 1, Commune A", self.handler | self.third),
            ("Số 5, Thôn 11", self.second),
            ("khoi 3", self.third),
            ("Thôn 7", self.env["res.users"]),
        ):
            with self.subTest(address=address):
                picked = self._forwarded(applicant_address=address)
                self.assertEqual(picked & officer, picked)
                self.assertEqual(bool(picked), bool(officer))

    def test_queries_do_not_grow(self):
        for policy in ("least_open", "round_robin", "area"):
            self.step.assignment = policy
            costs = []
            for size in (1, 10):
                dossiers = self.env["motcua.dossier"].union(
                    *(self._received() for _number in range(size))
                )
                agencies = dict.fromkeys(dossiers.sudo(), self.department)
                self.step._pick_officers(agencies)
                self.env.flush_all()
                before = self.env.cr.sql_log_count
                self.step._pick_officers(agencies)
                costs.append(self.env.cr.sql_log_count - before)
            self.assertEqual(*costs, policy)

    # -- rebalancing -----------------------------------------------------

    def _task(self, user):
        dossier = self._at_appraisal()
        return dossier, dossier.sudo().task_id.with_user(user)

    def test_drag_assigns(self):
        dossier, task = self._task(self.leader)
        task.write({"user_id": self.second.id})
        self.assertEqual(dossier.user_id, self.second)
        self.assertEqual(task.user_id, self.second)
        self.assertEqual(dossier.sudo().event_ids[-1].kind, "assign")
        task.write({"user_id": False})
        self.assertFalse(dossier.user_id)
        self.assertTrue(dossier.sudo().event_ids[-1].summary is not None)

    def test_illegal_drags_are_refused(self):
        dossier, task = self._task(self.leader)
        with self._refusing(UserError, "cannot do step"):
            task.write({"user_id": self.receiver.id})
        with self.assertRaises(AccessError):
            task.with_user(self.second).write({"user_id": self.second.id})
        dossier.with_user(self.approver).action_stop("Waiting")
        with self._refusing(UserError, "does not allow"):
            task.write({"user_id": self.second.id})
        with self.assertRaises(AccessError):
            task.write({"note": "x"})
        done = dossier.sudo().task_ids[0].with_user(self.leader)
        with self._refusing(UserError, "is open"):
            done.write({"user_id": self.second.id})

    def test_work_that_nobody_has_is_open_to_see(self):
        """Odoo would fold the column without an officer away."""
        dossier = self._received()
        dossier.action_forward()
        Task = self.env["motcua.dossier.task"].with_user(self.leader)
        groups = Task.web_read_group(
            [("dossier_id", "=", dossier.id), ("date_done", "=", False)],
            ["user_id"],
            auto_unfold=True,
            unfold_read_specification={"dossier_id": {}},
        )["groups"]
        [nobody] = [group for group in groups if not group["user_id"]]
        [row] = nobody["__records"]
        self.assertEqual(row["dossier_id"], dossier.id)

    def test_columns_and_bars(self):
        self._task(self.leader)
        Task = self.env["motcua.dossier.task"].with_user(self.leader)
        domain = [("date_done", "=", False)]
        groups = Task.with_context(read_group_expand=True).formatted_read_group(
            domain, ["user_id"], ["__count"]
        )
        shown = {group["user_id"] and group["user_id"][0] for group in groups}
        self.assertLessEqual(set(self.handlers.ids), shown)
        self.assertNotIn(self.stranger.id, shown)
        colors = {"overdue": "danger", "soon": "warning", "in_time": "success"}
        bar = Task.read_progress_bar(
            domain, "user_id", {"field": "urgency", "colors": colors}
        )
        counts = bar[str(self.handler.id)]
        tasks = Task.search([*domain, ("user_id", "=", self.handler.id)])
        self.assertEqual(
            {key: count for key, count in counts.items() if count},
            dict(Counter(tasks.mapped("urgency"))),
        )
