import json
import re
import time
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import form, form_definition

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)
TODAY = date(2026, 3, 5)


def field(name, kind="char", **rest):
    return {"name": name, "label": name.title(), "type": kind, **rest}


def when(name, op, value=None, join="all"):
    return {join: [{"field": name, "op": op, "value": value}]}


BIRTH = [
    field("kinh_gui", "heading", section="Đầu tờ khai"),
    field("loai", "selection", required=True, options=[["moi", "Mới"], ["lai", "Lại"]]),
    field("ly_do", "text", visible_if=when("loai", "=", "lai"), required=True),
    field("ly_do_khac", visible_if=when("ly_do", "filled")),
    field("ho_ten", required=True, min=2, max=50, pattern="person_name", section="Con"),
    field("ngay_sinh", "date", required=True, max="today"),
    field("so_ban", "integer", min=1, max=20),
    field("so_dinh_danh", "id_number", required_if=when("so_ban", ">", 5)),
    field("cam_doan", "boolean", required=True),
    field("tinh_trang", "tags", options=[["a", "A"], ["b", "B"]], max=1),
    field("ket_luan", "text", required=True, filled_by="officer"),
    field(
        "con",
        "repeat",
        max=2,
        columns=[
            field("ten", required=True),
            field("tuoi", "integer", visible_if=when("ten", "filled")),
        ],
    ),
]
GOOD = {
    "loai": "moi",
    "ho_ten": "Nguyễn Văn An",
    "ngay_sinh": "2026-03-01",
    "cam_doan": True,
    "ket_luan": "Đồng ý",
}


def found(problems):
    return [(problem.field, problem.code) for problem in problems]


def found_in_birth(**values):
    return found(form.validate(BIRTH, {**GOOD, **values}, TODAY))


@tagged("motcua_tools")
class TestFormValidate(BaseCase):
    def test_good(self):
        self.assertEqual(found_in_birth(), [])

    def test_empty_form(self):
        wanted = {"loai", "ho_ten", "ngay_sinh", "cam_doan", "ket_luan"}
        self.assertEqual(
            found(form.validate(BIRTH, {}, TODAY)),
            [(f["name"], "required") for f in BIRTH if f["name"] in wanted],
        )
        # As Odoo reads properties that were never filled in.
        unset = {f["name"]: False for f in BIRTH}
        self.assertEqual(
            form.validate(BIRTH, unset, TODAY), form.validate(BIRTH, {}, TODAY)
        )

    def test_blank_is_not_filled(self):
        self.assertEqual(found_in_birth(ho_ten=" \n "), [("ho_ten", "required")])
        self.assertEqual(found_in_birth(cam_doan=False), [("cam_doan", "required")])

    def test_rules(self):
        for values, problem in (
            ({"ho_ten": "A"}, ("ho_ten", "too_short")),
            ({"ho_ten": "A" * 51}, ("ho_ten", "too_long")),
            ({"ho_ten": "An2"}, ("ho_ten", "pattern")),
            ({"ho_ten": ["An"]}, ("ho_ten", "type")),
            ({"ho_ten": "An\0"}, ("ho_ten", "type")),
            ({"loai": "khac"}, ("loai", "option")),
            ({"ngay_sinh": "2026-03-06"}, ("ngay_sinh", "future")),
            ({"ngay_sinh": "2026-02-30"}, ("ngay_sinh", "date")),
            ({"ngay_sinh": "0026-03-05"}, ("ngay_sinh", "date")),
            ({"ngay_sinh": 5}, ("ngay_sinh", "date")),
            ({"so_ban": 0}, ("so_ban", "min")),
            (
                {"so_ban": "21", "so_dinh_danh": "001096012345"},
                ("so_ban", "max"),
            ),
            ({"so_ban": "nhiều"}, ("so_ban", "type")),
            ({"so_ban": 1.5}, ("so_ban", "type")),
            ({"so_ban": True}, ("so_ban", "type")),
            ({"so_dinh_danh": "12345"}, ("so_dinh_danh", "id_number")),
            ({"so_ban": 6}, ("so_dinh_danh", "required")),
            ({"cam_doan": "có"}, ("cam_doan", "type")),
            ({"tinh_trang": ["a", "b"]}, ("tinh_trang", "too_many")),
            ({"tinh_trang": ["c"]}, ("tinh_trang", "option")),
            ({"loai": "lai"}, ("ly_do", "required")),
            ({"la": 1}, ("la", "unknown")),
            ({"kinh_gui": "x"}, ("kinh_gui", "unknown")),
            ({"con": "x"}, ("con", "type")),
            ({"con": [1]}, ("con", "type")),
            ({"con": [{"tuoi": 3}]}, ("con.0.ten", "required")),
            ({"con": [{}, {"ten": "B", "tuoi": "x"}]}, ("con.1.tuoi", "type")),
            ({"con": [{"ten": "B"}] * 3}, ("con", "too_many")),
            ({"con": [{"ten": "B"}] * 201}, ("con", "too_many")),
        ):
            with self.subTest(values=values):
                self.assertEqual(found_in_birth(**values), [problem])

    def test_params_tell_the_limit(self):
        problems = form.validate(BIRTH, {**GOOD, "so_ban": 99}, TODAY)
        self.assertEqual(problems[0].params, {"limit": 20})
        problems = form.validate(BIRTH, {**GOOD, "con": [{"ten": "B"}] * 999}, TODAY)
        self.assertEqual(problems[0].params, {"limit": 200})

    def test_other_types(self):
        fields = [
            field("mst", "tax_code"),
            field("dien_thoai", "phone"),
            field("thu", "email"),
            field("gia", "money", min=1000),
            field("dien_tich", "float", max=0.5),
            field("hen", "datetime", min="2026-03-05", max="2026-03-05"),
            field("tu", "date", min="today", max="2026-12-31"),
            field("rong", "repeat", columns=[field("x")], required=True),
        ]
        good = {
            "mst": "0100109106",
            "dien_thoai": "+84912345678",
            "thu": "a.b@example.vn",
            "gia": "200.000 đ",
            "dien_tich": "0,5",
            # 23:59 in Vietnam: moments are stored in UTC, days mean days in Vietnam.
            "hen": "2026-03-05T16:59",
            "tu": "05/03/2026",
            "rong": [{"x": "1"}],
        }
        self.assertEqual(form.validate(fields, good, TODAY), [])
        bad = {
            "mst": "0100109107",
            "dien_thoai": "12",
            "thu": "a@b",
            "gia": "999",
            "dien_tich": "nan",
            "hen": "2026-03-06 00:00:00",
            "tu": "2026-03-04",
            "rong": [{"x": ""}, {}],
        }
        self.assertEqual(
            found(form.validate(fields, bad, TODAY)),
            [
                ("mst", "tax_code"),
                ("dien_thoai", "phone"),
                ("thu", "email"),
                ("gia", "min"),
                ("dien_tich", "type"),
                ("hen", "max"),
                ("tu", "past"),
                ("rong", "required"),
            ],
        )

    def test_zero_is_a_value_and_a_bound(self):
        fields = [field("n", "integer", required=True, min=0)]
        self.assertEqual(form.validate(fields, {"n": 0}, TODAY), [])
        self.assertEqual(found(form.validate(fields, {"n": -1}, TODAY)), [("n", "min")])

    def test_each_party_answers_for_its_own_fields(self):
        values = {k: v for k, v in GOOD.items() if k != "ket_luan"}
        self.assertEqual(form.validate(BIRTH, values, TODAY, "citizen"), [])
        self.assertEqual(
            found(form.validate(BIRTH, values, TODAY, "officer")),
            [("ket_luan", "required")],
        )

    def test_hidden_values_are_not_looked_at(self):
        fields = [
            field("a", "boolean"),
            field("b", "integer", visible_if=when("a", "=", True)),
        ]
        self.assertEqual(form.validate(fields, {"b": "x"}, TODAY), [])

    def test_huge_values_end_soon(self):
        start = time.process_time()
        self.assertEqual(
            found_in_birth(ho_ten="A" * 10**7, ket_luan="\u0301" * 10**6),
            [("ho_ten", "too_long"), ("ket_luan", "too_long")],
        )
        self.assertLess(time.process_time() - start, 1)

    @PROPERTY
    @given(
        st.dictionaries(
            st.sampled_from([f["name"] for f in BIRTH] + ["la"]),
            st.recursive(
                st.none()
                | st.booleans()
                | st.integers()
                | st.floats()
                | st.text(max_size=20)
                | st.sampled_from(["moi", "lai", "2026-03-01", "An", "a"]),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["ten", "tuoi"]), inner)
                ),
                max_leaves=5,
            ),
        )
    )
    def test_any_json(self, values):
        """Whatever is posted gets an answer, and cleaning loses no problem of a value
        that stays, adds none, and is done at once."""
        problems = form.validate(BIRTH, values, TODAY)
        cleaned = form.clean(BIRTH, values)
        self.assertEqual(form.clean(BIRTH, cleaned), cleaned)
        json.dumps(cleaned)
        known = [p for p in found(problems) if p[1] != "unknown" and "." not in p[0]]
        again = found(form.validate(BIRTH, cleaned, TODAY))
        self.assertEqual([p for p in again if "." not in p[0]], known)
        self.assertLessEqual(set(cleaned), form.visible(BIRTH, values))

    @PROPERTY
    @given(st.dates(date(1900, 1, 1), date(2030, 1, 1)))
    def test_dates_in_every_writing(self, day):
        writings = (
            day,
            datetime(day.year, day.month, day.day, 9),
            day.isoformat(),
            f"{day:%d/%m/%Y}",
            f"{day.day}-{day.month}-{day.year}",
        )
        for writing in writings:
            cleaned = form.clean([field("d", "date")], {"d": writing})
            self.assertEqual(cleaned, {"d": day.isoformat()})


@tagged("motcua_tools")
class TestFormClean(BaseCase):
    def test_normal_forms(self):
        fields = [
            field("a"),
            field("b", "text"),
            field("c", "id_number"),
            field("d", "phone"),
            field("e", "money"),
            field("f", "float"),
            field("g", "boolean"),
            field("h", "datetime"),
            field("i", "tags", options=[["x", "X"], ["y", "Y"]]),
            field("j", "integer"),
        ]
        values = {
            "a": "  Tra\u0302\u0300n   Thị\tB ",
            "b": " một \r\nhai ",
            "c": "001 096 012 345",
            "d": "+84 912.345.678",
            "e": "1.200.000 VNĐ",
            "f": "1.234,5",
            "g": "on",
            "h": datetime(2026, 3, 5, 7, 30),
            "i": ["x", "x"],
            "j": " 7 ",
            "la": "gone",
        }
        self.assertEqual(
            form.clean(fields, values),
            {
                "a": "Trần Thị B",
                "b": "một\nhai",
                "c": "001096012345",
                "d": "0912345678",
                "e": 1200000,
                "f": 1234.5,
                "g": True,
                "h": "2026-03-05 07:30:00",
                "i": ["x"],
                "j": 7,
            },
        )

    def test_hidden_and_blank_go(self):
        values = {**GOOD, "ly_do": "cũ", "ly_do_khac": "x", "con": [{"ten": ""}, {}]}
        self.assertEqual(form.clean(BIRTH, values), GOOD)

    def test_rows(self):
        rows = [{"ten": " B ", "tuoi": "3", "la": 1}, {}, {"tuoi": 4}]
        cleaned = form.clean(BIRTH, {"con": rows})
        self.assertEqual(cleaned, {"con": [{"ten": "B", "tuoi": 3}]})

    def test_a_citizen_cannot_fill_in_for_officers(self):
        self.assertNotIn("ket_luan", form.clean(BIRTH, GOOD, "citizen"))
        self.assertEqual(
            form.clean(BIRTH, GOOD, "officer"), {"ket_luan": GOOD["ket_luan"]}
        )

    def test_settled_answers_are_not_computed_anew(self):
        fields = [
            {"name": "area", "label": "Area", "type": "integer"},
            {
                "name": "price",
                "label": "Price",
                "type": "computed",
                "formula": "area * 2",
            },
            {
                "name": "tax",
                "label": "Tax",
                "type": "computed",
                "formula": "price / 10",
            },
            {
                "name": "heirs",
                "label": "Heirs",
                "type": "repeat",
                "columns": [
                    {"name": "part", "label": "Part", "type": "integer"},
                    {
                        "name": "sum",
                        "label": "Sum",
                        "type": "computed",
                        "formula": "part * 2",
                    },
                ],
            },
        ]
        fields = form.with_results(fields)
        values = {
            "area": 5,
            "price": 7,
            "heirs": [{"part": 1, "sum": 9}, {"part": 2, "sum": 8}],
        }
        settled = form.clean(form.settle(fields, values), values)
        # What had no answer is computed, from what stands.
        self.assertEqual(settled, {**values, "tax": 0.7})
        self.assertEqual(form.computed(form.settle(fields, settled), settled), {})
        self.assertEqual(form.clean(fields, values)["price"], 10)


@tagged("motcua_tools")
class TestFormConditions(BaseCase):
    def shown(self, kind, op, wanted, value, **rest):
        fields = [
            field("a", kind, **rest),
            field("b", visible_if=when("a", op, wanted)),
        ]
        self.assertEqual(form.check_fields(fields), [], (kind, op))
        return "b" in form.visible(fields, {"a": value})

    def test_operators(self):
        options = {"options": [["x", "X"], ["y", "Y"]]}
        for kind, op, wanted, yes, no, rest in (
            ("char", "=", "x", "x", "y", {}),
            ("char", "!=", "x", None, "x", {}),
            ("char", "contains", "Nội", "Hà Nội", "Huế", {}),
            ("char", "contains", "Nội", "Hà Nội", None, {}),
            ("integer", "<", 5, 4, 5, {}),
            ("integer", "<=", "5", "5", 6, {}),
            ("money", ">", "100.000", "100.001", 100000, {}),
            ("float", ">=", 0.5, "0,5", 0.4, {}),
            ("integer", "<", 5, 0, None, {}),
            ("date", ">", "31/12/2025", "2026-01-01", "2025-12-31", {}),
            ("selection", "=", "x", "x", "y", options),
            ("selection", "in", ["x", "y"], "y", None, options),
            ("selection", "not in", ["x"], "y", "x", options),
            ("tags", "contains", "x", ["y", "x"], ["y"], options),
            ("boolean", "=", True, True, None, {}),
            ("boolean", "=", False, None, True, {}),
            ("char", "filled", None, "x", " ", {}),
            ("char", "empty", None, "", "x", {}),
            ("integer", "filled", None, 0, None, {}),
            ("phone", "=", "0912345678", "+84912345678", "0912345679", {}),
        ):
            with self.subTest(kind=kind, op=op, wanted=wanted):
                self.assertTrue(self.shown(kind, op, wanted, yes, **rest))
                self.assertFalse(self.shown(kind, op, wanted, no, **rest))

    def test_all_and_any(self):
        tests = [
            {"field": "a", "op": "filled"},
            {"field": "b", "op": "filled"},
        ]
        fields = [
            field("a"),
            field("b"),
            field("both", visible_if={"all": tests}),
            field("one", visible_if={"any": tests}),
        ]
        self.assertEqual(form.visible(fields, {}), {"a", "b"})
        self.assertEqual(form.visible(fields, {"a": "1"}), {"a", "b", "one"})
        self.assertEqual(len(form.visible(fields, {"a": "1", "b": "1"})), 4)

    def test_what_depends_on_a_hidden_field_hides(self):
        """Wherever the fields stand in the form."""
        values = {"loai": "moi", "ly_do": "cũ", "ly_do_khac": "x"}
        for fields in (BIRTH, BIRTH[::-1]):
            shown = form.visible(fields, values)
            self.assertFalse({"ly_do", "ly_do_khac"} & shown)
            self.assertLessEqual(
                {"ly_do", "ly_do_khac"}, form.visible(fields, {**values, "loai": "lai"})
            )

    def test_required(self):
        self.assertEqual(
            form.required(BIRTH, {"loai": "lai", "so_ban": 9}),
            {
                "loai",
                "ly_do",
                "ho_ten",
                "ngay_sinh",
                "so_dinh_danh",
                "cam_doan",
                "ket_luan",
            },
        )


@tagged("motcua_tools")
class TestFormDefinition(BaseCase):
    def test_good(self):
        self.assertEqual(form.check_fields(BIRTH), [])

    def test_problems(self):
        ab = [["a", "A"], ["b", "B"]]
        for fields, problems in (
            ([field("a"), field("a")], [("a", "duplicate")]),
            ([field("Họ tên")], [("Họ tên", "name")]),
            ([field("a_html")], [("a_html", "name")]),
            ([{"name": "a", "type": "char"}], [("a", "label")]),
            ([field("a", "picture")], [("a", "type")]),
            ([field("a", filled_by="robot")], [("a", "filled_by")]),
            ([field("a", "selection")], [("a", "options")]),
            ([field("a", "tags", options=ab + ab)], [("a", "options")]),
            ([field("a", "selection", options=[["a"]])], [("a", "options")]),
            ([field("a", "integer", min=3, max=2)], [("a", "min_max")]),
            ([field("a", "integer", min="x")], [("a", "bound")]),
            ([field("a", "date", max="tomorrow")], [("a", "bound")]),
            ([field("a", pattern="(")], [("a", "pattern")]),
            ([field("a", "integer", pattern="x")], [("a", "pattern")]),
            ([field("a", "repeat")], [("a", "columns")]),
            ([field("a", columns=[field("b")])], [("a", "columns")]),
            (
                [field("a", "repeat", columns=[field("B")])],
                [("a.B", "name")],
            ),
            ([field("a", visible_if={"all": ["x"]})], [("a", "condition")]),
            ([field("a", visible_if=["x"])], [("a", "condition")]),
            ([field("a", visible_if={"none": []})], [("a", "condition")]),
            (
                [field("a", required_if=when("b", "filled"))],
                [("a", "condition_field")],
            ),
            (
                [field("a", "note"), field("b", visible_if=when("a", "filled"))],
                [("b", "condition_op")],
            ),
            (
                [field("a"), field("b", visible_if=when("a", "like", "x"))],
                [("b", "condition_op")],
            ),
            (
                [
                    field("a", "selection", options=ab),
                    field("b", visible_if=when("a", "in", ["c"])),
                ],
                [("b", "condition_value")],
            ),
            (
                [field("a", "date"), field("b", visible_if=when("a", ">", "x"))],
                [("b", "condition_value")],
            ),
            (
                [field("a", "integer"), field("b", visible_if=when("a", "in", 5))],
                [("b", "condition_value")],
            ),
            ([field("a", visible_if=when("a", "filled"))], [("a", "circular")]),
            (
                [
                    field("a", visible_if=when("c", "filled")),
                    field("b", visible_if=when("a", "filled")),
                    field("c", visible_if=when("b", "filled")),
                    field("d", visible_if=when("c", "filled")),
                ],
                [("a", "circular"), ("b", "circular"), ("c", "circular")],
            ),
        ):
            with self.subTest(fields=fields):
                self.assertEqual(found(form.check_fields(fields)), problems)

    def test_a_circle_that_slipped_through_still_ends(self):
        fields = [
            field("a", visible_if=when("b", "empty")),
            field("b", visible_if=when("a", "empty")),
        ]
        form.visible(fields, {"a": "x", "b": "x"})

    def test_patterns_that_could_hang(self):
        for pattern in (
            r"(a+)+",
            r"(a|a)*",
            r"(a*){5,}",
            r"(?:x+x+)+y",
            r".*.*.*.*=",
            r"(?P<n>a)",
            r"a" * 201,
            "a?" * 40 + "a" * 40,
            r"(?=a)b",
            r"[(]+[)]*\(+\)+",
        ):
            with self.subTest(pattern=pattern):
                self.assertEqual(
                    found(form.check_fields([field("a", pattern=pattern)])),
                    [("a", "pattern")],
                )

    def test_patterns_people_write(self):
        for pattern, value in (
            (r"\d{2}[A-Z]{1,2}-?\d{3}\.?\d{2}", "30A-123.45"),
            (r"(\+84|0)\d{9,10}", "0912345678"),
            (r"\d+/\d{4}/(QĐ|GP)-[A-ZĐ]+", "12/2026/QĐ-UBND"),
            (r"[^()*+{]+", "một"),
            (r"(?:số )?\d+", "số 5"),
            ("passport", "C1234567"),
        ):
            fields = [field("a", pattern=pattern)]
            self.assertEqual(form.check_fields(fields), [], pattern)
            self.assertEqual(form.validate(fields, {"a": value}), [])

    def test_worst_allowed_pattern_ends_soon(self):
        worst = "a" * form_definition.MAX_MATCHED
        for pattern in (r"a*a*a*b", r"[a-z]*\w*(x|y)?!", "a?" * 23 + "a" * 23 + "b"):
            self.assertEqual(form.check_fields([field("a", pattern=pattern)]), [])
            start = time.process_time()
            form.validate([field("a", pattern=pattern)], {"a": worst})
            self.assertLess(time.process_time() - start, 2, pattern)

    def test_named_patterns(self):
        for name, good, bad in (
            ("digits", "0123", "12a"),
            ("year", "1999", "1799"),
            ("passport", "C1234567", "1234567"),
            ("plate", "29A1-123.45", "A29"),
            ("person_name", "H'Hen Niê Đặng-Trần", "An <b>"),
        ):
            self.assertTrue(re.fullmatch(form.PATTERNS[name], good), name)
            self.assertFalse(re.fullmatch(form.PATTERNS[name], bad), name)

    def test_properties(self):
        self.assertEqual(
            form.compile_properties(BIRTH),
            [
                {
                    "name": "_section_0",
                    "string": "Đầu tờ khai",
                    "type": "separator",
                },
                {"name": "kinh_gui", "string": "Kinh_Gui", "type": "separator"},
                {
                    "name": "loai",
                    "string": "Loai",
                    "type": "selection",
                    "selection": [["moi", "Mới"], ["lai", "Lại"]],
                },
                {"name": "ly_do", "string": "Ly_Do", "type": "text"},
                {"name": "ly_do_khac", "string": "Ly_Do_Khac", "type": "char"},
                {"name": "_section_5", "string": "Con", "type": "separator"},
                {"name": "ho_ten", "string": "Ho_Ten", "type": "char"},
                {"name": "ngay_sinh", "string": "Ngay_Sinh", "type": "date"},
                {"name": "so_ban", "string": "So_Ban", "type": "integer"},
                {"name": "so_dinh_danh", "string": "So_Dinh_Danh", "type": "char"},
                {"name": "cam_doan", "string": "Cam_Doan", "type": "boolean"},
                {
                    "name": "tinh_trang",
                    "string": "Tinh_Trang",
                    "type": "tags",
                    "tags": [["a", "A", 0], ["b", "B", 1]],
                },
                {"name": "ket_luan", "string": "Ket_Luan", "type": "text"},
            ],
        )
        self.assertEqual(
            form.compile_properties([field("phi", "money")])[0]["type"], "float"
        )

    def test_every_type_is_known_everywhere(self):
        for kind in form.TYPES:
            rest = {}
            if kind in ("selection", "tags"):
                rest["options"] = [["a", "A"]]
            elif kind == "repeat":
                rest["columns"] = [field("b")]
            elif kind == "computed":
                rest["formula"] = "1"
            fields = [field("a", kind, **rest)]
            self.assertEqual(form.check_fields(fields), [], kind)
            form.validate(fields, {"a": "a"})
            form.compile_properties(fields)
