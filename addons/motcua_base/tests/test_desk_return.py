from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MotcuaCase

# The smallest picture there is.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b49444154"
    "78da6364f80f00010501012718e3660000000049454e44ae426082"
)


@tagged("post_install", "-at_install")
class TestDeskReturn(MotcuaCase):
    """Handing results over at the return desk."""

    def setUp(self):
        super().setUp()
        self.dossier = self._ready()
        self.desk_api = self.env["motcua.desk"].with_user(self.receiver)

    def _find(self, typed):
        return self.desk_api.find_result(self.desk.id, typed)

    def _hand_over(self, dossier=None, **values):
        dossier = dossier or self.dossier
        return self.desk_api.hand_over(self.desk.id, dossier.id, values)

    def test_the_screen_lists_what_waits_oldest_first(self):
        later = self._ready()
        self._received()
        screen = self.desk_api.load_returns()
        self.assertEqual(screen["desk"]["id"], self.desk.id)
        ids = [row["id"] for row in screen["waiting"]]
        self.assertEqual(ids, [self.dossier.id, later.id])
        self.assertEqual(screen["waiting_count"], 2)

    def test_one_scan_finds_the_result(self):
        code = self.dossier.code
        for typed in (code, f"https://example.com/tra-cuu?code={code}&t=00ff"):
            answer = self._find(typed)
            self.assertEqual(answer["kind"], "result")
            self.assertEqual(answer["result"]["id"], self.dossier.id)
        self.assertNotIn("045190001234", str(answer))
        self.assertIn("0451••••1234", str(answer))

    def test_words_numbers_and_cards_find_it_too(self):
        card = "045190001234||Nguyễn Thị Hoa|01011990|Nữ|Thôn 1|01012022"
        for typed in ("hoa nguyen", "0912345678", "045190001234", card):
            with self.subTest(typed=typed):
                answer = self._find(typed)
                self.assertEqual(answer["result"]["id"], self.dossier.id)
        self._ready()
        self.assertEqual(len(self._find("hoa nguyen")["results"]), 2)

    def test_what_cannot_be_handed_over_says_what_to_do(self):
        elsewhere = self._ready()
        elsewhere.sudo().desk_id = self.post_desk
        for typed, words in (
            ("H99.999-260302-0001", "does not exist here"),
            (self._received().code, "no result yet"),
            (elsewhere.code, self.post_desk.name),
            ("WIFI:S=office;T=WPA;P=12345678", "belongs to nothing here"),
            ("ai do xa la", "No result waits"),
        ):
            with self.subTest(typed=typed):
                answer = self._find(typed)
                self.assertEqual(answer["kind"], "unknown")
                self.assertIn(words, answer["message"])
        with self._refusing(UserError, self.post_desk.name):
            self._hand_over(elsewhere)

    def test_hand_over_to_the_applicant(self):
        answer = self._hand_over(channel="counter")
        self.assertEqual(self.dossier.status, "10")
        self.assertEqual(answer["receiver"], "Nguyễn Thị Hoa")
        self.assertFalse(answer["repeated"])
        self.assertEqual(
            answer["print"],
            [{"report": "motcua_base.report_handover", "ids": self.dossier.ids}],
        )

    def test_twice_is_once(self):
        first = self._hand_over(receiver="Nguyễn Thị Hoa")
        events = self.dossier.event_count
        again = self._hand_over(receiver="Somebody else")
        self.assertTrue(again["repeated"])
        self.assertEqual(again["message"], first["message"])
        self.assertIn("08:00, 02/03/2026", again["message"])
        self.assertEqual(self.dossier.event_count, events)
        self.assertEqual(self.dossier.receiver_name, "Nguyễn Thị Hoa")
        self.assertIn("was handed over", self._find(self.dossier.code)["message"])

    def test_authorised_receiver_with_signature(self):
        self._hand_over(
            receiver="Trần Văn Nhận",
            receiver_id_number="0010 9000 1111",
            signature=b64encode(PNG).decode(),
        )
        dossier = self.dossier.sudo()
        self.assertEqual(dossier.receiver_id_number, "001090001111")
        signature = dossier.signature_id
        self.assertEqual(signature.raw, PNG)
        self.assertEqual(signature.res_model, "motcua.dossier")
        self.assertEqual(signature.res_id, dossier.id)
        payload = dossier.event_ids[-1].payload
        self.assertEqual(payload["receiver_id"], "0010••••1111")
        self.assertEqual(payload["signature"], signature.checksum)
        with self.assertRaises(AccessError):
            signature.with_user(self.receiver).write({"name": "other"})
        with self.assertRaises(AccessError):
            signature.with_user(self.receiver).unlink()

    def test_bad_input_changes_nothing(self):
        for values, words in (
            ({"receiver": "Trần Văn", "receiver_id_number": "12"}, "no ID number"),
            ({"receiver_id_number": "001090001111"}, "name of who receives"),
            ({"signature": "%%%"}, "signature cannot be read"),
            ({"signature": b64encode(b"<svg/>").decode()}, "signature cannot be read"),
            ({"channel": "pigeon"}, "“values › channel” has to be one of"),
        ):
            with self.subTest(values=values), self._refusing(UserError, words):
                self._hand_over(**values)
            self.assertEqual(self.dossier.status, "9")

    def test_fees_are_paid_in_the_same_step(self):
        self.env["motcua.dossier.fee"].create(
            {"dossier_id": self.dossier.id, "name": "Lệ phí", "amount": 8000}
        )
        result = self._find(self.dossier.code)["result"]
        self.assertEqual(result["fee_due"], 8000)
        with self._refusing(UserError, "8.000"):
            self._hand_over()
        answer = self._hand_over(paid="cash")
        self.assertEqual(self.dossier.sudo().fee_ids.method, "cash")
        reports = [row["report"] for row in answer["print"]]
        self.assertIn("motcua_base.report_fee_receipt", reports)
        again = self._hand_over(paid="cash")
        self.assertTrue(again["repeated"])

    def test_handed_over_unpaid_with_a_reason(self):
        self.env["motcua.dossier.fee"].create(
            {"dossier_id": self.dossier.id, "name": "Lệ phí", "amount": 8000}
        )
        self.assertTrue(self._find(self.dossier.code)["result"]["may_owe"])
        self._hand_over(unpaid_reason="Nộp sau, có giấy cam kết")
        self.assertEqual(self.dossier.status, "10")
        summary = self.dossier.sudo().event_ids[-1].summary
        self.assertIn("Nộp sau, có giấy cam kết", summary)
        self.assertIn("8.000", summary)

    def test_what_others_collect_goes_with_its_proof(self):
        self.env["motcua.dossier.fee"].create(
            {
                "dossier_id": self.dossier.id,
                "name": "Thuế",
                "kind": "third_party",
                "amount": 90000,
            }
        )
        with self._refusing(UserError, "90.000"):
            self._hand_over(paid="cash")
        answer = self._hand_over(proof="GNT 0012345")
        self.assertEqual(self.dossier.sudo().fee_ids.reference, "GNT 0012345")
        self.assertEqual(len(answer["print"]), 1)
        self.assertFalse(self.dossier.sudo().fee_receipt_ids)

    def test_the_slip_names_who_received(self):
        self._hand_over(
            receiver="Trần Văn Nhận",
            receiver_id_number="001090001111",
            signature=b64encode(PNG).decode(),
        )
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.receiver)
            ._render_qweb_html("motcua_base.report_handover", self.dossier.ids)
        )
        page = html.decode()
        self.assertIn("Trần Văn Nhận", page)
        self.assertIn("001090001111", page)
        self.assertIn(b64encode(PNG).decode(), page)

    def test_only_who_works_at_the_desk(self):
        for user in (self.handler, self.inspector, self.stranger):
            api = self.env["motcua.desk"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                api.find_result(self.desk.id, self.dossier.code)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                api.hand_over(self.desk.id, self.dossier.id, {})
        far = self.desk_api.with_user(self.stranger)
        with self.assertRaises(AccessError):
            far.hand_over(self.other_desk.id, self.dossier.id, {})

    def test_reading_a_result_is_noted(self):
        log = self.env["motcua.access.log"]
        domain = [("dossier_id", "=", self.dossier.id), ("action", "=", "read")]
        before = log.search_count(domain)
        self._find(self.dossier.code)
        self.assertEqual(log.search_count(domain), before + 1)

    def test_scanned_anywhere(self):
        Dossier = self.env["motcua.dossier"].with_user(self.handler)
        self.assertEqual(
            Dossier.find_scanned(f"https://x/tra-cuu?code={self.dossier.code}&t=1"),
            {"id": self.dossier.id},
        )
        self.dossier.sudo().external_code = "000.00.17.H47-230302-0007"
        self.assertEqual(
            Dossier.find_scanned("000.00.17.H47-230302-0007"), {"id": self.dossier.id}
        )
        for text in ("H99.999-260302-0001", "8934567890123", "", None):
            with self.subTest(text=text):
                self.assertIn("message", Dossier.find_scanned(text))
        stranger = Dossier.with_user(self.stranger)
        self.assertIn("message", stranger.find_scanned(self.dossier.code))
