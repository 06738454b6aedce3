from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.motcua_base.tests.common import MotcuaCase


@tagged("post_install", "-at_install")
class TestVersionMove(MotcuaCase):
    """An administrator chooses the open dossiers that follow the new version, after
    seeing what would be missing."""

    def setUp(self):
        super().setUp()
        self.clear = self._received(form_values={"purpose": "work"})
        self.full = self._received(
            form_values={"purpose": "work", "born": "1990-05-02"}
        )
        self.new = self.version._copy_to_draft()
        self.new.date_from = "2026-03-02"

    def _publish(self):
        self.new.action_publish()

    def _open(self, user=None):
        version = self.new.with_user(user or self.procedure_admin)
        action = version.action_move_dossiers()
        move = self.env[action["res_model"]].with_user(user or self.procedure_admin)
        return move.browse(action["res_id"])

    def _line(self, move, dossier):
        return move.line_ids.filtered(lambda line: line.dossier_key == dossier.id)

    def test_what_becomes_of_each(self):
        self.new.field_ids.filtered(lambda field: field.name == "born").unlink()
        self._publish()
        move = self._open()
        clear, full = self._line(move, self.clear), self._line(move, self.full)
        self.assertEqual((clear.verdict, clear.chosen), ("clear", True))
        self.assertEqual((full.verdict, full.chosen), ("refused", False))
        self.assertIn("“Date of birth”", full.details)
        self.assertEqual(clear.name, self.clear.code)
        self.assertEqual((clear.agency, clear.step), ("Commune A", "receive"))

    def test_what_would_be_missing(self):
        self.new.component_ids = [Command.create({"name": "Photo", "copies": 2})]
        self._publish()
        line = self._line(self._open(), self.clear)
        self.assertEqual((line.verdict, line.chosen), ("gaps", False))
        self.assertIn("“Photo” is required", line.details)

    def test_move_those_chosen(self):
        self._publish()
        move = self._open()
        self._line(move, self.full).chosen = False
        action = move.action_move()
        self.assertIn("1 dossier(s)", action["params"]["message"])
        self.assertEqual(self.clear.version_id, self.new)
        self.assertEqual(self.full.version_id, self.version)
        self.assertEqual(self.clear.event_ids[-1].kind, "move_version")
        self.assertEqual(self.clear.event_ids[-1].user_id, self.procedure_admin)

    def test_refused_one_chosen_all_the_same(self):
        """A crafted request is refused by the verb, and nothing is half done."""
        self.new.field_ids.filtered(lambda field: field.name == "born").unlink()
        self._publish()
        move = self._open()
        move.line_ids.chosen = True
        with self.assertRaisesRegex(UserError, self.full.code):
            move.action_move()
        self.env.invalidate_all()
        self.assertEqual(self.clear.version_id, self.version)

    def test_nothing_chosen(self):
        self._publish()
        move = self._open()
        move.line_ids.chosen = False
        with self.assertRaisesRegex(UserError, "Choose"):
            move.action_move()

    def test_what_changed_meanwhile(self):
        """The verb looks again: a dossier closed since the list was opened stays."""
        self._publish()
        move = self._open()
        self.clear.action_withdraw("No longer needed")
        with self.assertRaisesRegex(UserError, "status"):
            move.action_move()

    def test_no_personal_data(self):
        self._publish()
        lines = self._open().line_ids
        words = str(lines.read())
        for secret in ("Hoa", "045190001234", "0912345678", "1990-05-02"):
            self.assertNotIn(secret, words)

    def test_who_may(self):
        self._publish()
        for user in (self.receiver, self.leader, self.inspector):
            with self.assertRaises(AccessError):
                self._open(user)

    def test_numbers_on_the_screen(self):
        self._publish()
        old, new = (
            version.with_user(self.procedure_admin)
            for version in (self.version, self.new)
        )
        self.assertEqual((old.open_dossier_count, new.open_dossier_count), (2, 0))
        self.assertEqual(new.movable_dossier_count, 2)
        self.assertEqual(old.situation, "Ended on 01/03/2026")
        self.assertEqual(new.situation, "In force since 02/03/2026")

    def test_situation_of_what_comes(self):
        self.new.date_from = "2026-04-01"
        self.assertFalse(self.new.situation)
        self._publish()
        self.assertEqual(self.new.situation, "Comes into force on 01/04/2026")
        self.assertEqual(self.version.situation, "In force until 31/03/2026")
        with freeze_time("2026-04-01 03:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.new.situation, "In force since 01/04/2026")

    def test_a_removed_field_stays_readable(self):
        """Old dossiers show the form they were filled in by."""
        self.new.field_ids.filtered(lambda field: field.name == "born").unlink()
        self._publish()
        self.env.invalidate_all()
        dossier = self.full.with_user(self.receiver)
        read = dossier.read(["form_values"])[0]["form_values"]
        shown = {entry["name"]: entry.get("value") for entry in read}
        self.assertEqual(str(shown["born"]), "1990-05-02")
        dossier.form_values = {"purpose": "study", "born": "1990-05-02"}
        self.assertEqual(dossier.form_values["purpose"], "study")
