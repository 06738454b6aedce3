from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.motcua_studio.tools.order import renumbered

NUMBERS = st.lists(st.none() | st.integers(0, 500), max_size=40)


class TestOrder(BaseCase):
    @given(NUMBERS)
    def test_numbers_rise(self, numbers):
        result = renumbered(numbers)
        self.assertEqual(len(result), len(numbers))
        self.assertTrue(all(a < b for a, b in zip([0, *result], result, strict=False)))

    @given(st.lists(st.integers(1, 500), unique=True).map(sorted))
    def test_what_is_in_order_stays(self, numbers):
        self.assertEqual(renumbered(numbers), numbers)

    @given(st.data(), st.integers(2, 30))
    def test_moving_one_row_changes_one_number(self, data, count):
        numbers = [10 * index for index in range(1, count + 1)]
        moved = numbers.pop(data.draw(st.integers(0, count - 1)))
        place = data.draw(st.integers(0, count - 1))
        numbers.insert(place, moved)
        result = renumbered(numbers)
        changed = sum(old != new for old, new in zip(numbers, result, strict=True))
        self.assertLessEqual(changed, 1)

    def test_new_rows_come_between(self):
        self.assertEqual(renumbered([10, None, 20]), [10, 15, 20])
        self.assertEqual(renumbered([None, None]), [10, 20])
        self.assertEqual(renumbered([1, None, 2]), [1, 2, 3])
