from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.sms import (
    MAX_LENGTH,
    is_cut,
    mask,
    mobile,
    plain,
    write,
)

PROPERTY = settings(max_examples=300, deadline=None, derandomize=True)


@tagged("post_install", "-at_install")
class TestSms(BaseCase):
    def test_mobile_numbers(self):
        for typed in (
            "0912345678",
            "+84912345678",
            "84 912 345 678",
            "0912.345.678",
            "(091) 234-5678",
        ):
            self.assertEqual(mobile(typed), "+84912345678", typed)
        for typed in (
            "0233 399 0001",
            "091234567",
            "09123456789",
            "1900 1234",
            "abc",
            "",
            False,
        ):
            self.assertIsNone(mobile(typed), typed)

    def test_mask_hides_most(self):
        self.assertEqual(mask("+84912345678"), "+84912***678")

    def test_plain(self):
        self.assertEqual(
            plain("Ủy ban nhân dân xã Đường  Hoàng\nViệt"),
            "Uy ban nhan dan xa Duong Hoang Viet",
        )

    def test_the_agency_gives_way(self):
        texts = {"agency.name": "Ủy ban " * 40, "dossier.code": "H50.1-260302-0001"}
        line = "{agency.name} da nhan ho so {dossier.code}"
        self.assertTrue(is_cut(line, texts))
        text = write(line, texts)
        self.assertLessEqual(len(text), MAX_LENGTH)
        self.assertTrue(text.endswith("da nhan ho so H50.1-260302-0001"))

    def test_values_are_no_templates(self):
        texts = {"agency.name": "{dossier.code}", "dossier.code": "1"}
        self.assertEqual(write("{agency.name}", texts), "{dossier.code}")
        texts["agency.name"] = None
        self.assertEqual(write("{agency.name} {dossier.code}", texts), "1")

    @PROPERTY
    @given(st.text(max_size=300), st.text(max_size=300))
    def test_every_message_fits(self, text, agency):
        self.assertLessEqual(len(write(text, {"agency.name": agency})), MAX_LENGTH)
        self.assertLessEqual(
            len(write(text + "{agency.name}", {"agency.name": agency})), MAX_LENGTH
        )
