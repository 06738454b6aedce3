import hashlib
import io

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import MONDAY
from .common_document import ADULT, BODY, DocumentCase


def pdf_text(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    words = " ".join(page.extract_text() for page in pages).split()
    # What stands in a span of its own is extracted as a word of its own.
    return " ".join(words).replace(" ,", ",").replace(" .", ".")


@tagged("post_install", "-at_install")
class TestDocument(DocumentCase):
    """Documents are signed where the workflow lets a dossier end, get the next number
    of their register, and are never changed again."""

    def test_signing_completes_the_dossier(self):
        dossier = self._at_signature()
        document = self._issue(dossier, self.decision)
        self.assertEqual(document.code, "01/QĐ-UBND")
        self.assertEqual(str(document.date), MONDAY[:10])
        self.assertEqual(document.signer_id, self.approver)
        self.assertEqual(document.signer_title, "Chủ tịch")
        self.assertEqual(dossier.status, "9")
        self.assertEqual(dossier.result, "granted")
        self.assertEqual(dossier.result_number, "01/QĐ-UBND")
        self.assertEqual(dossier.result_date, document.date)
        file = document.sudo().attachment_id
        self.assertEqual(dossier.sudo().result_attachment_ids, file)
        self.assertEqual(document.checksum, hashlib.sha256(file.raw).hexdigest())
        kinds = dossier.sudo().event_ids.mapped("kind")
        self.assertEqual(kinds[-2:], ["issue_document", "complete"])
        self.assertFalse(dossier._log_problems())

    def test_what_it_says(self):
        document = self._issue(self._at_signature(), self.decision)
        said = pdf_text(document.sudo().attachment_id.raw)
        for words in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "ỦY BAN NHÂN DÂN XÃ KHE SANH",
            "Số: 01/QĐ-UBND",
            "Khe Sanh, ngày 02 tháng 3 năm 2026",
            "Cấp cho Hoa, sinh ngày 05 tháng 3 năm 1990, để vay vốn.",
            "Đã đủ tuổi thành niên.",
            "Nơi nhận:",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            self.approver.name,
        ):
            self.assertIn(words, said)

    def test_amounts_are_said_as_the_rule_set_says(self):
        dossier = self._received(procedure_id=self.procedure.id)
        dossier.copies = 105
        issue = {"number": "1", "date": None, "signer": "", "title": ""}
        for style, words in (
            ("linh", "một trăm linh năm"),
            ("le", "một trăm lẻ năm"),
        ):
            dossier.ruleset_id.sudo().zero_in_words = style
            texts, _rows, _answers = dossier._merge_values([], issue)
            self.assertEqual(texts["dossier.copies:words"], words)

    def test_a_condition_that_does_not_hold(self):
        answers = {"purpose": "x", "born": "2015-01-01"}
        dossier = self._at_signature(form_values=answers)
        document = self._issue(dossier, self.decision)
        self.assertNotIn("thành niên", document.html)

    def test_numbers_count_by_register_agency_and_year(self):
        def code(template, **values):
            return self._issue(self._at_signature(), template, **values).code

        self.assertEqual(code(self.decision), "01/QĐ-UBND")
        self.assertEqual(code(self.decision), "02/QĐ-UBND")
        self.assertEqual(code(self.refusal, note="x"), "01/TB-UBND")
        notice = self._issue(self._at_appraisal(), self.notice)
        self.assertEqual(notice.code, "02/TB-UBND")
        with freeze_time("2027-03-01 01:00:00"):
            self.assertEqual(code(self.decision), "01/QĐ-UBND")

    def test_a_refusal(self):
        dossier = self._at_signature()
        with self._refusing(UserError, "Please write the reason"):
            self._issue(dossier, self.refusal)
        document = self._issue(dossier, self.refusal, note="Hết đất để cấp")
        self.assertEqual((dossier.status, dossier.result), ("9", "refused"))
        self.assertEqual(dossier.refusal_reason, "Hết đất để cấp")
        self.assertEqual(dossier.result_number, document.code)
        self.assertIn("Hết đất để cấp", document.html)

    def test_a_notice_leaves_the_dossier_where_it_is(self):
        dossier = self._at_appraisal()
        self._issue(dossier, self.notice)
        self.assertEqual(dossier.status, "4")
        self.assertFalse(dossier.sudo().result_attachment_ids)
        task = dossier.sudo().task_id
        self.assertEqual(task.attachment_ids, dossier.document_ids.sudo().attachment_id)
        with self._refusing(UserError, "was issued already under number 01/TB-UBND"):
            self._issue(dossier, self.notice)

    def test_results_are_signed_where_dossiers_end(self):
        dossier = self._at_appraisal()
        with self._refusing(UserError, "is not signed at step “appraise”"):
            self._issue(dossier, self.decision)
        self.assertFalse(dossier.document_ids)

    def test_who_signs(self):
        dossier = self._at_signature()
        for user in (self.handler, self.receiver, self.stranger, self.inspector):
            with self.subTest(user=user.login):
                self.assertRefused(
                    AccessError,
                    self._as(dossier, user).action_issue_document,
                    self.decision.id,
                )

    def test_a_clerk_numbers_what_the_head_has_approved(self):
        """Under the document stands who approved it, not who gave it its number."""
        issue = self.env["motcua.workflow.step"].create(
            {
                "workflow_id": self.workflow.id,
                "sequence": 2,
                "name": "issue",
                "role": "handler",
                "place": "department",
                "stage_id": self.env.ref("motcua_base.stage_issue").id,
                "can_finish": True,
            }
        )
        self.env["motcua.workflow.transition"].create(
            {
                "workflow_id": self.workflow.id,
                "name": "to issue",
                "from_step_id": self.steps["sign"].id,
                "to_step_id": issue.id,
            }
        )
        dossier = self._at_signature()
        dossier.action_forward(assignee_id=self.handler.id)
        document = self._issue(self._as(dossier, self.handler), self.decision)
        self.assertEqual(document.signer_id, self.approver)
        self.assertEqual(document.signer_title, "Chủ tịch")
        self.assertEqual(dossier.sudo().event_ids[-2].user_id, self.handler)

    def test_documents_of_another_procedure(self):
        foreign = self._make_version(
            self._make_procedure(),
            template_ids=[Command.create({"name": "Other", "body": BODY})],
        ).template_ids
        dossier = self._at_signature()
        for template_id, words in (
            (foreign.id, "belongs to this procedure"),
            (0, "has to be the id"),
            (-1, "has to be the id"),
        ):
            with self._refusing(UserError, words):
                dossier.action_issue_document(template_id)

    def test_an_open_opinion_holds_the_signature_back(self):
        dossier = self._at_signature()
        dossier.action_consult(self.bureau.ids, "2026-03-05", "Ý kiến?")
        with self._refusing(UserError, "still waits for the opinion"):
            self._issue(dossier, self.decision)

    # ------------------------------------------------------------------

    def test_a_draft(self):
        dossier = self._at_appraisal()
        action = dossier.action_draft_document(self.decision.id)
        self.assertEqual(
            action["url"], f"/motcua/document/draft/{dossier.id}/{self.decision.id}"
        )
        said = pdf_text(dossier._draft_pdf(self.decision.id))
        self.assertIn("DỰ THẢO", said)
        self.assertIn("Số: ……/QĐ-UBND", said)
        self.assertIn("ngày …… tháng …… năm", said)
        self.assertFalse(dossier.document_ids)
        logged = self.env["motcua.access.log"].search([], limit=1)
        self.assertEqual((logged.action, logged.code), ("print", dossier.code))

    def test_a_draft_as_what_the_step_has_produced(self):
        dossier = self._at_appraisal()
        self.steps["appraise"].requires = "draft"
        with self._refusing(UserError, "needs a draft document"):
            dossier.action_forward(assignee_id=self.approver.id)
        action = dossier.with_context(verb="draft_document").action_open_verb()
        wizard = dossier.env["motcua.dossier.verb"].browse(action["res_id"])
        wizard.template_id = self.decision
        wizard.action_attach_draft()
        dossier.action_forward(assignee_id=self.approver.id)
        draft = dossier.sudo().task_ids.attachment_ids
        self.assertIn("DỰ THẢO", pdf_text(draft.raw))
        self.assertRefused(AccessError, dossier.action_attach_draft, self.decision.id)

    def test_drafts_are_for_who_handles_the_dossier(self):
        dossier = self._at_appraisal()
        for user in (self.citizen_user, self.receiver, self.stranger, self.plain):
            with self.subTest(user=user.login):
                self.assertRefused(
                    AccessError,
                    self._as(dossier, user).action_draft_document,
                    self.decision.id,
                )

    # ------------------------------------------------------------------

    def test_revoking(self):
        dossier = self._at_signature()
        document = self._issue(dossier, self.decision)
        frozen = document.sudo().attachment_id.raw
        with self._refusing(UserError, "Please write the reason"):
            document.action_revoke(" ")
        document.action_revoke("Sai họ tên")
        self.assertEqual(document.state, "revoked")
        self.assertEqual(document.revoker_id, self.approver)
        self.assertEqual(dossier.sudo().event_ids[-1].kind, "revoke_document")
        self.assertIn("Sai họ tên", dossier.sudo().event_ids[-1].summary)
        self.assertFalse(dossier._log_problems())
        # A copy says so; what was issued stays as it was.
        said = pdf_text(document._to_pdf())
        self.assertIn("ĐÃ THU HỒI", said)
        self.assertIn("thu hồi ngày 02 tháng 3 năm 2026. Lý do: Sai họ tên", said)
        self.assertEqual(document.sudo().attachment_id.raw, frozen)
        with self._refusing(UserError, "cannot be revoked"):
            document.action_revoke("x")
        # The number is never given again.
        again = self._issue(self._at_signature(), self.decision)
        self.assertEqual(again.code, "02/QĐ-UBND")

    def test_a_revoked_notice_may_be_issued_anew(self):
        dossier = self._at_appraisal()
        document = self._issue(dossier, self.notice)
        self._as(document, self.approver).action_revoke("Sai ngày")
        again = self._issue(self._as(dossier, self.handler), self.notice)
        self.assertEqual(again.code, "02/TB-UBND")

    def test_who_revokes(self):
        document = self._issue(self._at_signature(), self.decision)
        for user in (self.handler, self.receiver, self.stranger, self.inspector):
            with self.subTest(user=user.login):
                self.assertRefused(
                    AccessError, self._as(document, user).action_revoke, "x"
                )

    def test_documents_of_another_dossier(self):
        document = self._issue(self._at_signature(), self.decision)
        other = self._at_signature()
        with self._refusing(UserError, "cannot be revoked"):
            other.action_revoke_document(document.id, "x")

    def test_on_record(self):
        """Nobody writes, deletes or makes up documents, nor their files."""
        document = self._issue(self._at_appraisal(), self.notice)
        file = document.sudo().attachment_id
        for user in (self.handler, self.leader, self.system_admin):
            with self.subTest(user=user.login):
                own = self._as(document, user)
                self.assertRefused(AccessError, own.write, {"code": "9/QĐ"})
                self.assertRefused(AccessError, own.unlink)
                values = {"dossier_id": document.dossier_id.id}
                self.assertRefused(AccessError, own.create, values)
                mine = self._as(file, user)
                self.assertRefused(AccessError, mine.write, {"name": "x"})
                self.assertRefused(AccessError, mine.unlink)
        self.assertRefused(AccessError, document.sudo().unlink)

    def test_citizens_open_their_result(self):
        dossier = self._at_signature()
        document = self._issue(dossier, self.decision)
        file = self._as(document.sudo().attachment_id, self.citizen_user)
        self.assertFalse(file._motcua_closed("read"))
        self.assertRefused(AccessError, self._as(document, self.citizen_user).read)
        notice = self._issue(self._at_appraisal(), self.notice)
        file = self._as(notice.sudo().attachment_id, self.citizen_user)
        self.assertEqual(file._motcua_closed("read"), file)

    # ------------------------------------------------------------------

    def test_register(self):
        first = self._issue(self._at_signature(), self.decision)
        second = self._issue(self._at_appraisal(), self.notice)
        Document = self.env["motcua.document"].with_user(self.leader)
        found = {
            typed: Document.search([("display_name", "ilike", typed)])
            for typed in ("01/qđ", "HOA", "tham dinh", "quyet dinh hoa", "%", "x")
        }
        self.assertEqual(found["01/qđ"], first)
        self.assertEqual(found["HOA"], first | second)
        self.assertEqual(found["tham dinh"], second)
        self.assertEqual(found["quyet dinh hoa"], first)
        self.assertFalse(found["%"] | found["x"])
        by_code = Document.search(
            [("display_name", "ilike", first.sudo().dossier_id.code)]
        )
        self.assertEqual(by_code, first)
        self.assertFalse(
            Document.with_user(self.far_leader).search([("id", "=", first.id)])
        )

    def test_printed_register(self):
        """In the order of the numbers, with the reason of what was revoked."""
        first = self._issue(self._at_signature(), self.decision)
        second = self._issue(self._at_signature(), self.decision)
        first.action_revoke("Sai họ tên")
        report = self.env["ir.actions.report"].with_user(self.leader)
        name = "motcua_base.report_document_register"
        html, _kind = report._render_qweb_html(name, (second | first).ids)
        words = " ".join(html.decode().split())
        for text in ("Sổ đăng ký văn bản đi", "Thu hồi 02/03/2026: Sai họ tên"):
            self.assertIn(text, words)
        self.assertLess(words.index(first.code), words.index(second.code))
        logged = self.env["motcua.access.log"].sudo().search([], limit=2)
        self.assertEqual(
            set(logged.mapped("code")),
            set((first | second).sudo().dossier_id.mapped("code")),
        )
        far = report.with_user(self.far_leader)
        self.assertRefused(AccessError, far._render_qweb_html, name, first.ids)

    def test_reading_the_frozen_text_is_noted(self):
        document = self._issue(self._at_signature(), self.decision)
        Log = self.env["motcua.access.log"].sudo()
        before = Log.search_count([])
        self._as(document, self.leader).read(["code", "applicant_name"])
        self.assertEqual(Log.search_count([]), before)
        self._as(document, self.leader).read(["html"])
        self.assertEqual(Log.search_count([]), before + 1)

    # ------------------------------------------------------------------

    def test_the_dialog_proposes_the_document(self):
        dossier = self._at_signature()
        action = dossier.with_context(verb="complete").action_open_verb()
        wizard = dossier.env["motcua.dossier.verb"].browse(action["res_id"])
        self.assertEqual(wizard.template_id, self.decision)
        self.assertIn("/draft/", wizard.action_preview()["url"])
        wizard.action_apply()
        self.assertEqual(dossier.document_ids.code, dossier.result_number)

    def test_the_dialog_still_takes_a_number_by_hand(self):
        dossier = self._at_signature()
        action = dossier.with_context(verb="complete").action_open_verb()
        wizard = dossier.env["motcua.dossier.verb"].browse(action["res_id"])
        wizard.write({"template_id": False, "number": "5/QĐ"})
        wizard.action_apply()
        self.assertEqual(dossier.result_number, "5/QĐ")
        self.assertFalse(dossier.document_ids)

    def test_the_dialogs_of_refusal_and_revocation(self):
        dossier = self._at_signature()
        action = dossier.with_context(verb="refuse").action_open_verb()
        wizard = dossier.env["motcua.dossier.verb"].browse(action["res_id"])
        self.assertEqual(wizard.template_id, self.refusal)
        wizard.text = "Không đủ điều kiện"
        wizard.action_apply()
        document = dossier.document_ids
        self.assertEqual(document.template_id, self.refusal)
        self.assertTrue(document.may_revoke)
        action = document.action_open_revoke()
        wizard = dossier.env["motcua.dossier.verb"].browse(action["res_id"])
        wizard.text = "Ký nhầm"
        wizard.action_apply()
        self.assertEqual(document.state, "revoked")

    def test_verbs_offered(self):
        def documents(dossier):
            verbs = (dossier.available_verbs or "").split()
            return {verb for verb in verbs if verb.endswith("_document")}

        dossier = self._at_appraisal()
        both = {"action_draft_document", "action_issue_document"}
        self.assertEqual(documents(dossier), both)
        self._issue(dossier, self.notice)
        dossier.invalidate_recordset(["available_verbs"])
        self.assertEqual(documents(dossier), {"action_draft_document"})


@tagged("post_install", "-at_install")
class TestDocumentTemplate(DocumentCase):
    """Templates belong to a version: checked, frozen and copied with it."""

    def _draft_version(self, **values):
        template = {"name": "Quyết định", "body": BODY, **values}
        return self._make_version(
            self._make_procedure(), template_ids=[Command.create(template)]
        )

    def test_problems_keep_a_version_from_publication(self):
        for body, words in (
            ("<p></p>", "document “Quyết định” has no text"),
            (
                '<p><span data-merge="form.gone">x</span></p>',
                "asks for the unknown field “form.gone”",
            ),
            (
                '<p data-merge-rows="gone">x</p>',
                "repeats the unknown section “gone”",
            ),
            (
                f"<p data-merge-if='{ADULT.replace('born', 'gone')}'>x</p>",
                "depends on the unknown field “gone”",
            ),
            ("<p data-merge-if='x'>x</p>", "can never be decided"),
        ):
            with self.subTest(body=body):
                version = self._draft_version(body=body)
                with self._refusing(ValidationError, words):
                    version.action_publish()
        self._draft_version().action_publish()

    def test_what_nobody_can_sign_keeps_a_version_from_publication(self):
        """A result is signed where a dossier may end, a notice where its column is: at
        no other step, whatever the template says."""
        stages = {
            name: [Command.link(self.env.ref(f"motcua_base.stage_{name}").id)]
            for name in ("appraisal", "signature", "consultation")
        }
        where = "can be signed nowhere in workflow “Appraise and sign”"
        for result, stage in (
            ("granted", "appraisal"),
            ("refused", "appraisal"),
            (False, "consultation"),
        ):
            with self.subTest(result=result, stage=stage):
                version = self._draft_version(result=result, stage_ids=stages[stage])
                with self._refusing(ValidationError, where):
                    version.action_publish()
        for result, stage in (("granted", "signature"), (False, "appraisal")):
            version = self._draft_version(result=result, stage_ids=stages[stage])
            version.action_publish()

    def test_every_workflow_of_an_agency_counts(self):
        """An agency that follows a workflow of its own could not sign."""
        version = self._draft_version(
            result="granted",
            stage_ids=[Command.link(self.env.ref("motcua_base.stage_signature").id)],
        )
        own = self.workflow.copy()
        own.name = "Own way"
        own.step_ids.filtered("can_finish").stage_id = self.env.ref(
            "motcua_base.stage_appraisal"
        )
        self._make_offering(self.commune, version.procedure_id, workflow_id=own.id)
        with self._refusing(ValidationError, "nowhere in workflow “Own way”"):
            version.action_publish()

    def test_a_result_signed_without_approval_is_pointed_at(self):
        workflow = self.workflow.copy()
        workflow.step_ids.filtered("can_finish").role = "handler"
        version = self._draft_version(result="granted")
        version.workflow_id = workflow
        [found] = [
            f for f in version._findings() if "without an approver" in f.sentence
        ]
        self.assertFalse(found.blocks)
        self.assertEqual(found.record, workflow.step_ids.filtered("can_finish"))

    def test_frozen_with_the_version(self):
        with self._refusing(UserError, "can no longer be changed"):
            self.decision.body = "<p>x</p>"

    def test_copied_with_the_version(self):
        draft = self.version._copy_to_draft()
        self.assertEqual(
            draft.template_ids.mapped("body"), self.version.template_ids.mapped("body")
        )
        draft.template_ids[0].body = "<p>khác</p>"
        self.assertIn("data-merge", self.decision.body)

    def test_numbers_have_a_register(self):
        for pattern in ("{number}", "QĐ", "{number.__class__}/QĐ"):
            with self._refusing(ValidationError, "is no number and symbol"):
                self._draft_version(number_pattern=pattern)

    def test_what_is_stored_is_caged(self):
        version = self._draft_version(
            body="<p onclick='x'>a<script>alert(1)</script>"
            '<img src="file:///etc/passwd"><t t-out="object.env">b</t></p>'
        )
        self.assertEqual(version.template_ids.body, "<p>ab</p>")
        version.template_ids.body = '<p style="background:url(x)">c</p>'
        self.assertEqual(version.template_ids.body, "<p>c</p>")
        with self._refusing(ValidationError, "too long"):
            version.template_ids.body = "x" * 400_000


@tagged("post_install", "-at_install")
class TestDocumentCage(DocumentCase, HttpCase):
    """What is typed into a dossier reaches no printed document but as text."""

    def test_hostile_values(self):
        hostile = "<script>alert(1)</script><img src='file:///etc/passwd'>"
        dossier = self._at_signature(
            applicant_name=hostile,
            form_values={"purpose": "{{ object.env }}<t t-out='1'/>"},
        )
        document = self._issue(dossier, self.decision)
        self.assertNotIn("<script", document.html)
        self.assertNotIn("<img src=", document.html.replace("<img alt", ""))
        self.assertIn("&lt;script&gt;", document.html)
        said = pdf_text(document.sudo().attachment_id.raw)
        self.assertIn("<script>alert(1)</script>", said)
        self.assertIn("{{ object.env }}", said)
        self.assertNotIn("root:", said)

    def test_a_template_smuggled_into_the_database(self):
        """Even what got past the model prints as harmless."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE motcua_document_template SET body = %s WHERE id = %s",
            [
                "<p>Trước</p><iframe src='file:///etc/passwd'></iframe>"
                "<object data='file:///etc/passwd'></object>"
                "<link rel='stylesheet' href='file:///etc/passwd'>"
                "<p style='background:url(file:///etc/passwd)' t-out='object.env'>"
                "Sau</p><span data-merge='object.env.cr'>x</span>",
                self.decision.id,
            ],
        )
        self.env.invalidate_all()
        document = self._issue(self._at_signature(), self.decision)
        for word in ("passwd", "iframe", "t-out", "object.env"):
            self.assertNotIn(word, document.html)
        said = pdf_text(document.sudo().attachment_id.raw)
        self.assertIn("Trước Sau", said)
        self.assertNotIn("root:", said)

    def test_addresses(self):
        """PDFs open to whom the dossier opens, over HTTP as well."""
        dossier = self._at_appraisal()
        document = self._issue(dossier, self.notice)
        for user, status in ((self.handler, 200), (self.far_leader, 403)):
            self.authenticate(user.login, user.login)
            for url in (
                f"/motcua/document/{document.id}",
                f"/motcua/document/draft/{dossier.id}/{self.decision.id}",
            ):
                with self.subTest(user=user.login, url=url), mute_logger("odoo.http"):
                    response = self.url_open(url)
                    self.assertEqual(response.status_code, status)
                    if status == 200:
                        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertEqual(self.url_open("/motcua/document/0").status_code, 404)
