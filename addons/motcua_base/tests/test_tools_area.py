from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.area import precision, split


@tagged("post_install", "-at_install")
class TestArea(BaseCase):
    def test_split(self):
        self.assertEqual(
            split(" Thôn 1, Thôn 2;;Khối 3\n"), ["Thôn 1", "Thôn 2", "Khối 3"]
        )
        self.assertEqual(split(None), [])

    def test_words_count_not_letters(self):
        self.assertTrue(precision("thon 1", "Số 3, Thôn 1, xã Khe Sanh"))
        self.assertTrue(precision("Đông Hà", "phường dong ha"))
        self.assertFalse(precision("Thôn 1", "Thôn 11, xã Khe Sanh"))
        self.assertTrue(precision("Thôn 1", "Thôn 01, xã Khe Sanh"))
        self.assertTrue(precision("Thôn 01", "thôn 1, xã Khe Sanh"))
        self.assertFalse(precision("Thôn 1", "Thôn 10"))
        self.assertTrue(precision("\u00d0ông Hà", "phường Đông\u200b Hà"))
        self.assertFalse(precision("Thôn 1", "Thôn, 2 đường 1"))
        self.assertFalse(precision("", "Thôn 1"))
        self.assertFalse(precision("Thôn 1", None))

    def test_the_narrower_area_wins(self):
        address = "Thôn 1, xã Khe Sanh"
        self.assertGreater(
            precision("Thôn 1 xã Khe Sanh", address), precision("Khe Sanh", address)
        )
