from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestWorkflow(MotcuaCase):
    def test_sound_workflow(self):
        self.assertFalse(self.workflow._problems())

    def test_step_out_of_reach(self):
        self.steps["receive"].transition_ids.unlink()
        problems = " ".join(self.workflow._problems())
        self.assertIn("“appraise” can never be reached", problems)

    def test_step_without_an_end(self):
        self.steps["appraise"].transition_ids.unlink()
        problems = " ".join(self.workflow._problems())
        self.assertIn("“appraise” never leads to an end", problems)

    def test_nobody_may_finish(self):
        self.steps["sign"].can_finish = False
        self.assertIn("no step may finish", " ".join(self.workflow._problems()))

    def test_shares_above_the_whole(self):
        self.steps["sign"].term_share = 90
        self.assertIn("exceed", " ".join(self.workflow._problems()))

    def test_copy_has_steps_and_ways(self):
        copy = self.workflow.copy()
        self.assertEqual(len(copy.step_ids), 4)
        self.assertEqual(len(copy.transition_ids), 3)
        self.assertEqual(copy.transition_ids.from_step_id.workflow_id, copy)
        self.assertFalse(copy._problems())

    def test_way_into_another_workflow(self):
        other = self.workflow.copy()
        with self.assertRaisesRegex(ValidationError, "two different steps"):
            self.env["motcua.workflow.transition"].create(
                {
                    "workflow_id": self.workflow.id,
                    "name": "Astray",
                    "from_step_id": self.steps["receive"].id,
                    "to_step_id": other.step_ids[0].id,
                }
            )

    def test_step_in_another_agency(self):
        """Commune → provincial department → commune."""
        self.steps["appraise"].write({"place": "fixed", "agency_id": self.bureau.id})
        dossier = self._received()
        self.assertFalse(
            dossier.with_user(self.justice).search([("id", "=", dossier.id)])
        )
        dossier.action_forward()
        self.assertEqual(dossier.task_agency_id, self.bureau)
        there = dossier.with_user(self.justice)
        self.assertTrue(there.search([("id", "=", dossier.id)]))
        there.action_forward(note="No objection")
        self.assertEqual(dossier.task_agency_id, self.commune)
