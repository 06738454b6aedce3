import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import form

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)
TODAY = date(2026, 3, 5)


def field(name, kind="char", **rest):
    return {"name": name, "label": name.title(), "type": kind, **rest}


def computed(name, formula, **rest):
    return field(name, "computed", formula=formula, **rest)


def when(name, op, value=None):
    return {"all": [{"field": name, "op": op, "value": value}]}


def codes(fields):
    return [(problem.field, problem.code) for problem in form.check_fields(fields)]


LAND = form.with_results(
    [
        # Computed from what stands below as well as above.
        computed("tong", "dien_tich * gia + sum(cay.thanh_tien)", max=10**9),
        field("dien_tich", "float"),
        field("gia", "money"),
        field("so_nguoi", "integer"),
        computed("moi_nguoi", "round(tong / so_nguoi)"),
        field("sinh", "date"),
        computed("tuoi", "years_between(sinh, today())", min=18, required=True),
        computed("ghi_chu", 'if(tuoi >= 60, "cao tuổi", "")'),
        field("uu_tien", "boolean", visible_if=when("tuoi", ">=", 60)),
        computed("duoc_giam", "uu_tien and dien_tich < 100"),
        computed("han", "add_months(sinh, 1)"),
        field(
            "cay",
            "repeat",
            columns=[
                field("ten", required=True),
                field("so", "integer"),
                field("gia_cay", "money"),
                computed("thanh_tien", "so * gia_cay"),
            ],
        ),
    ]
)
GOOD = {"dien_tich": "12,5", "gia": 1000, "so_nguoi": 3, "sinh": "05/03/1960"}


@tagged("motcua_tools")
class TestComputedFields(BaseCase):
    def test_sound(self):
        self.assertEqual(form.check_fields(LAND), [])
        self.assertEqual(form.validate(LAND, GOOD, TODAY), [])

    def test_values(self):
        rows = [{"ten": "Mít", "so": 2, "gia_cay": "500"}, {}, {"ten": "Xoài", "so": 1}]
        values = form.computed(LAND, {**GOOD, "cay": rows}, TODAY)
        self.assertEqual(
            values,
            {
                "tong": 13500,
                "moi_nguoi": 4500,
                "tuoi": 66,
                "ghi_chu": "cao tuổi",
                "duoc_giam": False,
                "han": "1960-04-05",
                "cay.0.thanh_tien": 1000,
                "cay.2.thanh_tien": None,
            },
        )

    def test_what_is_sent_is_not_looked_at(self):
        forged = {
            **GOOD,
            "tong": 1,
            "tuoi": "x" * 10**6,
            "cay": [{"ten": "Mít", "so": 2, "gia_cay": 5, "thanh_tien": 10**9}],
        }
        self.assertEqual(form.validate(LAND, forged, TODAY), [])
        cleaned = form.clean(LAND, forged, today=TODAY)
        self.assertEqual(cleaned["tong"], 12510)
        self.assertEqual(cleaned["tuoi"], 66)
        self.assertEqual(cleaned["cay"][0]["thanh_tien"], 10)

    def test_the_server_computes_whoever_fills_in(self):
        fields = [
            field("a", "integer"),
            computed("b", "a + 1", filled_by="officer"),
        ]
        cleaned = form.clean(fields, {"a": 1, "b": 9}, filled_by="citizen")
        self.assertEqual(cleaned, {"a": 1, "b": 2})

    def test_no_result_is_told_only_where_somebody_must_act(self):
        for values, problems in (
            ({"so_nguoi": 0}, [("moi_nguoi", "formula_zero")]),
            ({"so_nguoi": None}, []),
            ({"sinh": None}, [("tuoi", "required")]),
            ({"sinh": "2010-01-01"}, [("tuoi", "min")]),
            ({"gia": 10**17, "dien_tich": 10**17}, [("tong", "formula_size")]),
            ({"gia": 10**10}, [("tong", "max")]),
            ({"sinh": "hôm qua"}, [("sinh", "date"), ("tuoi", "required")]),
        ):
            with self.subTest(values=values):
                found = form.validate(LAND, {**GOOD, **values}, TODAY)
                found = sorted((p.field, p.code) for p in found)
                self.assertEqual(found, sorted(problems))

    def test_hidden_fields_are_empty_in_formulas(self):
        fields = [
            field("a", "boolean"),
            field("b", "integer", visible_if=when("a", "=", True)),
            computed("c", "first(b, 0) + 1"),
        ]
        self.assertEqual(form.computed(fields, {"b": 4})["c"], 1)
        self.assertEqual(form.computed(fields, {"a": True, "b": 4})["c"], 5)

    def test_conditions_on_computed_values(self):
        values = {**GOOD, "uu_tien": True}
        self.assertIn("uu_tien", form.visible(LAND, values, TODAY))
        self.assertTrue(form.computed(LAND, values, TODAY)["duoc_giam"])
        young = {**values, "sinh": "2000-01-01"}
        self.assertNotIn("uu_tien", form.visible(LAND, young, TODAY))
        self.assertFalse(form.computed(LAND, young, TODAY)["duoc_giam"])

    def test_results_are_properties_of_their_type(self):
        kinds = {p["name"]: p["type"] for p in form.compile_properties(LAND)}
        self.assertEqual(kinds["tong"], "float")
        self.assertEqual(kinds["ghi_chu"], "char")
        self.assertEqual(kinds["duoc_giam"], "boolean")
        self.assertEqual(kinds["han"], "date")

    def test_circles(self):
        for fields in (
            [computed("a", "a + 1")],
            [computed("a", "b + 1"), computed("b", "a + 1")],
            [
                field("a", "integer", visible_if=when("b", ">", 1)),
                computed("b", "a + 1"),
            ],
        ):
            with self.subTest(fields=fields):
                self.assertIn(("a", "circular"), codes(fields))
                # Even so, an answer.
                form.validate(fields, {"a": 3}, TODAY)

    def test_unsound_formulas(self):
        for formula, problems in (
            ("", [("x", "formula_empty")]),
            ("1 +", [("x", "formula_end")]),
            ("y", [("x", "formula_field")]),
            ("n + t", [("x", "formula_kind")]),
            ("r.c", [("x", "formula_result")]),
            ("l", [("x", "formula_result")]),
        ):
            with self.subTest(formula=formula):
                fields = [
                    field("n", "integer"),
                    field("t"),
                    field("l", "tags", options=[["a", "A"]]),
                    field("r", "repeat", columns=[field("c", "integer")]),
                    computed("x", formula),
                ]
                self.assertEqual(codes(fields), problems)
                form.validate(form.with_results(fields), {"n": 1, "t": "a"}, TODAY)

    def test_a_choice_is_compared_with_its_keys_only(self):
        group = field(
            "nhom", "selection", options=[["khac", "Nhóm khác"], ["mot", "Nhóm một"]]
        )
        rows = field("ba", "repeat", columns=[{**group, "name": "cot"}])
        tags = {**group, "name": "the", "type": "tags"}
        for formula, found, right in (
            ('if(nhom = "Nhóm khác", 0, 1)', "Nhóm khác", "khac"),
            ('if("nhóm MỘT" != nhom, 0, 1)', "nhóm MỘT", "mot"),
            ('if(nhom = "la", 0, 1)', "la", "khac, mot"),
            ('contains(the, "Nhóm một")', "Nhóm một", "mot"),
        ):
            with self.subTest(formula=formula):
                [problem] = form.check_fields(
                    [group, rows, tags, computed("x", formula)]
                )
                self.assertEqual((problem.field, problem.code), ("x", "formula_choice"))
                self.assertEqual(problem.params["found"], found)
                self.assertEqual(problem.params["right"], right)
        sound = 'if(nhom = "khac" or contains(the, "mot"), "Nhóm khác", "")'
        self.assertEqual(codes([group, tags, computed("x", sound)]), [])

    def test_a_condition_that_names_a_label_is_told_the_key(self):
        group = field("nhom", "selection", options=[["khac", "Nhóm khác"]])
        [problem] = form.check_fields(
            [group, field("a", visible_if=when("nhom", "=", "Nhóm khác"))]
        )
        self.assertEqual(problem.code, "condition_value")
        self.assertEqual(problem.params["right"], "khac")

    def test_formulas_in_rows_know_their_row(self):
        fields = [
            field("ngoai", "integer"),
            field("r", "repeat", columns=[computed("c", "ngoai + 1")]),
        ]
        self.assertEqual(codes(fields), [("r.c", "formula_field")])

    def test_a_mistake_is_told_once(self):
        fields = [computed("a", "khong_co"), computed("b", "a + 1")]
        self.assertEqual(codes(fields), [("a", "formula_field")])

    @PROPERTY
    @given(
        st.dictionaries(
            st.sampled_from([f["name"] for f in LAND]),
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats(allow_nan=False)
            | st.text(max_size=9)
            | st.dates().map(str)
            | st.lists(
                st.dictionaries(
                    st.sampled_from(["ten", "so", "gia_cay", "thanh_tien"]),
                    st.integers() | st.text(max_size=3),
                ),
                max_size=3,
            ),
        )
    )
    def test_any_values(self, values):
        form.validate(LAND, values, TODAY)
        cleaned = form.clean(LAND, values, today=TODAY)
        json.dumps(cleaned)
        self.assertEqual(form.clean(LAND, cleaned, today=TODAY), cleaned)


@tagged("motcua_tools")
class TestOfficerFields(BaseCase):
    FIELDS = (
        field("a", required=True),
        field("so", filled_by="officer", before_stage=7),
        field(
            "ly_do",
            filled_by="officer",
            before_stage=8,
            visible_if=when("so", "=", "x"),
        ),
        # Without a stage: before the result.
        field("ky", filled_by="officer", required=True),
    )

    def test_missing_before_a_stage(self):
        for values, stages, missing in (
            ({}, {5}, []),
            ({}, {7}, ["so"]),
            ({"so": "1"}, {7, 8}, []),
            ({"so": "x"}, {7, 8}, ["ly_do"]),
            ({"so": " "}, {7, 8}, ["so"]),
            ({"so": "1"}, None, ["ky"]),
            ({"so": "x", "ky": "1"}, None, ["ly_do"]),
        ):
            with self.subTest(values=values):
                self.assertEqual(
                    form.missing_before(self.FIELDS, values, stages, TODAY), missing
                )

    def test_only_officers_are_waited_for(self):
        self.assertEqual(codes([field("a", before_stage=7)]), [("a", "before_stage")])
        self.assertEqual(codes(list(self.FIELDS)), [])


@tagged("motcua_tools")
class TestFilesAndPrefill(BaseCase):
    def test_a_file_is_named(self):
        fields = [field("anh", "file", required=True)]
        file = {"id": 5, "name": "a.pdf"}
        self.assertEqual(form.validate(fields, {"anh": file}), [])
        self.assertEqual(form.clean(fields, {"anh": {**file, "x": 1}}), {"anh": file})
        for wrong in ("a.pdf", 5, {"name": "a.pdf"}, {"id": "5"}, [file]):
            found = form.validate(fields, {"anh": wrong})
            self.assertEqual([p.code for p in found], ["type"], wrong)

    def test_only_right_values_are_prefilled(self):
        sex = field("gt", "selection", options=[["nam", "Nam"]])
        self.assertTrue(form.accepts(sex, "nam"))
        self.assertFalse(form.accepts(sex, "Nam giới"))
        self.assertFalse(form.accepts(field("a", "integer", max=3), 4))
        self.assertFalse(form.accepts(field("a", "date"), "x"))
        self.assertFalse(form.accepts(field("a"), ""))

    def test_what_cannot_be_prefilled(self):
        self.assertEqual(
            codes([field("a", "file", prefill="earlier")]), [("a", "prefill")]
        )
        self.assertEqual(codes([field("a", prefill="earlier")]), [])
