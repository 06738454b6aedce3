from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.document_number import (
    PatternError,
    format_number,
    register_symbol,
)


@tagged("motcua_tools")
class TestDocumentNumber(BaseCase):
    def test_numbers(self):
        self.assertEqual(format_number("{number}/QĐ-UBND", 7, 2026), "07/QĐ-UBND")
        self.assertEqual(
            format_number("{number}/{year}/UBND-XN", 123, 2026), "123/2026/UBND-XN"
        )

    def test_the_symbol_names_the_register(self):
        self.assertEqual(register_symbol("{number}/QĐ-UBND"), "QĐ-UBND")
        self.assertEqual(register_symbol("{number}/{year}/QĐ-UBND"), "QĐ-UBND")

    def test_no_patterns(self):
        for pattern in (
            "",
            "QĐ-UBND",
            "{number}",
            "{number}/",
            "{number}/{number}/QĐ",
            "{number.__class__}/QĐ",
            "{number!r}/QĐ",
            "{number}/{month}/QĐ",
            "{0}/QĐ",
            "{number}/QĐ<b>",
            "{number}/QĐ\n",
            "{number}/" + "Q" * 60,
        ):
            with self.subTest(pattern=pattern), self.assertRaises(PatternError):
                register_symbol(pattern)

    @given(st.text(max_size=20), st.text(max_size=20), st.integers(1, 99999))
    def test_numbers_of_a_register_differ(self, before, after, number):
        pattern = f"{before}{{number}}{after}"
        try:
            first = format_number(pattern, number, 2026)
        except PatternError:
            return
        self.assertNotEqual(first, format_number(pattern, number + 1, 2026))
        self.assertNotIn("{", first)
