from odoo.tests import tagged

from odoo.addons.motcua_base.tests.common_access import AccessCase

# Every method of the studio that RPC can call: each checks by itself who calls it. A
# new one is added here by whoever has made sure of that.
PUBLIC = {
    "motcua.document.starter": {"action_create"},
    "motcua.document.template": {
        "action_open_editor",
        "load_editor",
        "preview",
        "preview_pdf",
    },
    "motcua.letter.template": {"load_editor", "preview"},
    "motcua.merge.editor": {"load_editor"},
    "motcua.form.editor": {
        "find_forms",
        "load",
        "preview",
        "read_form",
        "save_form",
    },
    "motcua.procedure.version": {
        "action_check",
        "action_compare",
        "action_move_dossiers",
        "check_list",
    },
    "motcua.version.comparison": {"action_print"},
    "motcua.version.move": {"action_move"},
    "motcua.workflow": {"action_open_editor"},
    "motcua.workflow.adapt": {"action_adapt"},
    "motcua.workflow.editor": {
        "load",
        "look",
        "sample",
        "save_copy",
        "save_workflow",
    },
}
REFINED = {"create", "write", "unlink", "copy"}


@tagged("post_install", "-at_install")
class TestStudioAccess(AccessCase):
    """The studio is for administrators of procedures."""

    def test_public_methods_are_all_known(self):
        self.assertPublicMethods("motcua_studio", PUBLIC, REFINED)

    def test_models_are_for_administrators(self):
        models = [
            model
            for model in self.env.registry.values()
            if model._original_module == "motcua_studio" and not model._abstract
        ]
        self.assertTrue(models)
        for model in models:
            for role, user in self.roles.items():
                allowed = role in ("padm", "sadm")
                records = self.env[model._name].with_user(user)
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(model=model._name, role=role, op=operation):
                        self.assertEqual(records.has_access(operation), allowed)
