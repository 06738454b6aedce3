import json
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.arguments import (
    DEPTH,
    ENTRIES,
    ById,
    Commands,
    Day,
    Dict,
    Flag,
    Id,
    Ids,
    Json,
    ListOf,
    Number,
    OneOf,
    Record,
    Refused,
    Text,
    TypedId,
    Values,
    Whole,
)
from odoo.addons.motcua_base.tools.text import is_blank

PROPERTY = settings(max_examples=300, deadline=None, derandomize=True)

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.characters(categories=["Cs"])
    | st.binary(max_size=5)
)
RUBBISH = st.recursive(
    LEAVES,
    lambda part: (
        st.lists(part, max_size=4)
        | st.tuples(part, part)
        | st.dictionaries(LEAVES, part, max_size=4)
    ),
    max_leaves=12,
)
KINDS = {
    "text": Text(10),
    "flag": Flag(),
    "whole": Whole(0, 100),
    "number": Number(),
    "id": Id(),
    "typed": TypedId(),
    "day": Day(),
    "one": OneOf([("a", "A"), ("b", "B")]),
    "list": ListOf(Whole(), 3),
    "ids": Ids("res.users"),
    "dict": Dict(a=Text(), b=ListOf(Dict(c=Id()))),
    "by_id": ById(Text()),
    "json": Json(),
    "values": Values(),
    "record": Record(),
    "commands": Commands(Dict(a=Whole())),
}


@tagged("motcua_tools")
class TestArguments(BaseCase):
    def assertTakes(self, kind, *values):
        for value in values:
            self.assertEqual(kind.read(value), value)

    def assertRefuses(self, kind, code, *values):
        for value in values:
            with self.subTest(value=str(value)[:50]), self.assertRaises(Refused) as why:
                kind.read(value)
            self.assertEqual(why.exception.code, code)

    def test_text(self):
        self.assertTakes(Text(), "Nguyễn Thị Hoa", "dòng 1\ndòng 2", "", "5")
        self.assertRefuses(Text(), "text", 5, 0.5, ["x"], {}, True, b"x")
        self.assertRefuses(Text(), "signs", "a\0b", "\ud800")
        self.assertTakes(Text(3), "abc")
        self.assertRefuses(Text(3), "long", "abcd", "    ")

    def test_what_nobody_sees_is_no_text(self):
        for text in ("\u200b", " \u2060\u00ad ", "\u3164\u2800", "\u0301", "\ufeff"):
            self.assertEqual(Text().read(text), "", ascii(text))

    def test_flag(self):
        self.assertTakes(Flag(), True, False)
        self.assertRefuses(Flag(), "flag", "x", 1, 0, "", [])

    def test_whole(self):
        self.assertTakes(Whole(), 0, -5, 2**31 - 1)
        self.assertRefuses(Whole(), "whole", 2**31, 10**400, 1.0, "1", True, [])
        self.assertTakes(Whole(1, 3), 1, 3)
        self.assertRefuses(Whole(1, 3), "whole", 0, 4)

    def test_number(self):
        self.assertTakes(Number(), 0, -0.5, 1e15)
        self.assertRefuses(
            Number(), "number", math.nan, math.inf, -math.inf, 10**400, "1", True
        )

    def test_id(self):
        self.assertTakes(Id(), 1, 2**31 - 1)
        self.assertRefuses(Id(), "id", 0, -1, 2**31, 1.0, "1", True, [1], {})
        self.assertEqual(Id("res.users").named(7), {"res.users": [7]})
        self.assertEqual(Id("res.users").named(None), {})
        self.assertEqual(Ids("res.users").named([7, 8]), {"res.users": [7, 8]})
        self.assertRefuses(Ids(), "id", [None], [False], [0], ["1"], [[1]])
        self.assertRefuses(Ids(), "list", 1, "12", {1: 1})

    def test_ids_from_pages_are_digits(self):
        self.assertEqual(TypedId().read("12"), 12)
        self.assertIsNone(TypedId().read(""))
        self.assertRefuses(TypedId(), "id", "x", "-1", "1.5", "²", "٣", "9" * 11, " 1")

    def test_day(self):
        self.assertTakes(Day(), "2026-02-28", "2026-02-28 07:30:00", "2026-02-28T07:30")
        self.assertRefuses(
            Day(), "day", "2026-02-30", "28/02/2026", "x", 20260228, [], "2026-1-1"
        )

    def test_one_of(self):
        self.assertTakes(OneOf(["a", "b"]), "a")
        self.assertRefuses(OneOf([("a", "A")]), "choice", "A", "x", 1, ["a"], {})

    def test_names_lead_to_what_is_wrong(self):
        kind = Dict(items=ListOf(Dict(pages=Whole(1, 10))))
        with self.assertRaises(Refused) as why:
            kind.read({"items": [{"pages": 3}, {"pages": "x"}]})
        self.assertEqual(why.exception.path, ["items", "2", "pages"])
        self.assertRefuses(kind, "key", {"item": []}, {1: 1}, {"\ud800": 1})

    def test_by_id(self):
        self.assertEqual(ById(Whole()).read({"12": 3, 4: 5}), {12: 3, 4: 5})
        self.assertRefuses(ById(Whole()), "id", {"x": 3}, {"": 3}, {None: 3}, {0: 1})

    def test_json(self):
        value = {"a": [1, 2.5, None, True, {"b": "x"}]}
        self.assertTakes(Json(), value, "x", [value])
        self.assertRefuses(Json(), "signs", ["\0"], {"\ud800": 1})
        self.assertRefuses(Json(), "number", [math.nan], 10**400)
        self.assertRefuses(Json(), "json", object(), {1, 2}, b"x")
        deep = []
        for _level in range(DEPTH + 5):
            deep = [deep]
        self.assertRefuses(Json(), "deep", deep, [0] * (ENTRIES + 1))

    def test_commands(self):
        kind = Commands(Dict(a=Whole()))
        self.assertEqual(
            kind.read([[0, "virtual_1", {"a": 1}], (4, 7), [6, 0, [1, 2]], [5], 9]),
            [(0, 0, {"a": 1}), (4, 7, 0), (6, 0, [1, 2]), (5, 0, 0), 9],
        )
        self.assertRefuses(kind, "command", "x", {}, [[]], [[7, 1]], [["x"]], ["x"])
        self.assertRefuses(kind, "id", [[4, "x"]], [[4, None]], [[6, 0, ["x"]]], [0])
        self.assertRefuses(kind, "whole", [[0, 0, {"a": "x"}]], [[1, 7, {"a": "x"}]])

    @PROPERTY
    @given(st.sampled_from(sorted(KINDS)), RUBBISH)
    def test_rubbish_is_refused_or_read_once_and_for_all(self, name, value):
        """Whatever comes, a kind reads it or says why not; what was read is of the
        kind, and nothing that a database or an answer could not hold."""
        kind = KINDS[name]
        try:
            read = kind.read(value)
        except Refused as refused:
            self.assertTrue(refused.code)
            json.dumps(refused.path, ensure_ascii=False).encode()
            json.dumps(refused.params, ensure_ascii=False).encode()
            return
        if value is None or value is False:
            self.assertFalse(read)
            return
        self.assertEqual(kind.read(read), read)
        if name != "record":
            # JSON has no keys but texts, and makes them of numbers.
            json.dumps(read, ensure_ascii=False, allow_nan=False).encode()
        kind.named(read)

    @PROPERTY
    @given(st.text(max_size=50))
    def test_text_is_read_as_it_is(self, text):
        readable = "\0" not in text
        if readable:
            self.assertEqual(Text().read(text), "" if is_blank(text) else text)
        else:
            self.assertRefuses(Text(), "signs", text)
