import logging

from hypothesis import given
from hypothesis import strategies as st
from psycopg2.extensions import QuotedString

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.logs import Privacy
from odoo.addons.motcua_base.tools.log_mask import masked, masked_query

SAID = "Hồ Thị Kín"


@tagged("motcua_tools")
class TestLogMask(BaseCase):
    @given(st.text(min_size=1).filter(lambda text: "\0" not in text))
    def test_no_value_of_a_query_is_left(self, value):
        quoted = QuotedString(f"{SAID}{value}{SAID}")
        quoted.encoding = "utf-8"
        try:
            literal = quoted.getquoted()
        except UnicodeEncodeError:  # half a pair of signs never reaches the database
            return
        query = b"INSERT INTO x (a, b) VALUES (" + literal + b", 5)"
        self.assertEqual(masked_query(query), "INSERT INTO x (a, b) VALUES ('…', 5)")

    def test_what_is_told_stays(self):
        query = 'UPDATE "res_partner"\n    SET "name" = \'x\' WHERE id = 7'
        self.assertEqual(
            masked_query(query), 'UPDATE "res_partner" SET "name" = \'…\' WHERE id = 7'
        )

    def test_messages(self):
        for said, kept in (
            (
                "duplicate key\nDETAIL: Key (a)=(x) exists.\n",
                "duplicate key\nDETAIL: …\n",
            ),
            ("LINE 1: ...WHERE name = 'An'", "LINE 1: …"),
            ('value "5 An" is out of range', 'value "…" is out of range'),
            ('syntax for type integer: "An"', 'syntax for type integer: "…"'),
            (
                'violates unique constraint "a_key"',
                'violates unique constraint "a_key"',
            ),
            ("no person 045085001234 here", "no person … here"),
            ("call 0912345678 or +84912345678", "call … or …"),
            ("for login:an.nguyen@khesanh.vn from", "for login:…@khesanh.vn from"),
            (
                "H97.66-261129-0002 in 1764360000 ms",
                "H97.66-261129-0002 in 1764360000 ms",
            ),
        ):
            with self.subTest(said=said):
                self.assertEqual(masked(said), kept)

    def test_records(self):
        def record(name, message, *arguments, exc_info=None):
            return logging.LogRecord(name, 40, "", 1, message, arguments, exc_info)

        privacy, formatter = Privacy(), logging.Formatter("%(message)s")
        try:
            raise ValueError(f"wrong\nDETAIL: {SAID}")
        except ValueError as error:
            told = (type(error), error, error.__traceback__)
        for given_record in (
            record(
                "odoo.sql_db", "bad query: %s\n%s", f"SELECT '{SAID}'".encode(), told[1]
            ),
            record("odoo.http", "100%", exc_info=told),
        ):
            self.assertTrue(privacy.filter(given_record))
            self.assertNotIn(SAID, formatter.format(given_record))
