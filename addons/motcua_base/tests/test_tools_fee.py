from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.fee import (
    MAX_AMOUNT,
    FeeError,
    amount,
    check_amount,
    reduced,
)

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)

CERTIFIED = {
    "amount": 2000,
    "unit": "page",
    "tier_from": 3,
    "tier_amount": 1000,
    "max_amount": 200000,
}


@tagged("motcua_tools")
class TestFee(BaseCase):
    def test_certified_copies(self):
        # 2,000 đ a page, 1,000 đ from page 3, at most 200,000 đ a copy (domain.md 9,
        # procedure 2.000815)
        for pages, copies, fee in (
            (1, 1, 2000),
            (2, 1, 4000),
            (3, 1, 5000),
            (10, 1, 12000),
            (10, 3, 36000),
            (198, 1, 200000),
            (199, 1, 200000),
            (1000, 2, 400000),
        ):
            self.assertEqual(amount(CERTIFIED, pages, copies), fee)

    def test_flat_fees(self):
        self.assertEqual(
            amount({"amount": 50000, "unit": "dossier"}, pages=9, copies=3), 50000
        )
        self.assertEqual(amount({"amount": 10000, "unit": "case"}, copies=2), 20000)
        self.assertEqual(
            amount({"amount": 8000, "unit": "copy"}, pages=4, copies=5), 40000
        )
        self.assertEqual(amount({"amount": 15000, "unit": "page"}, pages=4), 60000)
        self.assertEqual(amount({"amount": 0, "unit": "dossier"}), 0)

    def test_empty_tier_and_ceiling_as_odoo_stores_them(self):
        rate = {
            "amount": 15000.0,
            "unit": "page",
            "tier_from": 0,
            "tier_amount": 0.0,
            "max_amount": False,
        }
        self.assertEqual(amount(rate, 4), 60000)
        self.assertIsInstance(amount(rate, 4), int)

    def test_free_from_a_page_on(self):
        self.assertEqual(
            amount(
                {"amount": 2000, "unit": "page", "tier_from": 3, "tier_amount": 0}, 10
            ),
            4000,
        )

    def test_errors(self):
        for rate, quantities, code in (
            ({"amount": 1, "unit": "kilo"}, {}, "unit"),
            ({"amount": -1, "unit": "copy"}, {}, "amount"),
            ({"amount": 0.5, "unit": "copy"}, {}, "amount"),
            (CERTIFIED, {"pages": 0}, "quantity"),
            (CERTIFIED, {"pages": 1.5}, "quantity"),
            (CERTIFIED, {"copies": -1}, "quantity"),
        ):
            with self.assertRaises(FeeError) as caught:
                amount(rate, **quantities)
            self.assertEqual(caught.exception.code, code)

    @PROPERTY
    @given(st.integers(1, 400), st.integers(1, 50))
    def test_certified_copies_page_by_page(self, pages, copies):
        one = min(
            sum(2000 if page < 3 else 1000 for page in range(1, pages + 1)), 200000
        )
        self.assertEqual(amount(CERTIFIED, pages, copies), one * copies)

    @PROPERTY
    @given(st.integers(0, MAX_AMOUNT))
    def test_amounts_taken(self, value):
        self.assertEqual(check_amount(value), value)

    def test_amounts_refused(self):
        for value in (-1, MAX_AMOUNT + 1, 0.5, 1.0, "5000", True, None, [1]):
            with self.subTest(value=value), self.assertRaises(FeeError):
                check_amount(value)

    def test_reductions(self):
        for full, rule, left in (
            (15000, ("free",), 0),
            (15000, ("percent", 50), 7500),
            (15001, ("percent", 50), 7500),
            (15000, ("amount", 0, 5000), 10000),
            (15000, ("amount", 0, 20000), 0),
        ):
            with self.subTest(rule=rule):
                self.assertEqual(reduced(full, *rule), left)

    def test_reductions_refused(self):
        for arguments, code in (
            ((1, "half"), "reduction"),
            ((-1, "free"), "amount"),
            ((1, "percent", 101), "amount"),
            ((1, "amount", 0, -1), "amount"),
        ):
            with self.assertRaises(FeeError) as caught:
                reduced(*arguments)
            self.assertEqual(caught.exception.code, code)

    @PROPERTY
    @given(
        st.integers(0, MAX_AMOUNT),
        st.sampled_from(("free", "percent", "amount")),
        st.integers(0, 100),
        st.integers(0, MAX_AMOUNT),
    )
    def test_nobody_pays_more_for_an_exemption(self, full, reduction, percent, less):
        left = reduced(full, reduction, percent, less)
        self.assertIsInstance(left, int)
        self.assertTrue(0 <= left <= full)
        if reduction == "percent":
            self.assertLess(abs(left * 100 - full * (100 - percent)), 100)
