import base64
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader, PdfWriter

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..models import file_rule
from .common import MotcuaCase
from .sample_files import HEIC, PDF, picture

PROGRAM = b"MZ\x90\x00 a program"


class FileRuleCase(MotcuaCase):
    def setUp(self):
        super().setUp()
        self.dossier = self._at_appraisal()
        self.rule = self.env.ref("motcua_base.file_rule")

    def _attach(self, name, content, record=None, user=None):
        record = record or self.dossier
        files = self.env["ir.attachment"].with_user(user or self.handler)
        return files.create(
            {
                "name": name,
                "raw": content,
                "res_model": record._name,
                "res_id": record.id,
            }
        )


@tagged("post_install", "-at_install")
class TestFileRule(FileRuleCase):
    """Whatever way a file reaches a dossier, it is what its name says, of a kind and a
    size that are taken."""

    def test_honest_file(self):
        self.assertEqual(self._attach("note.pdf", PDF).res_id, self.dossier.id)

    def test_not_what_its_name_says(self):
        with self._refusing(UserError, "“note.pdf” is not what its name says"):
            self._attach("note.pdf", PROGRAM)

    def test_kind_not_taken(self):
        with self._refusing(UserError, "of a kind not taken here"):
            self._attach("setup.exe", PROGRAM)
        with self._refusing(UserError, "is empty"):
            self.env["ir.attachment"].with_user(self.handler).create(
                {
                    "name": "link.pdf",
                    "type": "url",
                    "url": "https://example.com/x.pdf",
                    "res_model": self.dossier._name,
                    "res_id": self.dossier.id,
                }
            )

    def test_size_and_kinds_are_those_of_the_settings(self):
        self.rule.write({"max_megabytes": 1, "takes_word": False, "takes_excel": False})
        with self._refusing(UserError, "larger than 1 MB"):
            self._attach("note.pdf", PDF + b" " * 2**20)
        with self._refusing(UserError, "Taken are: PDF, JPG, PNG."):
            self._attach("note.docx", PROGRAM)

    def test_named_after_what_it_is(self):
        """Also where it becomes that later."""
        photo = self._attach("photo.jpg", picture("PNG"))
        self.assertEqual((photo.name, photo.mimetype), ("photo.png", "image/png"))
        photo.raw = picture("JPEG")
        self.assertEqual(photo.name, "photo.jpg")
        photo.name = "photo.jfif"
        self.assertEqual(photo.name, "photo.jpg")

    def test_pictures_of_scanners_and_telephones_are_kept_beside_a_pdf(self):
        for name, content in (("a.heic", HEIC), ("fax.tif", picture("TIFF"))):
            with self.subTest(name=name):
                file = self._attach(name, content)
                self.assertTrue(file.raw.startswith(b"%PDF-"))
                self.assertEqual(file.name, f"{name.partition('.')[0]}.pdf")
                [original] = file.sudo().motcua_original_ids
                self.assertEqual((original.name, original.raw), (name, content))
                self.assertEqual(original.res_id, self.dossier.id)
                file.sudo().unlink()
                self.assertFalse(original.exists())

    def test_where_no_pdf_is_taken_they_become_a_picture(self):
        self.rule.takes_pdf = False
        file = self._attach("a.heic", HEIC)
        self.assertEqual((file.name, file.mimetype), ("a.jpg", "image/jpeg"))

    def test_originals_are_the_systems_to_tell(self):
        """Nobody makes a file an original by hand, to have it pass the rules."""
        file = self._attach("a.heic", HEIC)
        for user in (self.handler, self.leader):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._attach("b.pdf", PDF, user=user).motcua_copy_id = file.id

    def test_password_and_damage_are_named(self):
        writer = PdfWriter(clone_from=PdfReader(BytesIO(PDF)))
        writer.encrypt("secret")
        locked = BytesIO()
        writer.write(locked)
        with self._refusing(UserError, "“note.pdf” opens with a password only"):
            self._attach("note.pdf", locked.getvalue())
        with self._refusing(UserError, "“photo.jpg” is damaged or was cut off"):
            self._attach("photo.jpg", picture("JPEG")[:-50])

    def test_what_acts_when_it_is_opened_is_no_document(self):
        script = PDF.replace(b"xref", b"9 0 obj<</S/JavaScript/JS(x)>>endobj\nxref", 1)
        with self._refusing(UserError, "“note.pdf” runs a program or carries other"):
            self._attach("note.pdf", script)
        note = self._attach("note.pdf", PDF)
        with self._refusing(UserError, "“note.pdf” runs a program"):
            note.raw = script
        with self._refusing(UserError, "“note.pdf” is not what its name says"):
            self._attach("note.pdf", b"MZ" + bytes(90) + PDF)

    def test_names_lead_nowhere_and_say_what_is_read(self):
        """Also in the archive in which files are downloaded together."""
        self.assertEqual(self._attach("../../a/b.pdf", PDF).name, "a-b.pdf")
        note = self._attach("note.pdf", PDF)
        note.name = "../exe.\u202efdp.pdf"
        self.assertEqual(note.name, "exe.fdp.pdf")

    def test_a_file_cannot_become_another_one_later(self):
        note = self._attach("note.pdf", PDF)
        for values in (
            {"raw": PROGRAM},
            {"datas": base64.b64encode(PROGRAM)},
            {"name": "note.exe"},
        ):
            with (
                self.subTest(values=values),
                self._refusing(UserError, "note."),
                self.env.cr.savepoint(),
            ):
                note.write(values)
        self.assertEqual((note.name, note.raw), ("note.pdf", PDF))

    def test_a_file_moved_to_a_dossier(self):
        """As the chatter does: uploaded beside the message, then sent with it."""
        for name, content, taken in (("a.pdf", PDF, True), ("b.pdf", PROGRAM, False)):
            file = (
                self.env["ir.attachment"]
                .with_user(self.handler)
                .sudo()
                .create(
                    {
                        "name": name,
                        "raw": content,
                        "res_model": "mail.compose.message",
                        "res_id": 0,
                    }
                )
            )
            if taken:
                message = self.dossier.message_post(
                    body="Enclosed", attachment_ids=file.ids
                )
                self.assertEqual(message.attachment_ids.res_id, self.dossier.id)
            else:
                before = self.dossier.message_ids
                with self._refusing(UserError, "b.pdf"), self.env.cr.savepoint():
                    self.dossier.message_post(body="Oh", attachment_ids=file.ids)
                self.dossier.invalidate_recordset()
                self.assertEqual(self.dossier.message_ids, before)

    def test_mail_is_kept_without_what_is_not_taken(self):
        message = self.dossier.message_post(
            body="Here they are",
            message_type="email",
            attachments=[("a.pdf", PDF), ("virus.pdf", PROGRAM), ("b.txt", "text")],
        )
        self.assertEqual(message.attachment_ids.mapped("name"), ["a.pdf"])
        self.assertIn("Here they are", message.body)
        self.assertIn("“virus.pdf” is not what its name says", message.body)
        self.assertIn("“b.txt” is of a kind not taken", message.body)

    def test_result_files(self):
        dossier = self._at_signature()
        files = self.env["ir.attachment"].with_user(self.approver)
        fake = files.create({"name": "decision.pdf", "raw": PROGRAM})
        with self._refusing(UserError, "decision.pdf"), self.env.cr.savepoint():
            dossier.action_complete(fake.ids, "1/QĐ", "2026-03-02")
        self.assertEqual(dossier.status, "4")

    def test_a_paper_has_rules_of_its_own(self):
        procedure = self._make_procedure()
        photo = Command.create({"name": "Photo", "accepted_formats": "png"})
        self._make_version(procedure, component_ids=[photo]).action_publish()
        self._make_offering(self.commune, procedure)
        paper = self._draft(procedure_id=procedure.id).component_ids
        with self._refusing(UserError, "Taken are: PNG"):
            self._attach("scan.pdf", PDF, paper, self.receiver)

    def test_files_elsewhere_are_no_business_of_ours(self):
        self.assertTrue(self._attach("x.exe", PROGRAM, self.citizen, self.receiver))

    def test_new_papers_start_from_the_settings(self):
        self.rule.write({"max_megabytes": 7, "takes_excel": False})
        paper = self.env["motcua.procedure.component"].new({"name": "Proof"})
        self.assertEqual(paper.max_megabytes, 7)
        self.assertEqual(paper.accepted_formats, "pdf,jpg,png,docx")

    def test_a_paper_takes_known_kinds_only(self):
        version = self._make_version(self._make_procedure())
        with self._refusing(ValidationError, "“doc” can never be taken"):
            version.component_ids = [
                Command.create({"name": "Proof", "accepted_formats": "pdf, doc"})
            ]

    def test_no_setting_without_any_kind(self):
        with self._refusing(ValidationError, "At least one kind"):
            self.rule.write(dict.fromkeys(file_rule.KINDS, False))

    def test_who_sets_the_rules(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.procedure_admin).max_megabytes = 50


@tagged("post_install", "-at_install")
class TestUpload(FileRuleCase, HttpCase):
    """What the screens are told: the sentence, and nothing is stored."""

    def _upload(self, url, **data):
        self.authenticate(self.handler.login, self.handler.login)
        data["csrf_token"] = http.Request.csrf_token(self)
        response = self.url_open(url, data=data, files={"ufile": ("note.pdf", PROGRAM)})
        self.assertEqual(response.status_code, 200)
        return response.json()

    def _files(self):
        return self.env["ir.attachment"].search_count([("name", "=", "note.pdf")])

    def test_chatter(self):
        before = self._files()
        for pending in "", "true":
            answer = self._upload(
                "/mail/attachment/upload",
                thread_model=self.dossier._name,
                thread_id=self.dossier.id,
                is_pending=pending,
            )
            self.assertIn("“note.pdf”", answer["error"])
        self.assertEqual(self._files(), before)

    def test_form(self):
        before = self._files()
        for record in self.dossier, self.dossier.component_ids[0]:
            [answer] = self._upload(
                "/web/binary/upload_attachment", model=record._name, id=record.id
            )
            self.assertIn("“note.pdf”", answer["error"])
        self.assertEqual(self._files(), before)

    def test_honest_upload(self):
        with patch(f"{__name__}.PROGRAM", PDF):
            answer = self._upload(
                "/mail/attachment/upload",
                thread_model=self.dossier._name,
                thread_id=self.dossier.id,
            )
        self.assertIn("attachment_id", answer["data"])
