from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestBatch(MotcuaCase):
    """Many dossiers at once: what may move moves, the rest is listed, nothing twice."""

    def _dialogue(self, dossiers, verb="forward", user=None, **values):
        dialogues = self.env["motcua.dossier.verb"].with_user(user or self.handler)
        return dialogues.create(
            {"verb": verb, "dossier_ids": [Command.set(dossiers.ids)], **values}
        )

    def _many(self, count):
        dossiers = self.env["motcua.dossier"].with_user(self.handler)
        for _number in range(count):
            dossiers |= self._at_appraisal()
        return dossiers

    def test_all_move(self):
        dossiers = self._many(3)
        outcome = self._dialogue(dossiers).apply_to(dossiers.ids)
        self.assertEqual(outcome, {"done": dossiers.ids, "failed": []})
        self.assertEqual(dossiers.step_id, self.steps["sign"])

    def test_some_may_not_move(self):
        dossiers = self._many(5)
        stopped, asked = dossiers[1], dossiers[3]
        stopped.with_user(self.approver).action_stop("A court decides.")
        asked.action_consult([self.bureau.id], "2026-03-05", "Is it true?")
        outcome = self._dialogue(dossiers).apply_to(dossiers.ids)
        self.assertEqual(len(outcome["done"]), 3)
        reasons = {row["id"]: row["reason"] for row in outcome["failed"]}
        self.assertIn("does not allow this", reasons[stopped.id])
        self.assertIn("Department of Justice", reasons[asked.id])
        moved = dossiers - stopped - asked
        self.assertEqual(moved.step_id, self.steps["sign"])
        self.assertEqual(set(moved.mapped("event_count")), {3})
        self.assertEqual(asked.step_id, self.steps["appraise"])
        # A refused dossier has no trace of the attempt.
        self.assertEqual(len(asked.task_ids.filtered(lambda t: t.kind == "main")), 2)

    def test_nothing_twice(self):
        """The same lot sent again, as after a broken line."""
        self._make_membership_of_handler_as_approver()
        dossiers = self._many(2)
        dialogue = self._dialogue(dossiers)
        first = dialogue.apply_to(dossiers.ids)
        again = dialogue.apply_to(dossiers.ids)
        self.assertEqual(first, again)
        self.assertEqual(set(dossiers.mapped("event_count")), {3})

    def _make_membership_of_handler_as_approver(self):
        self.env["motcua.membership"].create(
            {
                "user_id": self.handler.id,
                "agency_id": self.commune.id,
                "role": "approver",
                "date_from": "2020-01-01",
            }
        )

    def test_only_dossiers_of_the_dialogue(self):
        dossiers = self._many(2)
        outcome = self._dialogue(dossiers[0]).apply_to(dossiers.ids)
        self.assertEqual(outcome["done"], dossiers[0].ids)
        self.assertEqual(dossiers[1].step_id, self.steps["appraise"])

    def test_assign_and_return(self):
        ready = self._ready() | self._ready()
        other = self._at_appraisal()
        outcome = self._dialogue(
            (ready | other).with_user(self.receiver), "return", self.receiver
        ).apply_to((ready | other).ids)
        self.assertEqual(set(outcome["done"]), set(ready.ids))
        self.assertEqual([row["id"] for row in outcome["failed"]], [other.id])
        self.assertEqual(set(ready.mapped("status")), {"10"})
        queued = self._received()
        queued.action_forward()
        dialogue = self._dialogue(queued, "assign", assignee_id=self.handler.id)
        self.assertEqual(dialogue.apply_to(queued.ids)["done"], queued.ids)
        self.assertEqual(queued.user_id, self.handler)

    def test_receive(self):
        good = self._draft(form_values={"purpose": "Work"})
        closed = self._draft(form_values={"purpose": "Work"})
        closed.action_reject("Wrong office.")
        outcome = self._dialogue(good | closed, "receive", self.receiver).apply_to(
            (good | closed).ids
        )
        self.assertEqual(outcome["done"], good.ids)
        self.assertTrue(good.code)

    def test_the_browser_sends_the_lots(self):
        dossiers = self._many(2)
        dialogue = self._dialogue(dossiers)
        action = dialogue.action_apply_each()
        self.assertEqual(action["tag"], "motcua_batch")
        self.assertEqual(action["params"]["dossiers"], dialogue.dossier_ids.ids)
