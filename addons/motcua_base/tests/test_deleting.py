from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.naming import is_ours
from .common import MotcuaCase

ROLES = ("receiver", "handler", "leader", "inspector", "procedure_admin", "admin")
# Models that refuse to delete some records and offer it all the same.
OFFERED = {
    "motcua.absence": "one entered by mistake, as long as it has not begun",
    "motcua.workflow.step": "in the editor, while no dossier has passed it",
    "motcua.workflow.transition": "in the editor, while no dossier is on its way",
    "motcua.procedure.case": "of drafts: the lists of published versions are closed",
    "motcua.procedure.channel": "of drafts",
    "motcua.procedure.component": "of drafts",
    "motcua.procedure.fee": "of drafts, and of the agency itself",
    "motcua.form.field": "of drafts",
    "motcua.document.template": "of drafts",
}


@tagged("post_install", "-at_install")
class TestDeleting(MotcuaCase):
    """Deleting is not offered where the system keeps everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")

    def _keeping(self):
        """Our models that refuse to delete what counts."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if is_ours(name) and model._ondelete_methods:
                if not model._transient and not model._abstract:
                    yield name

    def _offering(self, model, user):
        """Names of the screens of ``model`` on which ``user`` is offered to delete."""
        views = self.env["ir.ui.view"].search(
            [
                ("model", "=", model),
                ("type", "in", ("form", "list", "kanban")),
                ("mode", "=", "primary"),
            ]
        )
        Model = self.env[model].with_user(user)
        for view in views if Model.has_access("read") else ():
            arch = Model.get_view(view.id, view.type)["arch"]
            offered = etree.fromstring(arch).get("delete", "1")
            if offered.lower() not in ("0", "false"):
                yield view.xml_id

    def test_screens_offer_no_deleting_of_what_is_kept(self):
        offered = {
            (model, view)
            for model in self._keeping()
            for role in ROLES
            for view in self._offering(model, getattr(self, role))
        }
        self.assertFalse({pair for pair in offered if pair[0] not in OFFERED})

    def test_exceptions_are_still_needed(self):
        self.assertLessEqual(set(OFFERED), set(self._keeping()))

    def test_a_draft_is_thrown_away(self):
        draft = self._draft()
        draft.action_discard()
        self.assertFalse(draft.exists())

    def test_what_was_filed_is_not(self):
        dossier = self._received()
        with self._refusing(UserError, "Only drafts can be deleted"):
            dossier.action_discard()
        version = self.version.with_user(self.procedure_admin)
        with self.assertRaises(UserError):
            version.action_discard()

    def test_the_draft_of_a_version_is_thrown_away(self):
        draft = self.version._copy_to_draft().with_user(self.procedure_admin)
        draft.action_discard()
        self.assertFalse(draft.exists())
