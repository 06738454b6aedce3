"""Attacks on files of dossiers: opening them to anybody, taking them, smuggling in what
no file rule would take."""

from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_access import AccessCase
from .sample_files import PDF

EXE = b"MZ\x90\x00" + bytes(200)


@tagged("post_install", "-at_install")
class TestAttackFiles(AccessCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.dossier = self._draft()
        paper = self.dossier.component_ids.filtered(lambda p: p.kind == "identity")
        self.scan = self._file(self.receiver, name="cccd.pdf")
        paper.write({"attachment_ids": [(4, self.scan.id)]})
        self.dossier.action_receive()
        self.note = self.dossier.env["ir.attachment"].create(
            {
                "name": "note.pdf",
                "raw": PDF,
                "res_model": "motcua.dossier",
                "res_id": self.dossier.id,
            }
        )

    # -- to anybody -------------------------------------------------------

    def test_no_file_is_opened_to_everybody(self):
        for file in (self.scan, self.note):
            for user in (self.receiver, self.leader, self.system_admin):
                theirs = self._as(file, user)
                with self.subTest(file=file.name, user=user.login):
                    self.assertRefused(AccessError, theirs.write, {"public": True})
                    self.assertRefused(
                        AccessError, theirs.write, {"access_token": "known"}
                    )
            self.assertRefused(AccessError, file.sudo().write, {"public": True})

    def test_no_file_comes_in_open(self):
        Attachment = self._as(self.env["ir.attachment"], self.receiver)
        values = {
            "name": "a.pdf",
            "raw": PDF,
            "res_model": "motcua.dossier",
            "res_id": self.dossier.id,
        }
        for opening in ({"public": True}, {"access_token": "known"}):
            self.assertRefused(AccessError, Attachment.create, {**values, **opening})
            self.assertRefused(
                AccessError, self._as(self.note, self.receiver).copy, opening
            )
        loose = Attachment.create({"name": "a.pdf", "raw": PDF, "public": True})
        self.assertRefused(
            AccessError,
            loose.write,
            {"res_model": "motcua.dossier", "res_id": self.dossier.id},
        )

    def test_asking_for_a_token_gives_none(self):
        theirs = self._as(self.note, self.receiver)
        self.assertEqual(theirs.generate_access_token(), [False])
        self.assertFalse(self.note.sudo().access_token)
        loose = self._file(self.receiver)
        both = self._as(loose | self.note, self.receiver)
        self.assertEqual(
            [bool(token) for token in both.generate_access_token()], [True, False]
        )

    def test_no_token_opens_a_file(self):
        self._reset_cache()
        for file in (self.scan, self.note):
            file = file.sudo()
            self.env.cr.execute(
                "UPDATE ir_attachment SET access_token = 'known' WHERE id = %s",
                [file.id],
            )
            file.invalidate_recordset()
            for token in ("known", file._get_raw_access_token()):
                with self.subTest(file=file.name), mute_logger("odoo.http"):
                    answer = self.url_open(
                        f"/web/content/{file.id}?access_token={token}"
                    )
                    self.assertNotIn(b"%PDF", answer.content)
                    self.assertNotEqual(answer.status_code, 200)

    # -- to another owner --------------------------------------------------

    def test_files_stay_with_their_record(self):
        other = self._received()
        for values in (
            {"res_id": other.id},
            {"res_model": "res.partner", "res_id": self.receiver.partner_id.id},
            {"res_model": False, "res_id": False},
        ):
            with self.subTest(values):
                self.assertRefused(
                    AccessError, self._as(self.note, self.receiver).write, values
                )

    # -- past the file rules -------------------------------------------------

    def test_a_program_comes_in_no_way(self):
        Attachment = self._as(self.env["ir.attachment"], self.receiver)
        owner = {"res_model": "motcua.dossier", "res_id": self.dossier.id}
        attempts = {
            "plain": lambda: Attachment.create({"name": "a.pdf", "raw": EXE, **owner}),
            "as a field": lambda: Attachment.create(
                {"name": "a.pdf", "raw": EXE, "res_field": "signature_id", **owner}
            ),
            "as a field of another model, given later": lambda: Attachment.create(
                {"name": "a.pdf", "raw": EXE, "res_field": "image_1920"}
            ).write({**owner, "res_field": False}),
            "by its type": lambda: Attachment.create(
                {"name": "a.pdf", "type": "url", "url": "https://x.example/", **owner}
            ),
            "by writing": lambda: self._as(self.note, self.receiver).write(
                {"raw": EXE}
            ),
            "by copying": lambda: self._as(self.note, self.receiver).copy({"raw": EXE}),
            "freed of its field": lambda: self._as(self.note, self.receiver).write(
                {"res_field": "signature_id"}
            ),
            "posted": lambda: self._as(self.dossier, self.receiver).message_post(
                body="x", attachment_ids=[self._file(self.receiver, raw=EXE).id]
            ),
        }
        for name, attempt in attempts.items():
            with self.subTest(name):
                self.assertRefused(UserError, attempt)

    def test_a_program_becomes_no_result(self):
        dossier = self._at_signature()
        for values in ({}, {"res_field": "image_1920"}, {"res_field": "datas"}):
            with self.subTest(values):
                program = self._file(self.approver, raw=EXE, name="a.pdf", **values)
                self.assertRefused(
                    UserError, dossier.action_complete, program.ids, "12/QĐ"
                )
        self.assertFalse(dossier.sudo().result_attachment_ids)

    def test_a_program_becomes_no_paper(self):
        draft = self._draft()
        program = self._file(self.receiver, raw=EXE, res_field="image_1920")
        self.assertRefused(
            UserError,
            draft.component_ids[0].write,
            {"attachment_ids": [(4, program.id)]},
        )

    def test_a_program_becomes_no_form_to_download(self):
        draft = self._make_version(self._make_procedure())
        paper = self._as(draft.component_ids[0], self.procedure_admin)
        self.assertRefused(
            UserError,
            paper.write,
            {"template": b64encode(EXE), "template_name": "mau.docx"},
        )

    def test_the_kind_is_what_it_is(self):
        theirs = self._as(self.note, self.receiver)
        theirs.write({"mimetype": "text/html"})
        self.assertEqual(self.note.sudo().mimetype, "application/pdf")
