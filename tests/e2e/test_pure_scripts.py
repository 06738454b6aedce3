"""Scripts that compute what Python computes too, called in the browser they run in."""

import json

from launcher import paths

CASES, WORD_CASES = (
    json.loads((paths.ADDONS / "motcua_base/tests" / name).read_text(encoding="utf-8"))
    for name in ("number_cases.json", "word_cases.json")
)
FORMULAS = (
    # Names change, texts and functions do not.
    ('if(nam="nam",62,60)', 'if(nam_sinh="nam",62,60)'),
    ("min(min, nam)", "min(minh_chung, nam_sinh)"),
    ("min (nam, 'min')", "min (nam_sinh, 'min')"),
    ("min.nam + 1", "minh_chung.nam_sinh + 1"),
    ("nam and not true", "nam_sinh and not true"),
    ("nam_2 + 1nam", "nam_2 + 1nam"),
    ('concat("nam, ", nam', 'concat("nam, ", nam_sinh'),
)
KEYS = (
    ('nhom = "khac"', 'nhom = "nhom_khac"'),
    ('"khac" != nhom', '"nhom_khac" != nhom'),
    ('if(ba.nhom == "khac", "khac", 1)', 'if(ba.nhom == "nhom_khac", "khac", 1)'),
    ("contains(nhom, 'khac')", "contains(nhom, 'nhom_khac')"),
    ('ten = "khac"', 'ten = "khac"'),
    ('concat(nhom, "khac")', 'concat(nhom, "khac")'),
)


def in_page(page, module, body, arg):
    """What a function of our scripts answers; waits until they are loaded."""
    page.wait_for_function(
        "(module) => window.odoo?.loader?.modules.has(module)", arg=module
    )
    return page.wait_for_function(
        f"([module, arg]) => {{ const m = odoo.loader.modules.get(module); {body} }}",
        arg=[module, arg],
    ).json_value()


def test_numbers_are_read_as_the_server_reads_them(login):
    page = login("quantri")
    page.goto("/odoo")
    found = in_page(
        page,
        "@motcua_base/eform/number",
        "return arg.map(([text, kind]) => m.readNumber(text, kind === 'whole'));",
        CASES,
    )
    for (text, kind, meant), read in zip(CASES, found, strict=True):
        wanted = {"readings": meant} if isinstance(meant, list) else {"value": meant}
        assert read == wanted, (text, kind)


def test_numbers_are_said_as_the_server_says_them(login):
    page = login("quantri")
    page.goto("/odoo")
    found = in_page(
        page,
        "@motcua_base/eform/number_words",
        "return arg.map(([number, zero]) => m.numberWords(number, zero));",
        WORD_CASES,
    )
    assert found == [words for _number, _zero, words in WORD_CASES]


def test_what_an_input_shows_is_read_again(login):
    page = login("quantri")
    page.goto("/odoo")
    numbers = [0, 7.125, 1500, 1234.567, 1500000, 7.5, -7.125, -1500, 0.125]
    found = in_page(
        page,
        "@motcua_base/eform/number",
        "return arg.map((n) => m.readNumber(m.formatTyped(n, false), false).value);",
        numbers,
    )
    assert found == numbers


def test_a_name_changes_in_the_formula_and_never_in_its_texts(login):
    page = login("quantri")
    page.goto("/odoo")
    found = in_page(
        page,
        "@motcua_studio/form_editor/form_names",
        """const names = new Map([["nam", "nam_sinh"], ["min", "minh_chung"]]);
        const fields = arg.map((formula) => ({ formula }));
        m.renameReferences(fields, names);
        return fields.map(({ formula }) => formula);""",
        [before for before, _after in FORMULAS],
    )
    assert found == [after for _before, after in FORMULAS]


def test_a_key_changes_where_its_field_is_compared_with_it(login):
    page = login("quantri")
    page.goto("/odoo")
    found = in_page(
        page,
        "@motcua_studio/form_editor/form_names",
        """const fields = arg.map((formula) => ({ formula }));
        m.renameChoice(fields, "nhom", "khac", "nhom_khac");
        return fields.map(({ formula }) => formula);""",
        [before for before, _after in KEYS],
    )
    assert found == [after for _before, after in KEYS]


def test_a_label_typed_into_a_formula_becomes_the_key(login):
    page = login("quantri")
    page.goto("/odoo")
    options = [
        {"key": "khac", "label": "Nhóm khác"},
        {"key": "mot", "label": "Trùng"},
        {"key": "hai", "label": "Trùng"},
    ]
    found = in_page(
        page,
        "@motcua_studio/form_editor/form_names",
        """const fields = [{ name: "nhom", options: arg }];
        return ['nhom = "Nhóm khác"', 'nhom = "Trùng"', 'ten = "Nhóm khác"'].map(
            (formula) => m.keysForLabels(formula, fields));""",
        options,
    )
    assert found == ['nhom = "khac"', 'nhom = "Trùng"', 'ten = "Nhóm khác"']
