import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import scan

CARD = "045190001234|012345678|Nguyễn Thị Hoa|01021990|Nữ|Thôn 1, Khe Sanh|01012022"

PROPERTY = settings(deadline=None, derandomize=True)


@tagged("post_install", "-at_install")
class TestScan(BaseCase):
    def test_cards(self):
        found = scan.recognise(CARD)
        self.assertEqual(found.kind, "card")
        self.assertEqual(found.value.name, "Nguyễn Thị Hoa")
        self.assertEqual(found.value.birth_date, date(1990, 2, 1))

    @PROPERTY
    @given(st.sampled_from("|¦~#:;^\\\t"))
    def test_card_with_any_separator(self, separator):
        found = scan.recognise(CARD.replace("|", separator))
        self.assertEqual(found.kind, "card")

    def test_kinds(self):
        for typed, kind in {
            "045190001234 Hoa 01012022": "bad_card",
            "H47.17.29-260302-0001": "dossier",
            "https://x.vn/tra-cuu?code=H47.17.29-260302-0001&t=0": "dossier",
            "1.001193": "procedure",
            "1.001193.000.00.00.H50": "procedure",
            "045190001234": "number",
            "+84 912 345 678": "number",
            "8934567890123": "bad_number",
            "1193": "words",
            "khai sinh": "words",
            "https://shop.vn/1": "foreign",
            "WIFI:S:x;T:WPA;P:12345678;;": "foreign",
            "045 088 012 733": "number",
            "045\u2013088\u2013012\u2013733": "number",
            "C1234567": "number",
            "045088012701 Thử Lỗi Một ở thôn 2 xã Khe Sanh": "words",
            CARD.replace("Nguyễn", "Nguy?n"): "garbled",
            CARD.replace("Nguyễn", "Nguy\ufffdn"): "garbled",
            "H47.17.29\u2013260302\u20110001": "dossier",
        }.items():
            with self.subTest(typed=typed):
                self.assertEqual(scan.recognise(typed).kind, kind)

    def test_a_vietnamese_keyboard_is_named(self):
        keys = dict(enumerate("đăâêô\u0300\u0309\u0303\u0301\u0323"))
        for scanned in (CARD, "045190001234", "H47.17.29-260302-0001"):
            typed = "".join(
                keys[int(char)] if char.isdigit() else char for char in scanned
            )
            for form in ("NFC", "NFD"):
                found = scan.recognise(unicodedata.normalize(form, typed))
                self.assertEqual(found.kind, "keyboard", typed)
        self.assertEqual(scan.recognise("Đường đất đấu giá").kind, "words")

    def test_numbers_that_could_be_two_things(self):
        numbers = scan.recognise("0300588569").value
        self.assertEqual(numbers, {"phone": "0300588569", "tax_code": "0300588569"})
        self.assertEqual(scan.recognise("045190001234").value.keys(), {"id_number"})

    @PROPERTY
    @given(st.text(max_size=200))
    def test_whatever_is_typed_has_a_kind(self, typed):
        self.assertIn(
            scan.recognise(typed).kind,
            "card dossier procedure number words bad_card bad_number foreign garbled"
            " keyboard".split(),
        )
