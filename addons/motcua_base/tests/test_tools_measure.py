from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.measure import line_count, width

TEXTS = st.text("ab mw ếđ.", max_size=60)


@tagged("motcua_tools")
class TestMeasure(BaseCase):
    def test_marks_take_no_room(self):
        self.assertEqual(width("Nguyễn Thị Đức", 10), width("Nguyen Thi Duc", 10))
        self.assertGreater(width("mm", 10), width("ii", 10))

    def test_width_grows_with_the_size(self):
        self.assertAlmostEqual(width("Sổ theo dõi", 20), 2 * width("Sổ theo dõi", 10))

    def test_lines(self):
        room = width("Đăng ký", 10) + 1
        self.assertEqual(line_count("Đăng ký", room, 10), 1)
        self.assertEqual(line_count("Đăng ký khai sinh", room, 10), 3)
        self.assertEqual(line_count("Đăng ký\nký", room, 10), 2)
        self.assertEqual(line_count("", room, 10), 1)

    def test_long_words_break(self):
        word = "H47.17.29-260302-0001"
        self.assertEqual(line_count(word, width(word, 10) / 2.5, 10), 3)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(TEXTS, st.floats(20, 200))
    def test_a_wider_column_takes_no_more_lines(self, text, room):
        self.assertLessEqual(line_count(text, room * 2, 10), line_count(text, room, 10))

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(TEXTS, st.floats(20, 200))
    def test_lines_hold_the_text(self, text, room):
        self.assertGreaterEqual(
            line_count(text, room, 10) * room, width("".join(text.split()), 10) - 1e-6
        )
