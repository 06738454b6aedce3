from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.motcua_base.tools.sms import SmsRefused

from .common import MONDAY, MotcuaCase

GATEWAY = "odoo.addons.motcua_base.models.sms_gateway.SmsGatewayLog._send"


@tagged("post_install", "-at_install")
class TestSmsMessage(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch(
                "odoo.addons.base.models.ir_cron.IrCron._commit_progress",
                lambda self, *args, **kwargs: 1000,
            )
        )

    def _messages(self, dossier):
        return self.env["motcua.sms.message"].search([("dossier_id", "=", dossier.id)])

    def _queued(self, dossier=None):
        """The messages queued once the transaction is committed."""
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        return self._messages(dossier) if dossier else None

    def _gateway(self, name):
        self.env["ir.config_parameter"].set_param("motcua_base.sms_gateway", name)

    def _send(self, moment=MONDAY):
        with freeze_time(moment):
            self.env["motcua.sms.message"]._cron_send()

    def test_received(self):
        dossier = self._received()
        self.assertFalse(self._messages(dossier), "not before commit")
        message = self._queued(dossier)
        self.assertEqual(message.phone, "+84912345678")
        self.assertIn(dossier.code, message.text)
        self.assertIn("17:00 09/03/2026", message.text)
        self.assertTrue(message.text.isascii())
        self.assertLessEqual(len(message.text), 160)

    def test_every_occasion_is_told_once(self):
        dossier = self._at_appraisal()
        dossier.action_request_supplement([], "The copy is illegible", 10)
        self._queued()
        dossier.with_user(self.receiver).action_supplement({"note": "Answered"})
        dossier.with_user(self.approver).action_extend("2026-03-20", "Verification")
        dossier.action_forward(assignee_id=self.approver.id)
        self._queued()
        dossier.with_user(self.approver).action_complete(number="1")
        messages = self._queued(dossier)
        self.assertEqual(
            sorted(messages.mapped("kind")),
            ["apology", "ready", "received", "supplement"],
        )
        messages._queue(dossier.sudo(), "ready")
        self.assertEqual(len(self._messages(dossier)), 4)
        for message in messages:
            self.assertNotRegex(message.text, "[{}]")

    def test_refusal_at_intake_has_no_code(self):
        dossier = self._draft()
        dossier.action_reject("Not our competence")
        self.assertIn("Ho so khong duoc", self._queued(dossier).text)

    def test_nobody_to_tell(self):
        for phone in (False, "0233 399 0001"):
            self.citizen.write({"phone": phone, "email": False})
            self.assertFalse(self._queued(self._received()))

    def test_switched_off(self):
        self._gateway("off")
        self.assertFalse(self._queued(self._received()))

    def test_an_occasion_switched_off(self):
        self.env.ref("motcua_base.sms_template_received").active = False
        self.assertFalse(self._queued(self._received()))

    # -- sending ---------------------------------------------------------

    def test_the_log_gateway_writes_no_personal_data(self):
        message = self._queued(self._received())
        with self.assertLogs("odoo.addons.motcua_base.models.sms_gateway") as logs:
            self._send()
        self.assertEqual((message.state, message.tries), ("sent", 1))
        output = "\n".join(logs.output)
        self.assertIn(message.reference, output)
        for private in (message.phone, "912345678", message.text):
            self.assertNotIn(private, output)

    def test_sent_once(self):
        message = self._queued(self._received())
        with patch(GATEWAY, return_value="op-1") as send:
            self._send()
            self._send("2026-03-03 01:00:00")
        send.assert_called_once_with(message.phone, message.text, message.reference)
        self.assertEqual(message.operator_reference, "op-1")

    def test_retries_with_growing_pauses_and_one_reference(self):
        message = self._queued(self._received())
        references = []

        def fail(_gateway, _phone, _text, reference):
            references.append(reference)
            raise TimeoutError("operator does not answer")

        with patch(GATEWAY, fail):
            moments = []
            for _try in range(10):
                if message.state != "outgoing":
                    break
                moments.append(message.date_next)
                self._send(message.date_next)
        self.assertEqual(message.state, "failed")
        self.assertEqual(len(set(references)), 1)
        self.assertEqual(message.tries, len(references))
        waits = [b - a for a, b in zip(moments, moments[1:], strict=False)]
        self.assertEqual(waits, sorted(waits))
        self.assertIn("does not answer", message.error)
        message.action_retry()
        self._send("2026-04-01 01:00:00")
        self.assertEqual(message.state, "sent")

    def test_not_before_its_time(self):
        message = self._queued(self._received())
        with patch(GATEWAY, side_effect=TimeoutError()) as send:
            self._send()
            self._send()
        self.assertEqual(send.call_count, 1)
        self.assertEqual(message.error, "TimeoutError")

    def test_refused_is_not_tried_again(self):
        message = self._queued(self._received())
        with patch(GATEWAY, side_effect=SmsRefused("blocked")) as send:
            self._send()
            self._send("2026-03-05 01:00:00")
        self.assertEqual((message.state, send.call_count), ("failed", 1))

    def test_one_failure_does_not_stop_the_others(self):
        first, second = self._received(), self._received()
        self._queued()
        with patch(GATEWAY, side_effect=[TimeoutError(), None]):
            self._send()
        self.assertEqual(self._messages(first).state, "outgoing")
        self.assertEqual(self._messages(second).state, "sent")

    def test_unknown_gateway_keeps_messages(self):
        message = self._queued(self._received())
        self._gateway("nobody")
        with self.assertLogs(
            "odoo.addons.motcua_base.models.sms_message", "WARNING"
        ) as logs:
            self._send()
        self.assertIn("messages wait", logs.output[0])
        self.assertEqual(message.state, "outgoing")

    # -- texts -----------------------------------------------------------

    def test_texts_are_checked(self):
        template = self.env.ref("motcua_base.sms_template_ready")
        with self._refusing(ValidationError, "applicant.nickname"):
            template.text = "Chao {applicant.nickname}"
        template.text = "Ho so {dossier.code} xong"
