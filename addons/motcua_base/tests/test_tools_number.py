"""Numbers as people write them."""

import json
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.merge_text import answer_text, row_texts
from ..tools.number import (
    NumberError,
    grouped,
    is_year,
    read,
    understood,
    written,
)
from ..tools.text import money_words, number_words

CASES, WORD_CASES = (
    json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("number_cases.json", "word_cases.json")
)
DIGITS = {
    **{
        word: digit
        for digit, word in enumerate(
            "không một hai ba bốn năm sáu bảy tám chín".split()
        )
    },
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
}


def heard(words):
    """The number that somebody writes down who hears these words: each unit closes
    what was said before it."""
    billions, billion, rest = words.rpartition("tỷ")
    if billion:
        return heard(billions) * 10**9 + heard(rest)
    total = group = digit = 0
    for word in words.split():
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "mười":
            group += 10
        elif word in ("trăm", "mươi"):
            group, digit = group + digit * (100 if word == "trăm" else 10), 0
        elif word in ("triệu", "nghìn"):
            total += (group + digit) * (10**6 if word == "triệu" else 1000)
            group = digit = 0
        elif word != "linh":
            raise AssertionError(word)
    return total + group + digit


@tagged("motcua_tools")
class TestNumber(BaseCase):
    def test_a_text_is_read_as_it_is_meant_or_not_at_all(self):
        for text, kind, meant in CASES:
            with self.subTest(text=text, kind=kind):
                if isinstance(meant, list):
                    with self.assertRaises(NumberError) as refused:
                        read(text, kind == "whole")
                    self.assertEqual(list(refused.exception.readings), meant)
                else:
                    self.assertEqual(read(text, kind == "whole"), Decimal(str(meant)))

    @given(st.integers(-(10**15), 10**15))
    def test_whole_numbers_come_back_from_what_is_printed(self, value):
        self.assertEqual(read(grouped(value), whole=True), value)
        self.assertEqual(read(f"{value:,}", whole=True), value)
        self.assertEqual(read(f"{value:,}.00", whole=True), value)

    @given(st.decimals(-(10**9), 10**9, places=2))
    def test_decimals_come_back_in_both_notations(self, value):
        self.assertEqual(read(written(value), whole=False), value)
        self.assertEqual(read(f"{value:f}", whole=False), value)

    @given(st.text("0123456789.,- ", max_size=12), st.booleans())
    def test_both_readings_of_a_refused_text_are_understood(self, text, whole):
        try:
            read(text, whole)
        except NumberError as error:
            self.assertIn(len(error.readings), (0, 2))
            for reading in error.readings:
                read(reading, whole=False)

    def test_in_words(self):
        for value, words in (
            (1000500, "một triệu không nghìn năm trăm"),
            (1000005, "một triệu không nghìn không trăm linh năm"),
            (1000000, "một triệu"),
            (1005, "một nghìn không trăm linh năm"),
            (10**9 + 5, "một tỷ không triệu không nghìn không trăm linh năm"),
            (10**12, "một nghìn tỷ"),
            (24000021, "hai mươi tư triệu không nghìn không trăm hai mươi mốt"),
            (15, "mười lăm"),
            (11, "mười một"),
            (14, "mười bốn"),
            (105, "một trăm linh năm"),
            (110, "một trăm mười"),
        ):
            with self.subTest(value=value):
                self.assertEqual(number_words(value), words)

    @given(st.integers(0, 10**15))
    def test_a_number_comes_back_from_its_words(self, value):
        self.assertEqual(heard(number_words(value)), value)

    def test_a_zero_among_tens_is_said_as_the_rule_set_says(self):
        words = "một triệu không nghìn không trăm lẻ năm"
        self.assertEqual(number_words(1000005, "le"), words)
        self.assertEqual(money_words(1000005, "le"), words.capitalize() + " đồng")
        money = {"name": "m", "type": "money", "label": "M"}
        repeat = {"name": "r", "type": "repeat", "columns": [money]}
        [row] = row_texts(repeat, [{"m": 105}], "le")
        self.assertEqual(row["row.m:words"], "Một trăm lẻ năm đồng")

    def test_a_year_prints_without_a_dot(self):
        for field, text in (
            ({"type": "integer", "label": "Năm sinh"}, "1985"),
            ({"type": "integer", "label": "Từ", "min": "1900", "max": "2100"}, "1985"),
            ({"type": "integer", "label": "Số năm công tác"}, "1.985"),
            ({"type": "integer", "label": "Năm", "min": "1", "max": "5"}, "1.985"),
            ({"type": "integer", "label": "Số", "min": "1900"}, "1.985"),
            ({"type": "money", "label": "Năm nay thu"}, "1.985 đồng"),
        ):
            with self.subTest(field=field):
                self.assertEqual(answer_text(field, 1985), text)
                self.assertEqual(is_year(field), text == "1985")

    def test_what_was_understood_is_said_in_words_from_a_million(self):
        money = {"type": "money", "label": "Số tiền"}
        self.assertEqual(understood(money, 999999), "999.999")
        self.assertEqual(
            understood(money, 1500000), "1.500.000 (một triệu năm trăm nghìn)"
        )
        self.assertEqual(understood({"type": "integer", "label": "Năm sinh"}, 1985), "")
        self.assertIn("lẻ năm)", understood(money, 1000005, "le"))

    def test_the_words_of_numbers(self):
        for n, zero, words in WORD_CASES:
            with self.subTest(n=n, zero=zero):
                self.assertEqual(number_words(n, zero), words)
