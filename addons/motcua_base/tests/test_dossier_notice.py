from unittest.mock import patch

from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestDossierNotice(MotcuaCase):
    def _mails(self, dossier):
        return self.env["mail.mail"].search(
            [("model", "=", "motcua.dossier"), ("res_id", "=", dossier.id)]
        )

    def _commit(self):
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()

    def test_applicant_is_told_after_commit_only(self):
        dossier = self._received()
        self.assertFalse(self._mails(dossier))
        self._commit()
        mail = self._mails(dossier)
        self.assertEqual(mail.email_to, "hoa@example.com")
        self.assertIn(dossier.code, mail.subject)
        self.assertIn("17:00 09/03/2026", mail.body_html)

    def test_every_notice_can_be_written(self):
        dossier = self._at_appraisal()
        paper = dossier.component_ids[0]
        dossier.action_request_supplement(paper.ids, "The copy is illegible", 10)
        dossier.with_user(self.receiver).action_supplement({"handed_in": paper.ids})
        dossier.with_user(self.approver).action_extend("2026-03-20", "Verification")
        dossier.action_forward(assignee_id=self.approver.id)
        dossier.with_user(self.approver).action_refuse("Not entitled")
        self._commit()
        text = " ".join(self._mails(dossier).mapped("body_html"))
        for words in ("The copy is illegible", "Verification", "Not entitled"):
            self.assertIn(words, text)

    def test_without_address_nobody_is_told(self):
        self.citizen.email = False
        dossier = self._received()
        self._commit()
        self.assertFalse(self._mails(dossier))

    def test_no_link_to_a_page_that_does_not_exist(self):
        dossier = self._received()
        self._commit()
        self.assertNotIn("tra-cuu", self._mails(dossier).body_html)

    def test_layout_says_who_which_and_how_to_look_it_up(self):
        self._serve_lookup_page()
        self.commune.hotline = "0233 399 0001"
        dossier = self._received()
        self._commit()
        body = self._mails(dossier).body_html
        for words in (
            self.commune.name,
            self.desk.name,
            dossier.code,
            dossier.subject,
            "0233 399 0001",
            "/tra-cuu?code=",
            "Ông/Bà",
        ):
            self.assertIn(words, body)
        self.assertNotIn("045190001234", body)

    def test_organisations_are_addressed_as_such(self):
        self.citizen.write({"motcua_type": "2", "motcua_id_number": "0100109106"})
        dossier = self._received()
        self._commit()
        self.assertIn("Quý cơ quan, tổ chức", self._mails(dossier).body_html)

    def test_refusals_at_intake_and_later_read_differently(self):
        early = self._draft()
        early.action_reject("Not our competence")
        late = self._at_signature()
        late.action_refuse("Not entitled")
        self._commit()
        self.assertIn("không thể tiếp nhận", self._mails(early).body_html)
        bodies = " ".join(self._mails(late).mapped("body_html"))
        self.assertIn("không thể giải quyết", bodies)

    def test_a_broken_template_does_not_fail_the_verb(self):
        Dossier = self.env.registry["motcua.dossier"]
        with (
            patch.object(Dossier, "_queue_email", side_effect=ValueError("broken")),
            self.assertLogs("odoo.addons.motcua_base.models.dossier_notice", "ERROR"),
        ):
            dossier = self._received()
            self._commit()
        self.assertEqual(dossier.status, "2")
        self.assertTrue(
            self.env["motcua.sms.message"].search([("dossier_id", "=", dossier.id)])
        )
