from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..tools.version_move import match_papers, move_answers


def field(name, kind="char", **more):
    return {"name": name, "label": name.title(), "type": kind, **more}


def _choice(kind, key):
    return field("a", kind, options=[[key, key.upper()]])


NAMES = st.sampled_from("abcdef")
KINDS = st.sampled_from(["char", "text", "integer", "float", "date", "boolean"])
FORMS = st.dictionaries(NAMES, KINDS, max_size=6).map(
    lambda kinds: [field(name, kind) for name, kind in kinds.items()]
)
VALUES = st.one_of(
    st.text(max_size=8), st.integers(-99, 99), st.booleans(), st.just("2026-03-02")
)


class TestMoveAnswers(TestCase):
    def test_renamed_label(self):
        old, new = [field("a")], [dict(field("a"), label="Otherwise")]
        self.assertEqual(move_answers(old, new, {"a": "x"}), ({"a": "x"}, []))

    def test_field_that_is_gone(self):
        moved, lost = move_answers([field("a")], [field("b")], {"a": "x"})
        self.assertEqual((moved, [p.code for p in lost]), ({}, ["no_field"]))
        self.assertEqual(move_answers([field("a")], [], {"a": ""}), ({}, []))

    def test_types_that_fit(self):
        choice = {"options": [["m", "Male"], ["f", "Female"]]}
        for source, target, value, expected in (
            (field("a"), field("a", "integer"), "12", 12),
            (field("a", "integer"), field("a"), 12, "12"),
            (field("a", "integer"), field("a", "float"), 12, 12.0),
            (field("a", "date"), field("a", "datetime"), "2026-03-02", None),
            (field("a", "selection", **choice), field("a"), "m", "Male"),
            (field("a"), field("a", "selection", **choice), "m", "m"),
            (field("a"), field("a", "text"), "one line", "one line"),
        ):
            moved, lost = move_answers([source], [target], {"a": value})
            self.assertFalse(lost, (source, target))
            self.assertIn(expected, (None, moved["a"]))

    def test_types_that_do_not_fit(self):
        for source, target, value in (
            (field("a"), field("a", "integer"), "twelve"),
            (field("a", "float"), field("a", "integer"), 1.5),
            (field("a", "text"), field("a"), "two\nlines"),
            (field("a", "datetime"), field("a", "date"), "2026-03-02 10:00:00"),
            (_choice("selection", "x"), _choice("selection", "m"), "x"),
            (_choice("tags", "x"), _choice("tags", "m"), ["x", "m"]),
            (field("a"), field("a", "heading"), "x"),
            (field("a"), field("a", "repeat", columns=[field("b")]), "x"),
        ):
            moved, lost = move_answers([source], [target], {"a": value})
            self.assertEqual(([p.field for p in lost], moved), (["a"], {}), target)

    def test_rows_of_repeating_sections(self):
        old = [field("r", "repeat", columns=[field("b"), field("c")])]
        new = [field("r", "repeat", columns=[field("b", "integer")])]
        rows = [{"b": "1", "c": "x"}, {"b": "2", "c": "y"}, {"b": "3"}]
        moved, lost = move_answers(old, new, {"r": rows})
        self.assertEqual(moved, {"r": [{"b": 1}, {"b": 2}, {"b": 3}]})
        self.assertEqual([(p.field, p.code) for p in lost], [("r.c", "no_field")])

    @given(FORMS, st.data())
    def test_same_form_changes_nothing(self, form, data):
        values = {f["name"]: data.draw(VALUES) for f in form}
        self.assertEqual(move_answers(form, form, values), (values, []))

    @given(FORMS, FORMS, st.data())
    def test_every_answer_is_moved_or_named(self, old, new, data):
        values = {f["name"]: data.draw(VALUES) for f in old}
        moved, lost = move_answers(old, new, values)
        named = {problem.field for problem in lost}
        self.assertFalse(named & moved.keys())
        for name, value in values.items():
            empty = value is False or (isinstance(value, str) and not value.strip())
            self.assertTrue(empty or name in moved or name in named)
        self.assertLessEqual(moved.keys(), {f["name"] for f in new})


class TestMatchPapers(TestCase):
    def _paper(self, id_, name="Declaration", code=None, kind="paper"):
        return {"id": id_, "name": name, "code": code, "kind": kind}

    def test_same_code_or_same_name(self):
        old = [self._paper(1, "Old name", "K1"), self._paper(2, "Map"), self._paper(3)]
        new = [
            self._paper(10, " map "),
            self._paper(11, "New name", "K1"),
            self._paper(12, code="K9"),
        ]
        self.assertEqual(match_papers(old, new), {1: 11, 2: 10, 3: 12})

    def test_different_codes(self):
        self.assertEqual(
            match_papers([self._paper(1, code="K1")], [self._paper(2, code="K2")]), {}
        )

    def test_identity_papers_stay_closed(self):
        """A scan that few may open must not become a paper like any other."""
        old = [self._paper(1, kind="identity")]
        self.assertEqual(match_papers(old, [self._paper(2)]), {})
        self.assertEqual(match_papers(old, [self._paper(2, kind="identity")]), {1: 2})
