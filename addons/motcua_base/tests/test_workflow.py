from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MotcuaCase

CONDITION = '{"all": [{"field": "purpose", "op": "=", "value": "work"}]}'


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
        self.steps["appraise"].consult_agency_ids = self.bureau
        copy = self.workflow.copy()
        self.assertEqual(len(copy.step_ids), 4)
        self.assertEqual(copy.step_ids.consult_agency_ids, self.bureau)
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

    def test_liaison_upwards_and_back(self):
        """One workflow for all communes: the agency above, the agency of the desk."""
        above = self._make_officer("above", "handler", self.province)
        self.steps["appraise"].place = "superior"
        self.steps["sign"].place = "filing"
        dossier = self._received()
        dossier.action_forward()
        self.assertEqual(dossier.task_agency_id, self.province)
        dossier.with_user(above).action_forward()
        self.assertEqual(dossier.task_agency_id, self.commune)

    def test_nobody_above(self):
        self.commune.parent_id = False
        self.steps["appraise"].place = "superior"
        dossier = self._received()
        with self.assertRaisesRegex(UserError, "no agency above Commune A"):
            dossier.action_forward()
        sentences = " ".join(f.sentence for f in self.version._findings())
        self.assertIn("no agency above Commune A to do: appraise", sentences)

    # -- while dossiers are on their way ---------------------------------

    def test_structure_stays_while_dossiers_are_on_their_way(self):
        dossier = self._received()
        way = self.steps["receive"].transition_ids
        for change in (
            lambda: self.steps["appraise"].unlink(),
            lambda: self.steps["appraise"].write({"can_finish": True}),
            lambda: self.steps["appraise"].copy(),
            lambda: way.unlink(),
            lambda: way.write({"to_step_id": self.steps["sign"].id}),
            lambda: way.write({"condition": CONDITION}),
        ):
            with self._refusing(UserError, "1 open dossier(s) are on their way"):
                change()
        dossier.action_withdraw("Moved away")
        way.condition = CONDITION

    def test_work_may_be_arranged_anew_at_any_time(self):
        self._received()
        self.steps["appraise"].write(
            {
                "name": "Look closely",
                "term_share": 50,
                "kind": "work",
                "role": "approver",
            }
        )
        self.steps["receive"].transition_ids.name = "On"

    def test_steps_that_history_names_stay(self):
        self._at_signature().action_complete(number="1")
        dossier = self.env["motcua.dossier"].search(
            [("workflow_id", "=", self.workflow.id)]
        )
        dossier.with_user(self.receiver).action_return()
        with self._refusing(UserError, "their history names it"):
            self.steps["appraise"].unlink()

    # -- conditions -------------------------------------------------------

    def test_condition_that_cannot_be_read(self):
        way = self.steps["receive"].transition_ids
        for condition in ("purpose = work", "[]", '{"all": [{"field": "a"}]}'):
            with self.assertRaisesRegex(ValidationError, "cannot be read"):
                way.condition = condition

    def test_publication_checks_the_conditions_against_the_form(self):
        draft = self.version._copy_to_draft()
        ways = self.steps["receive"].transition_ids
        ways.condition = CONDITION.replace("purpose", "salary")
        problems = " ".join(finding.sentence for finding in draft._findings())
        self.assertIn("asks for “salary”, which the form does not have", problems)
        self.assertIn("every way on from step “receive” has a condition", problems)
