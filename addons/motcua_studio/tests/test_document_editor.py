import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.motcua_base.tests.common_document import BODY, DocumentCase

from ..tools.starters import STARTERS


class EditorCase(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._make_version(
            cls._make_procedure(),
            template_ids=[Command.create({"name": "Quyết định", "body": BODY})],
        )
        cls.env["motcua.form.field"].create(
            [
                {
                    "version_id": cls.draft.id,
                    "name": "children",
                    "label": "Children",
                    "type": "repeat",
                },
                {
                    "version_id": cls.draft.id,
                    "name": "child_name",
                    "label": "Name of the child",
                    "type": "char",
                    "parent_name": "children",
                },
            ]
        )
        cls.template = cls.draft.template_ids.with_user(cls.procedure_admin)

    def _preview(self, body, **values):
        return self.template.preview({"body": body, **values})


@tagged("post_install", "-at_install")
class TestDocumentEditor(EditorCase):
    """Merge fields are picked from a list, and the document is seen meanwhile."""

    def test_fields_to_pick(self):
        editor = self.template.load_editor()
        names = {
            field["name"] for group in editor["groups"] for field in group["fields"]
        }
        self.assertLessEqual(
            {"dossier.code", "applicant.name", "form.purpose", "form.born:words"}, names
        )
        [section] = editor["sections"]
        self.assertEqual(section["name"], "children")
        self.assertEqual(
            [field["name"] for field in section["fields"]],
            ["row.number", "row.child_name"],
        )
        self.assertIn("born", [field["name"] for field in editor["form"]])

    def test_all_that_can_be_picked_is_shown_in_the_preview(self):
        editor = self.template.load_editor()
        chips = [
            f'<p id="{field["name"]}"><span data-merge="{field["name"]}">x</span></p>'
            for group in editor["groups"]
            for field in group["fields"]
            if field["name"] != "dossier.case"  # this procedure has none
        ]
        rows = [
            f'<span data-merge="{field["name"]}">x</span>'
            for field in editor["sections"][0]["fields"]
        ]
        body = "".join(chips) + f'<p data-merge-rows="children">{" ".join(rows)}</p>'
        answer = self._preview(body)
        self.assertFalse(answer["findings"])
        self.assertNotIn("………", answer["html"].partition('class="body"')[2])

    def test_preview_of_what_is_not_saved(self):
        answer = self._preview("<p>Chưa lưu</p>", number_pattern="{number}/GP")
        self.assertIn("Chưa lưu", answer["html"])
        self.assertIn("07/GP", answer["html"])
        self.assertEqual(self.template.number_pattern, "{number}/QĐ-UBND")
        self.assertNotIn("Chưa lưu", self.template.body)

    def test_preview_says_what_is_to_be_mended(self):
        answer = self._preview('<p><span data-merge="form.gone">x</span></p>')
        self.assertEqual(
            answer["findings"],
            ["document “Quyết định” asks for the unknown field “form.gone”"],
        )

    def test_preview_is_caged(self):
        answer = self._preview("<p onclick='x'>a</p><script>alert(1)</script>")
        self.assertNotIn("<script", answer["html"])
        self.assertNotIn("onclick", answer["html"])

    def test_preview_on_a_dossier(self):
        """Who may read dossiers sees a real one; the reading is noted."""
        draft = self.version._copy_to_draft()
        dossier = self._received()
        self.leader.group_ids |= self.env.ref("motcua_base.group_procedure_admin")
        template = draft.template_ids[0].with_user(self.leader)
        Log = self.env["motcua.access.log"].sudo()
        before = Log.search_count([])
        answer = template.preview({"body": BODY}, dossier.id)
        self.assertIn(dossier.applicant_name, answer["html"])
        self.assertEqual(Log.search_count([]), before + 1)
        self.assertRefused(
            AccessError,
            draft.template_ids[0].with_user(self.procedure_admin).preview,
            {"body": BODY},
            dossier.id,
        )
        other = self.template.with_user(self.leader)
        self.assertRefused(ValidationError, other.preview, {"body": BODY}, dossier.id)

    def test_for_administrators_only(self):
        for method, arguments in (
            ("load_editor", ()),
            ("preview", ({"body": "x"},)),
            ("preview_pdf", ()),
        ):
            for user in (self.approver, self.plain, self.inspector):
                template = self.template.with_user(user)
                with self.subTest(method=method, user=user.login):
                    self.assertRefused(
                        AccessError, getattr(template, method), *arguments
                    )

    def test_whoever_saves_second_is_told_so(self):
        seen = self.template.revision
        self.template.write({"body": "<p>1</p>", "revision": seen})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE motcua_document_template SET write_date = '2026-03-02 02:00'"
        )
        self.template.invalidate_recordset()
        with self._refusing(UserError, "since you opened it"):
            self.template.write({"body": "<p>2</p>", "revision": seen})
        self.assertEqual(self.template.body, "<p>1</p>")


@tagged("post_install", "-at_install")
class TestStarters(EditorCase, HttpCase):
    """Documents to begin from can be published and signed as they are."""

    def _start(self, starter):
        Wizard = self.env["motcua.document.starter"].with_user(self.procedure_admin)
        wizard = Wizard.create({"version_id": self.draft.id, "starter": starter})
        action = wizard.action_create()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_starters(self):
        self.draft.template_ids.unlink()
        for starter in STARTERS:
            template = self._start(starter)
            self.assertEqual(template.body, STARTERS[starter]["body"])
            self.assertFalse(template._problems())
        self.assertEqual(self._start("blank").body, "")
        with self._refusing(ValidationError, "has no text"):
            self.draft.action_publish()

    def test_pdf(self):
        url = f"/motcua/studio/document/{self.template.id}"
        self.authenticate(self.procedure_admin.login, self.procedure_admin.login)
        self.assertTrue(self.url_open(url).content.startswith(b"%PDF"))
        self.authenticate(self.approver.login, self.approver.login)
        self.assertEqual(self.url_open(url).status_code, 403)

    def test_conditions_are_those_of_forms(self):
        condition = json.dumps({"any": [{"field": "born", "op": "filled"}]})
        answer = self._preview(f"<p data-merge-if='{condition}'>Có ngày sinh</p>")
        self.assertIn("Có ngày sinh", answer["html"])
        self.assertFalse(answer["findings"])


@tagged("post_install", "-at_install")
class TestLetterEditor(EditorCase):
    """Letters are written as documents are: fields from a list, seen meanwhile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        letter = cls.env.ref("motcua_base.letter_template_supplement")
        cls.letter = letter.with_user(cls.system_admin)

    def test_all_that_can_be_picked_is_shown_in_the_preview(self):
        editor = self.letter.load_editor()
        names = [
            field["name"] for group in editor["groups"] for field in group["fields"]
        ]
        self.assertNotIn("applicant.id_number", names)
        for name in names:
            with self.subTest(field=name):
                body = f'<p>[<span data-merge="{name}">x</span>]</p>'
                answer = self.letter.preview({"body": body, "subject": f"{{{name}}}"})
                self.assertFalse(answer["findings"])
                self.assertNotIn('[<span class="merged"></span>]', answer["html"])

    def test_preview_on_a_dossier_is_noted(self):
        dossier = self._received()
        Log = self.env["motcua.access.log"].sudo()
        before = Log.search_count([])
        values = {"body": self.letter.body, "subject": "x"}
        answer = self.letter.preview(values, dossier.id)
        self.assertIn(dossier.applicant_name, answer["html"])
        self.assertEqual(Log.search_count([]), before + 1)

    def test_preview_says_what_is_to_be_mended(self):
        body = '<p><span data-merge="document.number">x</span></p>'
        answer = self.letter.preview({"body": body, "subject": "{x} {"})
        self.assertEqual(len(answer["findings"]), 3)
        self.assertRefused(ValidationError, self.letter.write, {"body": body})

    def test_what_somebody_saved_meanwhile_is_kept(self):
        revision = self.letter.revision
        self.letter.sudo().subject = "Saved meanwhile"
        self.letter.sudo().flush_recordset()
        self.env.cr.execute(
            "UPDATE motcua_letter_template SET write_date = write_date"
            " + interval '1 second' WHERE id = %s",
            [self.letter.id],
        )
        self.assertRefused(
            UserError, self.letter.write, {"subject": "x", "revision": revision}
        )

    def test_for_administrators_of_the_shop_only(self):
        for user in (self.procedure_admin, self.leader, self.receiver):
            letter = self.letter.with_user(user)
            self.assertRefused(AccessError, letter.load_editor)
            self.assertRefused(
                AccessError, letter.preview, {"body": "<p>x</p>", "subject": "x"}
            )
