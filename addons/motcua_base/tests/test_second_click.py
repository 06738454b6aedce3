from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestSecondClick(MotcuaCase):
    """A screen says which hand-over it showed: a second click moves nothing further."""

    def setUp(self):
        super().setUp()
        # Holds the next step as well: a second click finds the door open.
        self.env["motcua.membership"].create(
            {
                "user_id": self.handler.id,
                "agency_id": self.commune.id,
                "role": "approver",
            }
        )

    def test_a_verb_twice_moves_once(self):
        dossier = self._at_appraisal()
        seen = dossier.with_context(tasks_seen=dossier.task_id.ids)
        seen.action_forward(assignee_id=self.handler.id)
        step = dossier.step_id
        with self._refusing(UserError, "has moved on meanwhile"):
            seen.action_forward(assignee_id=self.handler.id)
        self.assertEqual(dossier.step_id, step)

    def test_every_verb_of_a_holder_knows(self):
        dossier = self._at_appraisal()
        seen = dossier.with_context(tasks_seen=dossier.task_id.ids)
        dossier.action_forward(assignee_id=self.handler.id)
        for verb, *arguments in (
            ("action_assign", self.handler.id),
            ("action_consult", self.commune.ids, "2026-03-05", "True?"),
            ("action_request_supplement", [], "Sign it"),
            ("action_request_payment", [{"name": "Copies", "amount": 2000}]),
            ("action_refuse", "Not entitled"),
            ("action_complete", None, "1/QD"),
        ):
            with (
                self.subTest(verb=verb),
                self._refusing(UserError, "has moved on meanwhile"),
            ):
                getattr(seen, verb)(*arguments)

    def test_a_dialog_confirmed_twice_moves_once(self):
        dossier = self._at_appraisal()
        dialog = self.env["motcua.dossier.verb"].with_user(self.handler)
        action = dossier.with_context(verb="forward").action_open_verb()
        dialog = dialog.browse(action["res_id"])
        dialog.write({"assignee_id": self.handler.id, "text": "Entitled"})
        dialog.action_apply()
        step, events = dossier.step_id, dossier.sudo().event_count
        with self._refusing(UserError, "has moved on meanwhile"):
            dialog.action_apply()
        self.assertEqual(dossier.step_id, step)
        self.assertEqual(dossier.sudo().event_count, events)

    def test_a_dialog_of_many_leaves_what_has_moved(self):
        dossiers = self._at_appraisal() | self._at_appraisal()
        moved = dossiers[0]
        dialog = self.env["motcua.dossier.verb"].with_user(self.handler)
        dialog = dialog.browse(
            dossiers.with_context(verb="forward").action_open_verb()["res_id"]
        )
        dialog.write({"assignee_id": self.handler.id, "text": "Entitled"})
        moved.action_forward(assignee_id=self.handler.id)
        step = moved.step_id
        answer = dialog.apply_to(dossiers.ids)
        self.assertEqual(answer["done"], dossiers[1].ids)
        self.assertEqual([row["id"] for row in answer["failed"]], moved.ids)
        self.assertEqual(moved.step_id, step)

    def test_a_card_dragged_twice(self):
        dossier = self._at_appraisal()
        seen = dossier.with_context(tasks_seen=dossier.task_id.ids)
        stage = self.steps["sign"].stage_id
        dossier.action_forward(assignee_id=self.handler.id)
        with self._refusing(UserError, ""):
            seen.action_drag(stage.id)
