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
        dossier.with_user(self.receiver).action_supplement()
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
