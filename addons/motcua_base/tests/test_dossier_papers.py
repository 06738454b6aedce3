from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase
from .sample_files import PDF


@tagged("post_install", "-at_install")
class TestDossierPapers(MotcuaCase):
    """What was handed in stays on record, whatever door somebody comes through."""

    def setUp(self):
        super().setUp()
        draft = self._draft()
        self.file = self._upload("scan.pdf")
        draft.component_ids[0].attachment_ids = self.file
        draft.with_user(self.receiver).action_receive()
        self.dossier = draft.with_user(self.receiver)
        self.paper = self.dossier.component_ids[0]

    def _upload(self, name):
        return (
            self.env["ir.attachment"]
            .with_user(self.receiver)
            .create({"name": name, "raw": PDF})
        )

    def test_no_door_loses_a_paper(self):
        file, paper = self.file.with_user(self.receiver), self.paper
        rows = [Command.delete(paper.id)]
        doors = {
            "row deleted": paper.unlink,
            "row taken out": lambda: self.dossier.write({"component_ids": rows}),
            "links cleared": lambda: paper.write({"attachment_ids": [Command.clear()]}),
            "link cut": lambda: paper.write(
                {"attachment_ids": [Command.unlink(file.id)]}
            ),
            "file deleted by its row": lambda: paper.write(
                {"attachment_ids": [Command.delete(file.id)]}
            ),
            "links set anew": lambda: paper.write(
                {"attachment_ids": [Command.set([])]}
            ),
            "file deleted": file.unlink,
            "file written over": lambda: file.write({"raw": PDF + b"%"}),
            "file moved away": lambda: file.write({"res_id": False}),
            "mark set by hand": lambda: file.write({"motcua_wrong_reason": "x"}),
        }
        for door, call in doors.items():
            with (
                self.subTest(door),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                call()
            self.env.invalidate_all()
            self.assertEqual(self.paper.attachment_ids, file)
            self.assertEqual(file.raw, PDF)

    def test_counts_are_corrected_with_an_event(self):
        count = self.paper.originals
        self.paper.originals = count + 1
        event = self.dossier.event_ids[-1]
        self.assertEqual(event.kind, "correct_papers")
        self.assertEqual(event.payload["paper"], self.paper.name)
        self.assertEqual(event.payload["counts"], {"originals": [count, count + 1]})
        self.assertIn(f"{count} → {count + 1}", event.summary)

    def test_files_are_added_with_an_event(self):
        self.paper.attachment_ids = [Command.link(self._upload("more.pdf").id)]
        self.assertEqual(self.dossier.event_ids[-1].payload["added"], ["more.pdf"])

    def test_nothing_changed_nothing_logged(self):
        events = self.dossier.event_count
        self.paper.originals = self.paper.originals
        self.assertEqual(self.dossier.event_count, events)

    def test_marked_wrong_it_stays_and_counts_no_longer(self):
        paper = self.paper.sudo()
        paper.write({"originals": 0, "certified": 0, "copies": 0})
        self.dossier.action_mark_wrong(self.file.id, "Of somebody else")
        self.assertIn(self.file, paper.attachment_ids)
        self.assertFalse(paper._handed_in)
        self.assertIn("Of somebody else", self.paper.wrong_text)
        event = self.dossier.event_ids[-1]
        self.assertEqual(event.kind, "mark_wrong")
        self.assertEqual(event.payload["reason"], "Of somebody else")
        with self._refusing(UserError, "marked wrong already"):
            self.dossier.action_mark_wrong(self.file.id, "Again")

    def test_replaced_the_old_one_is_kept(self):
        new = self._upload("better.pdf")
        self.dossier.action_mark_wrong(self.file.id, "Illegible", new.id)
        self.assertEqual(self.paper.attachment_ids, self.file | new)
        self.assertEqual(self.file.sudo().motcua_replaced_by_id, new.sudo())
        self.assertTrue(self.paper.sudo()._handed_in)

    def test_a_reason_is_due(self):
        with self._refusing(UserError, "the reason"):
            self.dossier.action_mark_wrong(self.file.id, " ")

    def test_drafts_are_as_free_as_before(self):
        draft = self._draft().with_user(self.receiver)
        file = self._upload("draft.pdf")
        paper = draft.component_ids[0]
        paper.attachment_ids = file
        paper.attachment_ids = [Command.clear()]
        file.unlink()
        paper.unlink()
        self.assertFalse(paper.exists())
