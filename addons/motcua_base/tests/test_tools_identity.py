from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.identity import (
    IdentityError,
    check_id_number,
    check_phone,
    check_tax_code,
    mask,
    parse_card,
)

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)


class RefusesCase(BaseCase):
    def refused(self, check, text, code):
        with self.assertRaises(IdentityError, msg=text) as caught:
            check(text)
        self.assertEqual(caught.exception.code, code, text)


@tagged("motcua_tools")
class TestIdNumber(RefusesCase):
    def test_good(self):
        self.assertEqual(check_id_number("001096012345"), "001096012345")
        self.assertEqual(check_id_number(" 079 203 001 234 "), "079203001234")
        self.assertEqual(check_id_number("012.345.678"), "012345678")
        self.assertEqual(
            check_id_number("101196000001"), "101196000001"
        )  # birth registered abroad

    def test_bad(self):
        for text, code in (
            ("", "digits"),
            ("00109601234a", "digits"),
            ("٠٠١٠٩٦٠١٢٣٤٥", "digits"),
            ("0010960123", "length"),
            ("0010960123456", "length"),
            ("00109601", "length"),
            ("000096012345", "province"),
            ("003096012345", "province"),
            ("097096012345", "province"),
            ("001996012345", "century"),
        ):
            self.refused(check_id_number, text, code)

    def test_mask(self):
        # domain.md 8
        self.assertEqual(mask("001012341234"), "0010••••1234")
        self.assertEqual(mask("012345678"), "01••••78")
        self.assertEqual(mask("1234"), "••••")
        self.assertEqual(mask(""), "")
        self.assertEqual(mask(None), "")
        self.assertEqual(mask(False), "")

    @PROPERTY
    @given(st.text("0123456789", min_size=1, max_size=20))
    def test_mask_hides_at_least_four_and_all_of_what_is_short(self, number):
        shown = mask(number).replace("•", "")
        self.assertLessEqual(len(shown), max(0, len(number) - 4))
        self.assertLessEqual(len(shown), 8)
        self.assertEqual(mask(number).count("•"), 4)


@tagged("motcua_tools")
class TestTaxCode(RefusesCase):
    def test_good(self):
        for text, number in (
            ("0100109106", "0100109106"),
            ("0100109106001", "0100109106-001"),
            (" 0100109106-001 ", "0100109106-001"),
            ("001096012345", "001096012345"),
        ):
            self.assertEqual(check_tax_code(text), number)

    def test_bad(self):
        for text in (
            "",
            "0100109107",
            "010010910",
            "0100109106-000",
            "0100109106-01",
            "abcdefghij",
            "003096012345",
            "٠١٠٠١٠٩١٠٦",
        ):
            self.refused(check_tax_code, text, "tax_code")

    @PROPERTY
    @given(
        st.sampled_from(["0100109106", "0100233488", "0314409058"]),
        st.integers(0, 9),
        st.integers(1, 9),
    )
    def test_one_wrong_digit_is_noticed(self, number, place, shift):
        wrong = (
            number[:place]
            + str((int(number[place]) + shift) % 10)
            + number[place + 1 :]
        )
        self.refused(check_tax_code, wrong, "tax_code")


@tagged("motcua_tools")
class TestPhone(RefusesCase):
    def test_good(self):
        for text, number in (
            ("0912345678", "0912345678"),
            ("+84 912 345 678", "0912345678"),
            ("84912345678", "0912345678"),
            ("0084.912.345.678", "0912345678"),
            ("+840912345678", "0912345678"),
            ("(024) 3825-3825", "02438253825"),
            ("+842438253825", "02438253825"),
            ("0848123456", "0848123456"),
            ("+81 90-1234-5678", "+819012345678"),
        ):
            self.assertEqual(check_phone(text), number, text)

    def test_bad(self):
        for text in (
            "",
            "912345678",
            "091234567",
            "09123456789",
            "0112345678",
            "+84123",
            "zero",
            "+0123456789",
            "113",
        ):
            self.refused(check_phone, text, "phone")

    @PROPERTY
    @given(
        st.from_regex(r"0[35789][0-9]{8}", fullmatch=True),
        st.sampled_from(["+84", "84", "0084", "0"]),
    )
    def test_every_prefix_gives_the_same(self, number, prefix):
        self.assertEqual(check_phone(prefix + number[1:]), number)


@tagged("motcua_tools")
class TestCard(RefusesCase):
    TEXT = (
        "001096012345|012345678|Nguyễn Văn  An|05031996|Nam|"
        "Số 1, Tràng Tiền, Hà Nội|20042021"
    )

    def test_card(self):
        self.assertEqual(
            parse_card(self.TEXT + "\r\n"),
            (
                "001096012345",
                "012345678",
                "Nguyễn Văn An",
                date(1996, 3, 5),
                "male",
                "Số 1, Tràng Tiền, Hà Nội",
                date(2021, 4, 20),
            ),
        )

    def test_any_separator(self):
        for separator in "~\\¦\t#Đ":
            self.assertEqual(
                parse_card(self.TEXT.replace("|", separator)),
                parse_card(self.TEXT),
                separator,
            )

    def test_new_card_without_old_number_and_with_more_fields(self):
        card = parse_card(
            "079303001234||Trần Thị Bé|01012003|Nữ|Cần Giờ|15072024|Cha|Mẹ"
        )
        self.assertEqual(
            (card.old_number, card.sex, card.issue_date),
            ("", "female", date(2024, 7, 15)),
        )

    def test_only_the_year_of_birth_is_known(self):
        self.assertIsNone(parse_card(self.TEXT.replace("05031996", "1996")).birth_date)
        self.assertIsNone(
            parse_card(self.TEXT.replace("05031996", "00001996")).birth_date
        )

    def test_not_a_card(self):
        for text in (
            "",
            "001096012345",
            "001096012345|",
            "https://motcua.vn",
            self.TEXT[1:],
            "1" + self.TEXT,
            "001096012345|||||||",
        ):
            self.refused(parse_card, text, "card")
        self.refused(parse_card, self.TEXT.replace("001096", "003096"), "province")
