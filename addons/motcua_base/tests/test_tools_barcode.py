from xml.etree import ElementTree

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import barcode


@tagged("motcua_tools")
class TestBarcode(BaseCase):
    """The pictures are read back from printed forms in test_forms.py."""

    def test_qr_is_square_and_small(self):
        svg = barcode.qr_svg("H50.22.29-260302-0001")
        root = ElementTree.fromstring(svg)
        self.assertEqual(root.get("width"), root.get("height"))
        self.assertEqual(root.get("width"), "25")
        self.assertLess(len(svg), 5000)

    def test_code128_has_its_modules(self):
        # Start, check and stop take 11 + 11 + 13 modules, each symbol 11.
        root = ElementTree.fromstring(barcode.code128_svg("AB"))
        self.assertEqual(root.get("width"), str(11 * 4 + 13))

    def test_code128_refuses_other_letters(self):
        for text in ("", "Đ-01"):
            with self.assertRaises(ValueError):
                barcode.code128_svg(text)
