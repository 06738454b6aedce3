from odoo.tests import Form, tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestAccessInvolved(MotcuaCase):
    """Whoever has work on a dossier can open it: the people on it come along."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proxy = cls._make_citizen(
            cls.receiver, name="Trần Văn Hộ", motcua_id_number="045090005678"
        )

    def _asked(self):
        dossier = self._received(
            form_values={"purpose": "work"}, submitter_id=self.proxy.id
        )
        dossier.action_forward(assignee_id=self.handler.id)
        dossier.with_user(self.handler).action_consult(
            [self.bureau.id], "2026-03-04", "May it be granted?"
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return dossier

    def _opens(self, dossier, user):
        """The page, and what stands beside it: whom a message would go to."""
        self.env.invalidate_all()
        opened = dossier.with_user(user)
        self.assertEqual(Form(opened).applicant_name, "Nguyễn Thị Hoa")
        self.env.invalidate_all()
        named = [row["name"] for row in opened._message_get_suggested_recipients()]
        self.assertTrue({"Nguyễn Thị Hoa", "Trần Văn Hộ"} & set(named), named)
        for person in (self.citizen, self.proxy):
            self.assertTrue(person.with_user(user)._filtered_access("read"))

    def test_everybody_in_scope_opens_the_dossier(self):
        dossier = self._asked()
        for user in (self.handler, self.approver, self.leader, self.inspector):
            self._opens(dossier, user)

    def test_officers_of_a_consulted_agency_open_it(self):
        self._opens(self._asked(), self.justice)

    def test_officers_of_a_coordinating_agency_open_it(self):
        """A step that another body does."""
        workflow = self.workflow.copy()
        step = workflow.step_ids.filtered(lambda step: step.name == "appraise")
        step.write({"place": "fixed", "agency_id": self.bureau.id})
        self._next_version(workflow_id=workflow.id)
        dossier = self._received(
            form_values={"purpose": "work"}, submitter_id=self.proxy.id
        )
        dossier.action_forward(assignee_id=self.justice.id)
        self._opens(dossier, self.justice)

    def test_nobody_else_sees_these_people(self):
        self._asked()
        for person in (self.citizen, self.proxy):
            seen = person.with_user(self.stranger)._filtered_access("read")
            self.assertFalse(seen)
