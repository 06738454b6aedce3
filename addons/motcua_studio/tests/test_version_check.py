from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.motcua_base.tests.common import MotcuaCase


@tagged("post_install", "-at_install")
class TestVersionCheck(MotcuaCase):
    """The check list: what is wrong, and the way to mend it."""

    def setUp(self):
        super().setUp()
        self.draft = self._make_version(self._make_procedure())

    def _findings(self):
        return self.draft.with_user(self.procedure_admin).check_list()["findings"]

    def test_complete_version(self):
        self._make_offering(self.commune, self.draft.procedure_id)
        answer = self.draft.with_user(self.procedure_admin).check_list()
        self.assertEqual((answer["is_draft"], answer["findings"]), (True, []))

    def test_each_finding_opens_what_it_concerns(self):
        workflow = self.workflow.copy()
        workflow.step_ids.filtered(lambda step: step.name == "sign").unlink()
        self.draft.workflow_id = workflow
        self.draft.component_ids[0].max_megabytes = 5000
        self.draft.field_ids = [
            Command.create({"name": "sex", "label": "Sex", "type": "selection"})
        ]
        self.draft.template_ids = [Command.create({"name": "Decision", "body": ""})]
        opened = {
            finding["action"].get("res_model"): finding["action"]
            for finding in self._findings()
        }
        component = opened["motcua.procedure.component"]
        self.assertEqual(component["res_id"], self.draft.component_ids[0].id)
        self.assertEqual(component["target"], "new")
        template = opened["motcua.document.template"]
        self.assertEqual(template["res_id"], self.draft.template_ids.id)
        # Where agencies are added, each with this procedure.
        procedure = self.draft.procedure_id.id
        self.assertEqual(
            (
                opened["motcua.offering"]["domain"],
                opened["motcua.offering"]["context"],
            ),
            ([("procedure_id", "=", procedure)], {"default_procedure_id": procedure}),
        )
        self.assertEqual(
            (opened[None]["tag"], opened[None]["context"]),
            (
                "motcua_form_editor",
                {"active_id": self.draft.id, "form_field": "sex"},
            ),
        )

    def test_a_finding_on_a_step_opens_it_in_the_editor(self):
        workflow = self.workflow.copy()
        lost = workflow.step_ids[1].copy({"name": "lost"})
        self.draft.workflow_id = workflow
        [action] = [
            finding["action"]
            for finding in self._findings()
            if "“lost” can never be reached" in finding["sentence"]
        ]
        self.assertEqual(action["tag"], "motcua_workflow_editor")
        self.assertEqual(
            action["context"], {"active_id": workflow.id, "workflow_step": lost.id}
        )

    def test_sentences_begin_large(self):
        self.draft.workflow_id = False
        sentences = [finding["sentence"] for finding in self._findings()]
        self.assertEqual(sentences[0], "No workflow is chosen")
        self.assertTrue(
            all(sentence[0] == sentence[0].upper() for sentence in sentences)
        )

    def test_for_administrators_only(self):
        for user in (self.leader, self.inspector):
            with self.assertRaises(AccessError):
                self.draft.with_user(user).check_list()
            with self.assertRaises(AccessError):
                self.draft.with_user(user).action_check()
