from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import form, form_rename, formula

PROPERTY = settings(max_examples=200, deadline=None, derandomize=True)
GIVEN = {"today": date(2026, 3, 5), "zero": "linh"}
# Names that are also functions, words within other names, keys of choices.
NAMES = ["nam", "min", "sex", "sum", "nam_sinh", "a", "contains", "today"]
KEYS = ["nam", "nu", "min", "0", "it's", 'a "b"', "khac"]
FORMULAS = (
    'if({0} = "nam", 62, 60)',
    "if('nu'!={0}, {1}, min({1}, 5))",
    'if({0} = "nam", "nam", "min(nam)")',
    'contains( {2} , "nu") or ({0}) = "khac"',
    'not {0} <> "nam" and {1} + sum({3} . {1}) > 3',
    'count({3}.{4}) + if({0} = "nam" or {0} == "0", {1}, -{1})',
)


@tagged("motcua_tools")
class TestFormRename(BaseCase):
    def test_names_change_and_texts_do_not(self):
        renaming = form_rename.Renaming(
            {"nam": "male", "min": "least", "tien": "sum"}, {"sex": {"nam": "m"}}
        )
        for before, after in (
            ('if(sex="nam",62,60)', 'if(sex="m",62,60)'),
            ('if("nam" = sex, nam, 0)', 'if("m" = sex, male, 0)'),
            ("min(min, nam)", "min(least, male)"),
            ('join("nam", sex, "sex")', 'join("nam", sex, "sex")'),
            ('other = "nam"', 'other = "nam"'),
            ('contains(con.sex, "nam")', 'contains(con.sex, "m")'),
            ("sum( con . tien )", "sum( con . sum )"),
            ('if((sex) = "nam", "nam", "")', 'if((sex) = "m", "nam", "")'),
            ("nam + + broken", "nam + + broken"),
        ):
            with self.subTest(formula=before):
                self.assertEqual(form_rename.in_formula(before, renaming), after)

    def test_a_key_is_renamed_where_the_label_stays(self):
        before = [("m", "Nam"), ("f", "Nữ"), ("x", "Khác"), ("y", "Khác")]
        for after, keys in (
            ([("male", "Nam"), ("f", "Nữ")], {"m": "male"}),
            ([("f", "Nam"), ("m", "Nữ")], {}),
            ([("n", "Other"), ("f", "Nữ")], {}),
            ([("z", "Khác"), *before[:2]], {}),
        ):
            with self.subTest(after=after):
                self.assertEqual(form_rename.keys_renamed(before, after), keys)

    @PROPERTY
    @given(
        st.lists(st.sampled_from(NAMES), min_size=5, max_size=5, unique=True),
        st.permutations(NAMES),
        st.permutations(KEYS),
        st.lists(st.sampled_from(KEYS), min_size=2, max_size=2),
        st.integers(0, 9),
        st.sampled_from(FORMULAS),
    )
    def test_whatever_is_renamed_formulas_give_the_same(
        self, names, new_names, new_keys, chosen, number, template
    ):
        before = template.format(*names)
        new = dict(zip(NAMES, new_names, strict=True))
        keys = dict(zip(KEYS, new_keys, strict=True))
        choice, amount, several, section, column = names
        renaming = form_rename.Renaming(new, {choice: keys, several: keys})
        answers = {choice: chosen[0], amount: number, several: chosen}
        renamed = {
            new[choice]: keys[chosen[0]],
            new[amount]: number,
            new[several]: [keys[key] for key in chosen],
        }
        after = form_rename.in_formula(before, renaming)
        columns = {
            (section, amount): [number, 2],
            (section, column): [number],
        }
        columns_after = {
            (new[section], new[inner]): values
            for (_section, inner), values in columns.items()
        }

        def run(text, plain, tables):
            return formula.evaluate(
                formula.parse(text),
                lambda name, inner: tables[name, inner] if inner else plain[name],
                GIVEN,
            )

        found = run(before, answers, columns)
        self.assertEqual(run(after, renamed, columns_after), found)
        back = form_rename.Renaming(
            {name: old for old, name in new.items()},
            dict.fromkeys(
                (new[choice], new[several]), {key: old for old, key in keys.items()}
            ),
        )
        again = form_rename.in_formula(after, back)
        self.assertEqual(run(again, answers, columns), found)

    @PROPERTY
    @given(
        st.permutations(["sex", "kind", "other"]),
        st.permutations(["a", "b", "c"]),
        st.sampled_from(["=", "!=", "in", "not in", "filled", "empty"]),
        st.lists(st.sampled_from("abc"), min_size=1, max_size=2),
        st.sampled_from(["a", "b", "c", None]),
    )
    def test_whatever_is_renamed_conditions_hold_the_same(
        self, names, keys, op, wanted, given_key
    ):
        new = dict(zip(["sex", "kind", "other"], names, strict=True))
        key_of = dict(zip("abc", keys, strict=True))
        value = wanted if op in ("in", "not in") else wanted[0]
        condition = {"all": [{"field": "sex", "op": op, "value": value}]}

        def shown(name, asked, options, answer):
            spec = [
                {
                    "name": name,
                    "label": "S",
                    "type": "selection",
                    "filled_by": "citizen",
                    "options": [[key, key.upper()] for key in options],
                },
                {"name": "note", "label": "N", "type": "note", "visible_if": asked},
            ]
            return "note" in form.visible(spec, {name: answer} if answer else {})

        renaming = form_rename.Renaming(new, {"sex": key_of})
        self.assertEqual(
            shown(
                new["sex"],
                form_rename.in_condition(condition, renaming),
                keys,
                key_of.get(given_key),
            ),
            shown("sex", condition, "abc", given_key),
        )
