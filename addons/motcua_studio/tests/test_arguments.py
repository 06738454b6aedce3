import random

from odoo.tests import tagged

from odoo.addons.motcua_base.tests.fuzz import RUBBISH, Fuzz
from odoo.addons.motcua_base.tests.verb_cases import VerbCases

from .test_access import PUBLIC

SEED = 20261128
# Wrong values of each part with which a workflow is copied; the seed says which.
COPIED = 8


@tagged("post_install", "-at_install")
class TestStudioArguments(Fuzz, VerbCases):
    def test_every_public_method_declares_what_it_takes(self):
        for model, names in PUBLIC.items():
            for name in names:
                method = getattr(self.env.registry[model], name)
                self.assertTrue(hasattr(method, "_takes"), f"{model}.{name}")

    def test_public_methods(self):
        """Each method, on a record of its model where there is one."""
        dossier = self._at_appraisal()
        version = self.documented.version_ids
        version.action_new_version()
        draft = version.procedure_id.version_ids.filtered(lambda v: v.state == "draft")
        given = {
            "version_id": draft.id,
            "workflow_id": version.workflow_id.id,
            "dossier_id": dossier.id,
            "filled_by": "citizen",
            "typed": "x",
            "fields": draft.field_ids._editor_rows(),
            "revision": draft._revision(),
            "values": {},
            "data": version.workflow_id._editor_data(),
        }
        for model, names in PUBLIC.items():
            for name in sorted(names):
                arguments = getattr(self.env.registry[model], name)._takes
                arguments = {key: given[key] for key in arguments}
                if name == "save_workflow":
                    arguments["revision"] = version.workflow_id._revision()
                record = self.env[model]
                if not record._abstract:
                    record = record.sudo().search([], limit=1, order="id desc")
                for user in (self.receiver, self.procedure_admin):
                    records = self._as(record.sudo(False), user)
                    self.fuzz(records, name, arguments)
        self.assertUnbroken()

    def test_what_an_editor_sends(self):
        """Each part of a form and of a workflow wrong in turn."""
        draft = self.documented.version_ids
        draft.action_new_version()
        draft = self.documented.version_ids.filtered(lambda v: v.state == "draft")
        editor = self._as(self.env["motcua.form.editor"], self.procedure_admin)
        [row, *rest] = draft.field_ids._editor_rows() or [{}]
        for key in row:
            for wrong in RUBBISH:
                fields = [{**row, key: wrong}, *rest]
                arguments = {"version_id": draft.id, "fields": fields, "values": {}}
                self.call(editor, "preview", arguments)
        chance = random.Random(SEED)
        workflow = draft.workflow_id
        editor = self._as(self.env["motcua.workflow.editor"], self.procedure_admin)
        data = workflow._editor_data()
        for part in ("steps", "ways"):
            [row, *rest] = data[part]
            for key in row:
                # What copies the workflow reads the same, but takes longer: some of it.
                copied = chance.sample(range(len(RUBBISH)), COPIED)
                for place, wrong in enumerate(RUBBISH):
                    changed = {**data, part: [{**row, key: wrong}, *rest]}
                    arguments = {"workflow_id": workflow.id, "data": changed}
                    self.call(editor, "look", arguments)
                    if place in copied:
                        self.call(editor, "save_copy", arguments)
        self.assertUnbroken()
