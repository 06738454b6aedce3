from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import suggest

PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)


@tagged("motcua_tools")
class TestSuggest(BaseCase):
    def test_places_are_found_without_accents(self):
        self.assertEqual(suggest.places("khe sanh")[0], "Xã Khe Sanh, Tỉnh Quảng Trị")
        self.assertIn("Thành phố Hà Nội", suggest.places("Hà Nội"))

    def test_commune_and_province_narrow_it_down(self):
        self.assertEqual(
            suggest.places("khe sanh, quang tri"), ["Xã Khe Sanh, Tỉnh Quảng Trị"]
        )

    def test_what_stands_before_is_kept(self):
        self.assertEqual(
            suggest.places("Thôn 1,khe sanh")[0],
            "Thôn 1, Xã Khe Sanh, Tỉnh Quảng Trị",
        )

    def test_nothing_is_found_for_places_elsewhere(self):
        self.assertEqual(suggest.places("Viêng Chăn, Lào xyz"), [])
        self.assertEqual(suggest.places(" , "), [])

    def test_short_names_of_cities(self):
        for typed in ("TP.HCM", "tphcm", "TP. Hồ Chí Minh", "TP HCM"):
            self.assertIn("Thành phố Hồ Chí Minh", suggest.places(typed), typed)

    def test_units_of_before_the_mergers_lead_nowhere_else(self):
        for typed in (
            "Thị trấn Khe Sanh, huyện Hướng Hóa, tỉnh Quảng Trị",
            "Thôn 1, xã Không Có, tỉnh Quảng Trị",
            "TT. Khe Sanh, H. Hướng Hóa, Quảng Trị",
            "12 Lê Lợi, quận 1, TP.HCM",
        ):
            for place in suggest.places(typed):
                self.assertIn("Xã Khe Sanh", place, typed)

    @PROPERTY
    @given(st.text(max_size=30))
    def test_any_text(self, typed):
        self.assertLessEqual(len(suggest.places(typed)), suggest.MAX_FOUND)
        for found in suggest.find(typed, suggest.prepare([typed])):
            self.assertEqual(found, typed)
