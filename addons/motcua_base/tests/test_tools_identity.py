from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.identity import (
    IdentityError,
    birth_year,
    check_id_number,
    check_phone,
    check_tax_code,
    is_of_known_province,
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
            ("001996012345", "century"),
            # 2096: nobody is born yet
            ("001296012345", "future"),
            ("C12345", "digits"),
            ("NGUYENVAN", "digits"),
        ):
            self.refused(check_id_number, text, code)

    def test_the_province_is_a_doubt_and_no_reason_to_refuse(self):
        for number, known in (
            ("021096012345", False),
            ("000096012345", False),
            ("001096012345", True),
            ("101196000001", True),
            ("012345678", True),
            ("C1234567", True),
        ):
            self.assertEqual(check_id_number(number), number)
            self.assertEqual(is_of_known_province(number), known, number)

    def test_the_year_in_a_number(self):
        for number, year in (
            ("045088012701", 1988),
            ("045190001234", 1990),
            ("045203001234", 2003),
            ("045310001234", 2010),
        ):
            self.assertEqual(birth_year(number), year)

    def test_passports(self):
        for text in ("C1234567", "c1234567", " C 123 4567", "C123\u200b4567"):
            self.assertEqual(check_id_number(text), "C1234567")
        self.assertEqual(check_id_number("12AB34567"), "12AB34567")

    @PROPERTY
    @given(
        st.sampled_from(["045088012733", "012345678", "C1234567"]),
        st.lists(st.sampled_from(" .-–\u2011\u00a0\u200b\ufeff\u202a"), max_size=9),
        st.randoms(use_true_random=False),
    )
    def test_one_number_has_one_form(self, number, signs, random):
        typed = list(number)
        for sign in signs:
            typed.insert(random.randrange(len(typed) + 1), sign)
        self.assertEqual(check_id_number("".join(typed)), number)

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
            "001296012345",
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
            ("0912–345–678\u200b", "0912345678"),
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
            "gọi sau 5h",
            "0912345678 gọi sau 5h",
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
                1996,
                "male",
                "Số 1, Tràng Tiền, Hà Nội",
                date(2021, 4, 20),
            ),
        )

    def test_any_separator(self):
        for separator in "~\\¦\t#^":
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
        for birth in ("1996", "00001996"):
            card = parse_card(self.TEXT.replace("05031996", birth))
            self.assertEqual((card.birth_date, card.birth_year), (None, 1996))

    def test_not_a_card(self):
        for text in (
            "",
            "001096012345",
            "001096012345|",
            "https://motcua.vn",
            self.TEXT[1:],
            "1" + self.TEXT,
            "001096012345|||||||",
            # typed by hand: letters and blanks part no card
            "045088012701 Thử Lỗi Một ở thôn 2 xã Khe Sanh",
            "045088012701nThửnLỗinMộtnNamnthônn01012020",
            self.TEXT.replace("|", " "),
            self.TEXT.replace("|", ","),
            self.TEXT.replace("|", "-"),
            # parts without their shape
            self.TEXT.replace("012345678|", "0123|"),
            self.TEXT.replace("05031996", "05131996"),
            self.TEXT.replace("05031996", "5/3/1996"),
            self.TEXT.replace("|Nam|", "|Ông|"),
            self.TEXT.replace("20042021", "2021"),
            self.TEXT.replace("Nguyễn Văn  An", ""),
            self.TEXT.replace("Nguyễn Văn  An", "12 An"),
        ):
            self.refused(parse_card, text, "card")
        self.refused(parse_card, self.TEXT.replace("001096", "001296"), "future")

    def test_what_was_read_in_the_wrong_code_page_is_repaired(self):
        text = self.TEXT.replace("Nguyễn Văn  An", "Huỳnh Thị Mỹ Ánh")
        card = parse_card(text.encode().decode("latin-1"))
        self.assertEqual(card, parse_card(text))
        # Where the Western page leaves a byte out, it is shown as itself.
        self.assertIn("Huá»³nh", text.encode().decode("latin-1"))

    def test_lost_letters_are_refused(self):
        for name in ("Nguy?n Văn An", "Nguy\ufffdn Văn An"):
            self.refused(
                parse_card, self.TEXT.replace("Nguyễn Văn  An", name), "garbled"
            )

    @PROPERTY
    @given(st.text(max_size=80))
    def test_no_typed_text_is_a_card(self, text):
        typed = "045088012701 " + text.replace("|", " ")
        with self.assertRaises(IdentityError):
            parse_card(typed)
