import re
from datetime import date
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.code import (
    CodeError,
    check_identifier,
    check_pattern,
    format_code,
    identifier_from_qcvn,
    identifier_to_qcvn,
    is_scannable,
    national_code,
    parse_code,
    scan_code,
)

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)
PATTERN = "{identifier}-{yymmdd}-{number:04d}"
# domain.md 3.1
DOMAIN = re.compile(
    r"^(?:\d{3}(?:\.\d{2}){2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{1,3}){0,4})-\d{6}-\d{4,5}$"
)

identifiers = st.from_regex(r"[A-Y][0-9]{2}(\.[0-9]{1,3}){0,4}", fullmatch=True)
old_identifiers = st.from_regex(
    r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}", fullmatch=True
)
days = st.dates(date(2010, 1, 1), date(2098, 12, 31))


@tagged("motcua_tools")
class TestIdentifier(BaseCase):
    def test_good(self):
        for text in (
            "H47",
            "H47.17",
            "H47.17.29",
            "G15.TP03",
            "Z01",
            "Z99.0101234567",
            "Z01" + "A" * 32,
        ):
            self.assertEqual(check_identifier(text), text)
        self.assertEqual(check_identifier(" h47.17 "), "H47.17")

    def test_bad(self):
        for text in (
            "",
            "H4",
            "47.17",
            "H47.",
            "H47..17",
            "H47.đ",
            "H47-17",
            "H471.2",
            "Z00",
            "Z1",
            "000.00.17.H47",
            "H47\n.17",
            "H47.17 29",
            "Z01" + "A" * 33,
            "H47" + ".100" * 9,
            "H٤٧",
        ):
            with self.assertRaises(CodeError, msg=text) as caught:
                check_identifier(text)
            self.assertEqual(caught.exception.code, "identifier")

    def test_old_form(self):
        # Pairs seen in real codes, domain.md 3.1 and 3.2
        for old, new in (
            ("000.00.14.H56", "H56.14"),
            ("000.00.17.H47", "H47.17"),
            ("000.17.22.H56", "H56.22.17"),
            ("000.00.00.G15", "G15"),
            ("001.00.17.H47", "H47.17.00.001"),
        ):
            self.assertEqual(identifier_from_qcvn(old), new)
            self.assertEqual(identifier_to_qcvn(new), old)
        self.assertEqual(identifier_to_qcvn("H47.17.00"), "000.00.17.H47")

    def test_what_the_other_form_cannot_say(self):
        for text in ("H47.123", "H47.17.29.001.02", "H47.TP", "Z01"):
            with self.assertRaises(CodeError):
                identifier_to_qcvn(text)
        for text in ("H47.17", "00.00.17.H47", "000.00.17.Z47"):
            with self.assertRaises(CodeError):
                identifier_from_qcvn(text)

    @PROPERTY
    @given(old_identifiers)
    def test_there_and_back(self, old):
        self.assertEqual(identifier_to_qcvn(identifier_from_qcvn(old)), old)


@tagged("motcua_tools")
class TestDossierCode(BaseCase):
    def test_format(self):
        self.assertEqual(
            format_code(PATTERN, "H56.14", date(2024, 8, 23), 1), "H56.14-240823-0001"
        )
        self.assertEqual(
            format_code(PATTERN, "H56.14", date(2024, 8, 23), 12345),
            "H56.14-240823-12345",
        )

    def test_bad_patterns(self):
        for pattern in (
            "",
            "{identifier}-{yymmdd}",
            "{yymmdd}-{number}",
            "{identifier.__class__}-{yymmdd}-{number}",
            "{identifier}-{yymmdd}-{number:999999999d}",
            "{identifier}-{yymmdd}-{number!r}",
            "{identifier}-{yymmdd}-{number",
            "{identifier}-{yymmdd}-{number}-{secret}",
            "{}-{}-{}",
            "{identifier:>99999999}-{yymmdd}-{number}",
        ):
            with self.assertRaises(CodeError, msg=pattern) as caught:
                format_code(pattern, "H56", date(2024, 8, 23), 1)
            self.assertEqual(caught.exception.code, "pattern")

    @PROPERTY
    @given(
        st.permutations(["{identifier}", "{yymmdd}", "{number}", "{number:04d}"]),
        st.lists(st.sampled_from(["", ".", "-", "/", "A-", "7"]), min_size=3),
        st.lists(st.tuples(identifiers, days, st.integers(1, 99999)), min_size=2),
    )
    def test_no_two_dossiers_have_one_code(self, fields, signs, dossiers):
        """Whatever pattern passes tells all dossiers apart."""
        fields = [field for field in fields if field != "{number}"]
        pattern = signs[0].join(fields[:2]) + signs[1] + fields[2]
        try:
            check_pattern(pattern)
        except CodeError:
            self.assertFalse({"-", "/", "A-"} >= set(signs[:2]))
            return
        codes = {format_code(pattern, *dossier) for dossier in dossiers}
        self.assertEqual(len(codes), len(set(dossiers)))

    def test_scannable(self):
        self.assertTrue(is_scannable(PATTERN))
        self.assertTrue(is_scannable("{identifier}-{yymmdd}-{number:05d}"))
        for pattern in (
            "{yymmdd}-{identifier}-{number:04d}",
            "{identifier}-{yymmdd}-{number}",
        ):
            self.assertFalse(is_scannable(pattern))

    def test_bad_numbers(self):
        for number in (0, -1, 100000):
            with self.assertRaises(CodeError):
                format_code(PATTERN, "H56", date(2024, 8, 23), number)

    def test_real_codes(self):
        # domain.md 3.1
        self.assertEqual(
            parse_code("000.00.14.H56-200203-0118"), ("H56.14", date(2020, 2, 3), 118)
        )
        self.assertEqual(
            parse_code("000.17.22.H56-210531-0001"), ("H56.22.17", date(2021, 5, 31), 1)
        )
        self.assertEqual(
            parse_code(" h56.14-240823-00012\n"), ("H56.14", date(2024, 8, 23), 12)
        )

    def test_bad_codes(self):
        for text in (
            "",
            "H56.14-240823-001",
            "H56.14-240823-000001",
            "H56.14-241323-0001",
            "H56.14-240230-0001",
            "17.22.H56-210531-0001",
            "H56.14-240823",
            "H56.14 240823 0001",
            "H56-٢٤٠٨٢٣-0001",
        ):
            with self.assertRaises(CodeError, msg=text):
                parse_code(text)

    @PROPERTY
    @given(identifiers, days, st.integers(1, 99999))
    def test_round_trip(self, identifier, day, number):
        code = format_code(PATTERN, identifier, day, number)
        self.assertRegex(code, DOMAIN)
        self.assertEqual(parse_code(code), (identifier, day, number))

    @PROPERTY
    @given(
        identifiers | old_identifiers,
        days,
        st.integers(1, 99999),
        st.sampled_from(
            [
                "{}",
                "{}\r\n",
                "https://motcua.vn/tra-cuu?code={}&sig=ab12",
                "http://h/tra-cuu/{}",
                "Mã hồ sơ: {}. Hẹn trả 05/03/2026",
                "HTTPS://MOTCUA.VN/TRA-CUU?CODE={}",
            ]
        ),
    )
    def test_scanner(self, identifier, day, number, text):
        code = f"{identifier}-{day:%y%m%d}-{number:04d}"
        self.assertEqual(scan_code(text.format(code)), code)
        self.assertEqual(
            scan_code(text.format(quote(code, safe="").replace(".", "%2E"))), code
        )
        self.assertEqual(scan_code(text.format(code.lower())), code)

    def test_scanner_finds_nothing(self):
        for text in (
            "",
            "001096012345",
            "https://motcua.vn/tra-cuu",
            "H56.14-249923-0001",
            "1H56-240823-0001",
            "H56.14-240823-0001-9",
            "17.22.H56-210531-0001",
            "H56.14-240823-000123",
        ):
            self.assertIsNone(scan_code(text), text)


@tagged("motcua_tools")
class TestProcedureCode(BaseCase):
    def test_national_part(self):
        # domain.md 3.3
        for text in (
            "1.003725",
            "1.003725.000.00.00.H50",
            "1.003725.H19",
            " 1.003725.01 ",
        ):
            self.assertEqual(national_code(text), "1.003725")

    def test_bad(self):
        for text in (
            "",
            "1.00372",
            "1003725",
            "1.0037255",
            "G15-TP03",
            "1.003725.",
            "1.003725-01",
            "١.003725",
        ):
            with self.assertRaises(CodeError):
                national_code(text)
