from odoo.tests import new_test_user, tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestDossierMessage(MotcuaCase):
    """Who reads what is written beside a dossier."""

    def setUp(self):
        super().setUp()
        self.dossier = self._at_appraisal()
        self.follower = self.approver.partner_id
        self.dossier.sudo().message_subscribe(self.follower.ids)

    def _post(self, user, **values):
        return (
            self.dossier.with_user(user)
            .message_post(body="Please call.", message_type="comment", **values)
            .notified_partner_ids
        )

    def test_messages_to_the_applicant_spare_followers(self):
        notified = self._post(
            self.handler,
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.citizen.ids,
        )
        self.assertEqual(notified, self.citizen)

    def test_officers_named_are_told(self):
        notified = self._post(
            self.handler,
            subtype_xmlid="mail.mt_comment",
            partner_ids=(self.citizen | self.follower).ids,
        )
        self.assertEqual(notified, self.citizen | self.follower)

    def test_notes_stay_inside(self):
        self.assertFalse(self._post(self.handler, subtype_xmlid="mail.mt_note"))

    def test_words_of_the_applicant_reach_followers(self):
        new_test_user(
            self.env, "hoa", groups="base.group_portal", partner_id=self.citizen.id
        )
        message = self.dossier.sudo().message_post(
            body="Here I am.",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.citizen.id,
        )
        self.assertIn(self.follower, message.notified_partner_ids)

    def test_the_applicant_is_suggested_and_no_officer(self):
        self._post(self.handler, subtype_xmlid="mail.mt_note")
        rows = self.dossier._message_get_suggested_recipients(reply_discussion=True)
        self.assertEqual([row["partner_id"] for row in rows], self.citizen.ids)
