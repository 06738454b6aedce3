from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.stand_in import acted_for, present

PROPERTY = settings(max_examples=300, deadline=None, derandomize=True)
PEOPLE = st.integers(0, 8)
STAND_INS = st.dictionaries(PEOPLE, PEOPLE)


@tagged("post_install", "-at_install")
class TestStandIn(BaseCase):
    def test_chain(self):
        away = {"A": "B", "B": "C", "X": "C"}
        self.assertEqual(acted_for("C", away), {"A", "B", "X"})
        self.assertEqual(acted_for("B", away), {"A"})
        self.assertEqual(present("A", away), "C")
        self.assertEqual(present("C", away), "C")

    def test_circle_ends(self):
        away = {"A": "B", "B": "A"}
        self.assertEqual(acted_for("A", away), {"B"})
        self.assertIsNone(present("A", away))

    @PROPERTY
    @given(PEOPLE, STAND_INS)
    def test_the_work_of_everybody_reaches_who_is_present(self, person, away):
        acting = present(person, away)
        if acting is None:
            return
        self.assertNotIn(acting, away)
        if acting != person:
            self.assertIn(person, acted_for(acting, away))

    @PROPERTY
    @given(PEOPLE, STAND_INS)
    def test_nobody_acts_for_who_is_there(self, person, away):
        self.assertLessEqual(acted_for(person, away), away.keys() - {person})
