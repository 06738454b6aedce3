from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestOrganisation(MotcuaCase):
    def test_unit_of_desk_and_department_is_the_agency(self):
        self.assertEqual(self.desk.unit_id, self.commune)
        self.assertEqual(self.department.unit_id, self.commune)
        self.assertEqual(self.commune.unit_id, self.commune)

    def test_calendar_comes_from_above(self):
        self.desk.resource_calendar_id = False
        other = self._make_calendar()
        self.commune.resource_calendar_id = other
        self.assertEqual(self.desk._get_calendar(), other)

    def test_identifier_must_be_one(self):
        with self.assertRaisesRegex(ValidationError, "not an agency identifier"):
            self.commune.identifier = "xa so 29"

    def test_agency_cannot_belong_to_itself(self):
        with self.assertRaises(UserError):
            self.province.parent_id = self.commune

    def test_ended_agency_names_its_successor(self):
        self.commune.write(
            {"date_to": "2026-02-28", "successor_id": self.other_commune.id}
        )
        with self.assertRaisesRegex(UserError, "successor is: Commune B"):
            self._draft()

    def test_scope_is_the_own_agency_and_below(self):
        scope = self.leader._motcua_scope_ids()
        self.assertIn(self.desk.id, scope)
        self.assertNotIn(self.other_commune.id, scope)
        self.assertIn(self.other_desk.id, self.inspector._motcua_scope_ids())

    def test_post_officer_sees_the_own_desk_only(self):
        self.assertEqual(self.post._motcua_scope_ids(), [self.post_desk.id])

    def test_ended_membership_gives_nothing(self):
        dossier = self._received()
        self.assertTrue(dossier.with_user(self.leader).has_access("read"))
        self.leader.motcua_membership_ids.date_to = "2026-03-01"
        self.assertFalse(dossier.with_user(self.leader).has_access("read"))

    def test_role_grants_its_group(self):
        self.assertTrue(self.approver.has_group("motcua_base.group_handler"))
        self.assertFalse(self.approver.has_group("motcua_base.group_unit_leader"))

    def test_roles_work_inside_their_unit_only(self):
        self.assertTrue(self.leader._motcua_has_role("handler", self.department))
        self.assertFalse(self.handler._motcua_has_role("handler", self.desk))
        self.assertFalse(self.leader._motcua_has_role("handler", self.other_commune))
        self.assertFalse(self.inspector._motcua_has_role("post_officer", self.commune))
