from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestProcedureVersion(MotcuaCase):
    def test_publishing_compiles_the_form(self):
        kinds = {item["name"]: item["type"] for item in self.version.form_definition}
        self.assertEqual(kinds["purpose"], "char")
        self.assertEqual(kinds["born"], "date")

    def test_form_values_are_searched_by_odoo_itself(self):
        dossier = self._draft(form_values={"purpose": "study abroad"})
        self._draft(form_values={"purpose": "work"})
        found = self.env["motcua.dossier"].search(
            [
                ("procedure_id", "=", self.procedure.id),
                ("form_values.purpose", "=", "study abroad"),
            ]
        )
        self.assertEqual(found, dossier)

    def test_published_versions_do_not_change(self):
        changes = (
            lambda: self.version.write({"instructions": "Other"}),
            lambda: self.version.component_ids[0].write({"originals": 5}),
            lambda: self.version.channel_ids[0].write({"term_quantity": 50}),
            lambda: self.version.field_ids[0].unlink(),
            lambda: self.version.component_ids[0].unlink(),
            lambda: self.version.write(
                {"component_ids": [Command.create({"name": "One more"})]}
            ),
            lambda: self.version.unlink(),
        )
        for change in changes:
            with self.assertRaisesRegex(UserError, "published"):
                change()
            self.env.invalidate_all()

    def test_state_is_not_written_by_hand(self):
        version = self._make_version(self._make_procedure())
        with self.assertRaisesRegex(UserError, "own button"):
            version.with_user(self.procedure_admin).write({"state": "published"})

    def test_next_version_leaves_open_dossiers_alone(self):
        dossier = self._received(form_values={"purpose": "work"})
        draft = self.version._copy_to_draft()
        draft.write({"date_from": "2026-03-02", "instructions": "New law"})
        draft.component_ids.filtered(lambda c: c.name == "Proof").unlink()
        draft.field_ids.filtered(lambda f: f.name == "purpose").label = "What for"
        draft.action_publish()
        self.assertEqual(self.version.state, "superseded")
        self.assertEqual(str(self.version.date_to), "2026-03-01")
        self.assertEqual(dossier.version_id, self.version)
        self.assertEqual(dossier.form_values["purpose"], "work")
        self.assertEqual(self._draft().version_id, draft)

    def test_copy_has_everything(self):
        case = {"name": "Late registration"}
        version = self._make_version(
            self._make_procedure(), case_ids=[Command.create(case)]
        )
        version.component_ids[0].case_id = version.case_ids
        draft = version._copy_to_draft()
        self.assertEqual(draft.number, 2)
        self.assertEqual(len(draft.channel_ids), 3)
        self.assertEqual(len(draft.field_ids), 2)
        self.assertEqual(draft.component_ids[0].case_id, draft.case_ids)

    def test_every_problem_is_named(self):
        version = self._make_version(
            self._make_procedure(),
            workflow_id=False,
            channel_ids=[],
            field_ids=[
                Command.create({"name": "a", "label": "A", "type": "selection"}),
                Command.create(
                    {
                        "name": "b",
                        "label": "B",
                        "visible_if": '{"all": [{"field": "z", "op": "filled"}]}',
                    }
                ),
            ],
        )
        with self.assertRaises(ValidationError) as caught:
            version.action_publish()
        for words in ("no channel", "no workflow", "“A” offers no", "“B” names no"):
            self.assertIn(words, str(caught.exception))
        self.assertEqual(version.state, "draft")

    def test_later_version_published_already(self):
        draft = self.version._copy_to_draft()
        draft.date_from = "2025-12-01"
        with self.assertRaisesRegex(ValidationError, "same day or later"):
            draft.action_publish()

    def test_published_now_in_force_later(self):
        draft = self.version._copy_to_draft()
        draft.date_from = "2026-04-01"
        draft.action_publish()
        self.assertEqual(str(self.version.date_to), "2026-03-31")
        self.assertEqual(self._draft().version_id, self.version)
        with freeze_time("2026-03-31 16:59:00"):  # 23:59 in Vietnam
            self.assertEqual(self._draft().version_id, self.version)
        with freeze_time("2026-03-31 17:01:00"):
            self.assertEqual(self._draft().version_id, draft)

    def test_what_ended_earlier_is_not_revived(self):
        self.version.date_to = "2026-01-31"
        draft = self.version._copy_to_draft()
        draft.date_from = "2026-04-01"
        draft.action_publish()
        self.assertEqual(str(self.version.date_to), "2026-01-31")

    def test_the_end_of_a_superseded_version_stays(self):
        draft = self.version._copy_to_draft()
        draft.date_from = "2026-04-01"
        draft.action_publish()
        with self.assertRaisesRegex(UserError, "next version"):
            self.version.with_user(self.procedure_admin).date_to = False

    def test_channel_not_served(self):
        version = self._make_version(
            self._make_procedure(),
            channel_ids=[
                Command.create({"channel": "counter", "term_unit": "same_day"})
            ],
        )
        version.action_publish()
        self._make_offering(self.commune, version.procedure_id)
        dossier = self._draft(procedure_id=version.procedure_id.id, channel="post")
        with self.assertRaisesRegex(UserError, "not served through"):
            dossier.action_receive()

    def test_case_has_its_own_term_and_papers(self):
        version = self._make_version(
            self._make_procedure(), case_ids=[Command.create({"name": "Verified"})]
        )
        case = version.case_ids
        version.write(
            {
                "channel_ids": [
                    Command.create(
                        {
                            "channel": "counter",
                            "case_id": case.id,
                            "term_quantity": 20,
                        }
                    )
                ],
                "component_ids": [
                    Command.create(
                        {"name": "Report", "case_id": case.id, "originals": 1}
                    )
                ],
            }
        )
        version.action_publish()
        self._make_offering(self.commune, version.procedure_id)
        usual = self._received(procedure_id=version.procedure_id.id)
        special = self._received(procedure_id=version.procedure_id.id, case_id=case.id)
        self.assertEqual(usual.term_quantity, 5)
        self.assertEqual(special.term_quantity, 20)
        self.assertNotIn("Report", usual.component_ids.mapped("name"))
        self.assertIn("Report", special.component_ids.mapped("name"))
