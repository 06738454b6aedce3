from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.sms import (
    MAX_LENGTH,
    check_template,
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

    def test_templates_name_only_what_exists(self):
        check_template("Ho so $code, $agency")
        for wrong in ("$name", "100 $ va $", "$code.__class__ $x"):
            with self.assertRaises(ValueError):
                check_template(wrong)

    def test_the_agency_gives_way(self):
        values = {"agency": "Ủy ban " * 40, "code": "H50.1-260302-0001"}
        text = write("$agency da nhan ho so $code", values)
        self.assertLessEqual(len(text), MAX_LENGTH)
        self.assertTrue(text.endswith("da nhan ho so H50.1-260302-0001"))

    def test_values_are_no_templates(self):
        self.assertEqual(write("$agency", {"agency": "$code", "code": "1"}), "$code")
        self.assertEqual(write("$agency $code", {"agency": None, "code": "1"}), "1")

    @PROPERTY
    @given(st.text(max_size=300), st.text(max_size=300))
    def test_every_message_fits(self, text, agency):
        self.assertLessEqual(len(write(text, {"agency": agency})), MAX_LENGTH)
