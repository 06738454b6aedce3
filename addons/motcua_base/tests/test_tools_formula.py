from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import formula
from odoo.addons.motcua_base.tools.formula_functions import FUNCTIONS, MAX_NUMBER, Fault

PROPERTY = settings(max_examples=200, deadline=None, derandomize=True)
TODAY = date(2026, 3, 5)
GIVEN = {"today": TODAY, "zero": "linh"}
VALUES = {
    "gia": Decimal("1500000"),
    "dien_tich": Decimal("12.5"),
    "ten": "Nguyễn Văn An",
    "sinh": date(2008, 3, 6),
    "co": True,
    "trong": None,
    "chon": ["a", "b"],
    "con": [1, 2],  # two rows
    ("con", "tien"): [Decimal(3), Decimal(4)],
    ("con", "ten"): ["Bình", "Chi"],
}
KINDS = {
    "gia": "number",
    "dien_tich": "number",
    "ten": "text",
    "sinh": "date",
    "co": "boolean",
    "trong": "number",
    "chon": "list",
    "tep": "file",
    "con": {"tien": "number", "ten": "text"},
}


def run(text, zero="linh", **values):
    known = {**VALUES, **values}
    return formula.evaluate(
        formula.parse(text),
        lambda name, column: known.get((name, column) if column else name),
        {**GIVEN, "zero": zero},
    )


def refused(text):
    """Code of the error that a formula is refused with, None for a sound one."""
    try:
        formula.kind_of(formula.parse(text), KINDS)
    except formula.FormulaError as error:
        return error.code
    return None


@tagged("motcua_tools")
class TestFormula(BaseCase):
    def test_results(self):
        for text, value in (
            ("1 + 2 * 3", 7),
            ("(1 + 2) * 3", 9),
            ("10 - 3 - 2", 5),
            ("7 % 4 / 2", Decimal("1.5")),
            ("-2 * -3", 6),
            ("0.1 + 0.2 = 0.3", True),
            ("gia * dien_tich", 18750000),
            ("1 < 2 and not (2 < 1) or false", True),
            ("trong > 1", False),
            ("trong + 1", None),
            ('if(co, "có", "không")', "có"),
            ("if(false, 1 / 0, 5)", 5),
            ("first(trong, 5)", 5),
            ("filled(trong)", False),
            ("filled(con)", True),
            ("sum(con.tien)", 7),
            ("sum(con.tien, gia, trong)", 1500007),
            ("sum(con.tien) / count(con)", Decimal("3.5")),
            ("average(con.tien)", Decimal("3.5")),
            ("max(con.tien)", 4),
            ("min(gia, 2, trong)", 2),
            ("count(chon)", 2),
            ('join(con.ten, "; ")', "Bình; Chi"),
            ("round(2.5)", 3),
            ("round(-2.5)", -3),
            ("round(1234567, -3)", 1235000),
            ("round(1.005, 2)", Decimal("1.01")),
            ("abs(-3)", 3),
            ('concat(ten, " - ", dien_tich, " m2, ", sinh)',
             "Nguyễn Văn An - 12,5 m2, 06/03/2008"),
            ("upper(ten)", "NGUYỄN VĂN AN"),
            ("length(ten)", 13),
            ('contains(ten, "Văn")', True),
            ('contains(chon, "c")', False),
            ("money_words(gia)", "Một triệu năm trăm nghìn đồng chẵn"),
            ("years_between(sinh, today())", 17),
            ("years_between(sinh, add_days(today(), 1))", 18),
            ('days_between(date("01/03/2026"), today())', 4),
            ('year(date("2024-02-29"))', 2024),
            ('add_months(date("2026-01-31"), 1)', date(2026, 2, 28)),
        ):  # fmt: skip
            with self.subTest(formula=text):
                self.assertEqual(run(text), value)

    def test_zeros_are_said_as_given(self):
        for zero, words in (("linh", "linh"), ("le", "lẻ")):
            self.assertEqual(
                run("money_words(105)", zero),
                f"Một trăm {words} năm đồng",
            )

    def test_no_result_has_a_reason(self):
        for text, code in (
            ("1 / 0", "formula_zero"),
            ("gia % (2 - 2)", "formula_zero"),
            ("999999999999999999 * 10", "formula_size"),
            ("999999999999999999 / 0.000000001", "formula_size"),
            ("add_months(sinh, 999999)", "formula_size"),
            ("add_days(sinh, 99999999999)", "formula_size"),
            ('date("31/02/2026")', "formula_value"),
            ("round(1, 99)", "formula_value"),
            ("money_words(0 - 5)", "formula_value"),
            ("ten + 1", "formula_value"),
            ("upper(5)", "formula_value"),
        ):
            with self.subTest(formula=text):
                with self.assertRaises(Fault) as caught:
                    run(text)
                self.assertEqual(caught.exception.code, code)

    def test_unsound_formulas_are_refused(self):
        for text, code in (
            ("", "formula_empty"),
            ("1 +", "formula_end"),
            ("(1", "formula_end"),
            ("1 2", "formula_sign"),
            ("1,5", "formula_sign"),
            ("gia = = 1", "formula_sign"),
            ("a[0]", "formula_sign"),
            ('"abc', "formula_sign"),
            ("gia ** 2", "formula_sign"),
            ("1_000", "formula_sign"),
            ("12abc", "formula_sign"),
            ("open(ten)", "formula_function"),
            ("khong_co", "formula_field"),
            ("con.khong_co", "formula_field"),
            ("gia.tien", "formula_field"),
            ("ten + 1", "formula_kind"),
            ("sum(gia, ten)", "formula_kind"),
            ("sum(con.ten)", "formula_kind"),
            ("if(gia, 1, 2)", "formula_kind"),
            ('if(co, 1, "a")', "formula_kind"),
            ("gia = ten", "formula_kind"),
            ("tep + 1", "formula_kind"),
            ("round()", "formula_kind"),
            ("today(1)", "formula_kind"),
            ("1 +" * 400, "formula_long"),
            ("(" * 60 + "1" + ")" * 60, "formula_deep"),
            ("-" * 60 + "1", "formula_deep"),
            ("not " * 60 + "co", "formula_deep"),
            ("2 *" * 60 + "1", "formula_deep"),
        ):
            with self.subTest(formula=text):
                self.assertEqual(refused(text), code)

    def test_the_place_of_an_error_is_told(self):
        with self.assertRaises(formula.FormulaError) as caught:
            formula.parse("gia * $")
        self.assertEqual(caught.exception.params, {"found": "$", "at": 7})

    def test_a_long_sum_is_no_deep_tree(self):
        self.assertEqual(run("+".join(["1"] * 400)), 400)

    def test_nothing_leaves_the_cage(self):
        for text in (
            "__import__('os').system('true')",
            "ten.__class__",
            "ten.__class__.__mro__",
            "().__class__",
            "con.tien.__len__",
            "today().year",
            "lambda: 1",
            "[x for x in con]",
            "{1: 2}",
            "f'{ten}'",
            "eval('1')",
            "getattr(ten, 'x')",
            "self.env",
            "ten if co else 1",
            "1; 2",
            "a := 1",
            "ten\\n",
            "'a' 'b'",
            "9**9**9**9",
            "9 << 999999",
            "1e999999",
            "0x10",
            "'a' * 999999999",
        ):
            with self.subTest(formula=text):
                self.assertTrue(refused(text))

    def test_names_that_python_knows_are_only_names(self):
        for name in ("__class__", "__dict__", "env", "self", "print", "None"):
            text = f"con.{name}" if name.startswith("_") else name
            self.assertIn(refused(text), ("formula_field", "formula_sign"))

    def test_texts_cannot_grow(self):
        text = f"concat({', '.join(['ten'] * 100)})"
        with self.assertRaises(Fault) as caught:
            run(text, ten="x" * 20000)
        self.assertEqual(caught.exception.code, "formula_size")

    def test_functions_take_what_they_say(self):
        """Each signature of each function is run with values of its kinds."""
        samples = {
            "number": [Decimal(2), Decimal(0), Decimal("-1.5")],
            "text": ["2026-01-01", ""],
            "date": [date(2024, 2, 29), date(1, 1, 1)],
            "boolean": [True, False],
            "list": [["a"]],
            "file": [{"id": 1}],
            "rows": [[1, 2]],
            "number*": [[Decimal(1)], []],
            "text*": [["a"], []],
            "date*": [[date(2024, 1, 1)], []],
            "boolean*": [[True]],
            "list*": [[["a"]]],
            "file*": [[{}]],
            "rows*": [[]],
        }
        for name, function in FUNCTIONS.items():
            for takes, _gives in function.signatures:
                for number in range(2):
                    nodes = tuple(
                        formula.Literal(
                            samples[kind][number % len(samples[kind])], "", 0
                        )
                        for kind in (take.rstrip("?.").split("|")[0] for take in takes)
                    )
                    try:
                        formula.evaluate(formula.Call(name, nodes, 1), None, GIVEN)
                    except Fault:
                        continue

    @PROPERTY
    @given(st.text(max_size=60))
    def test_any_text_is_parsed_or_refused(self, text):
        refused(text)

    @PROPERTY
    @given(
        st.lists(
            st.sampled_from(
                "gia ten sinh co con con.tien chon trong 1 0 2.5 'a' ( ) , + - * / % "
                "= < and or not if first sum count round concat join date today "
                "add_months years_between money_words true".split()
            ),
            max_size=14,
        )
    )
    def test_whatever_is_sound_has_a_bounded_result_or_a_reason(self, words):
        text = " ".join(words)
        if refused(text):
            return
        try:
            value = run(text)
        except Fault:
            return
        self.assertTrue(
            value is None or isinstance(value, (Decimal, str, date, bool, list, int))
        )
        if isinstance(value, Decimal):
            self.assertLess(abs(value), MAX_NUMBER)

    @PROPERTY
    @given(
        st.integers(-(10**12), 10**12),
        st.decimals(-(10**6), 10**6, places=3),
    )
    def test_arithmetic_is_that_of_paper(self, whole, part):
        self.assertEqual(
            run("gia + dien_tich", gia=Decimal(whole), dien_tich=part),
            Decimal(whole) + part,
        )
        self.assertEqual(
            run("(gia + dien_tich) - dien_tich", gia=Decimal(whole), dien_tich=part),
            whole,
        )
