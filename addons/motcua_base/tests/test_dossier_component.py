import base64

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase
from .sample_files import PDF


@tagged("post_install", "-at_install")
class TestDossierComponent(MotcuaCase):
    def setUp(self):
        super().setUp()
        self.dossier = self._draft()
        self.paper = self.dossier.component_ids[0]

    def _attach(self, name, content):
        file = {"name": name, "datas": base64.b64encode(content)}
        self.paper.attachment_ids = [Command.create(file)]

    def test_file_belongs_to_its_paper(self):
        self._attach("scan.pdf", PDF)
        file = self.paper.attachment_ids.sudo()
        self.assertEqual(file.res_model, "motcua.dossier.component")
        self.assertEqual(file.res_id, self.paper.id)
        self.assertFalse(file.public)

    def test_file_that_is_not_what_its_name_says(self):
        with self.assertRaisesRegex(UserError, "not what its name says"):
            self._attach("scan.pdf", b"MZ\x90\x00 a program")

    def test_kind_not_taken(self):
        with self.assertRaisesRegex(UserError, "of a kind not taken"):
            self._attach("page.html", b"<html></html>")

    def test_empty_file(self):
        with self.assertRaisesRegex(UserError, "is empty"):
            self._attach("scan.pdf", b"")

    def test_oversized_file(self):
        with self.assertRaisesRegex(UserError, "larger than 20 MB"):
            self._attach("scan.pdf", PDF + b" " * 21 * 1024 * 1024)

    def test_nothing_is_lost_by_a_refused_file(self):
        self._attach("scan.pdf", PDF)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._attach("page.html", b"<html></html>")
        self.paper.invalidate_recordset()
        self.assertEqual(self.paper.attachment_ids.mapped("name"), ["scan.pdf"])

    def test_paper_from_the_store_counts(self):
        papers = self.dossier.component_ids.filtered("required")
        papers.write({"originals": 0, "copies": 0, "reused": True})
        self.dossier.action_receive()
        self.assertEqual(self.dossier.status, "2")
