import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import merge, merge_text

SPEC = [
    {"name": "married", "label": "Married", "type": "boolean"},
    {"name": "born", "label": "Born", "type": "date"},
    {"name": "price", "label": "Price", "type": "money"},
    {
        "name": "children",
        "label": "Children",
        "type": "repeat",
        "columns": [
            {"name": "name", "label": "Name", "type": "char"},
            {"name": "born", "label": "Born", "type": "date"},
        ],
    },
]
MARRIED = json.dumps({"all": [{"field": "married", "op": "=", "value": True}]})


def attribute(text):
    return text.replace("&", "&amp;").replace('"', "&quot;")


def render(body, texts=None, rows=None, answers=None):
    return merge.render(body, texts or {}, rows or {}, SPEC, answers or {})


@tagged("motcua_tools")
class TestMerge(BaseCase):
    """Markers of templates, and nothing else, are replaced."""

    def test_fields_become_text(self):
        body = '<p>Số <b><span data-merge="dossier.code">Mã</span></b>, hết.</p>'
        self.assertEqual(
            render(body, {"dossier.code": "H47.17-260302-0001"}),
            '<p>Số <b><span class="merged">H47.17-260302-0001</span></b>, hết.</p>',
        )

    def test_what_is_not_known_prints_as_a_blank(self):
        body = '<p><span data-merge="dossier.nothing">x</span></p>'
        self.assertIn(merge.BLANK, render(body))
        self.assertIn(merge.BLANK, render(body, {"dossier.nothing": False}))

    def test_conditional_paragraph(self):
        body = f'<p>a</p><p data-merge-if="{attribute(MARRIED)}">b</p>tail'
        self.assertEqual(
            render(body, answers={"married": True}), "<p>a</p><p>b</p>tail"
        )
        self.assertEqual(render(body, answers={"married": False}), "<p>a</p>tail")

    def test_what_cannot_be_decided_is_left_out(self):
        for condition in (
            "x",
            "{}",
            "[]",
            '{"all": []}',
            '{"all": [{"field": "no", "op": "empty"}]}',
            '{"all": [{"field": "__class__", "op": "=", "value": 1}]}',
            '{"all": [{"field": "married", "op": "__import__", "value": 1}]}',
        ):
            with self.subTest(condition=condition):
                body = f'<p data-merge-if="{attribute(condition)}">b</p>'
                self.assertEqual(render(body, answers={"married": True}), "")
                self.assertTrue(merge.problems(body, set(), SPEC))

    def test_repeated_rows(self):
        body = (
            '<table><tr><th>TT</th></tr><tr data-merge-rows="children">'
            '<td><span data-merge="row.number">1</span></td>'
            '<td><span data-merge="row.name">N</span></td></tr></table>'
        )
        rows = merge_text.row_texts(SPEC[3], [{"name": "An"}, {"name": "Bình"}])
        result = render(body, rows={"children": rows})
        cells = [cell.text_content() for cell in html.fromstring(result).iter("td")]
        self.assertEqual(cells, ["1", "An", "2", "Bình"])
        self.assertNotIn("<td>", render(body, rows={"children": []}))
        self.assertIn(merge.BLANK, render(body))  # of no such section

    def test_problems(self):
        def codes(body):
            found = merge.problems(body, {"dossier.code"}, SPEC)
            return [(problem.code, problem.field) for problem in found]

        self.assertEqual(codes("<p> </p>"), [("empty", "")])
        self.assertEqual(codes('<p><span data-merge="dossier.code">x</span></p>'), [])
        self.assertEqual(
            codes('<p><span data-merge="dossier.env">x</span></p>'),
            [("merge_field", "dossier.env")],
        )
        self.assertEqual(
            codes('<p>a<span data-merge="row.name">x</span></p>'),
            [("merge_field", "row.name")],
        )
        self.assertEqual(
            codes('<p data-merge-rows="children"><span data-merge="row.name">x</span>'),
            [],
        )
        self.assertEqual(
            codes('<p data-merge-rows="cars">a</p>'), [("merge_rows", "cars")]
        )
        no_field = json.dumps({"all": [{"field": "gone", "op": "filled"}]})
        self.assertEqual(
            codes(f'<p data-merge-if="{attribute(no_field)}">a</p>'),
            [("condition_field", "gone")],
        )

    def test_layout_stays(self):
        body = (
            '<h1 style="text-align: center">QUYẾT ĐỊNH</h1><hr>'
            '<p style="text-indent: 1cm">Điều <b>1</b>.<br>a</p>'
            '<table class="doc-plain"><tbody><tr><td colspan="2">x</td></tr></tbody>'
            "</table>"
        )
        self.assertEqual(merge.clean(body), body)

    def test_too_long(self):
        with self.assertRaises(merge.TooLong):
            merge.clean("x" * (merge.MAX_BODY + 1))


# What may stand in a document at all; the sets are spelt out here once more, so that
# loosening the module does not loosen its test.
TAGS = set(
    "div p li tr h1 h2 h3 h4 blockquote ul ol hr br table thead tbody tfoot colgroup "
    "col td th span b strong i em u s sub sup".split()
)
ATTRIBUTES = {"style", "class", "colspan", "rowspan"}
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="file:///etc/passwd">',
    '<img src="https://evil.example/x.png">',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<iframe src="file:///etc/passwd"></iframe>',
    '<p style="background: url(file:///etc/passwd)">x</p>',
    '<p style="width: expression(alert(1))">x</p>',
    '<p style="background-image: \\75rl(file:///etc/passwd)">x</p>',
    '<p style="font-size: 1px; content: url(http://evil.example)">x</p>',
    "<style>@import url(file:///etc/passwd);</style>",
    '<a href="javascript:alert(1)">x</a>',
    '<p onclick="alert(1)">x</p>',
    '<base href="http://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">',
    "<svg><script>alert(1)</script><image href='file:///etc/passwd'/></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<?php echo 1 ?>",
    '<t t-out="object.env"/>',
    '<span t-esc="object.env[\'res.users\']" t-call="web.layout">x</span>',
    '<t t-call="web.html_container"/>',
    '<p t-att-onclick="1" t-foreach="[1]" t-as="x">x</p>',
    "{{ object.env['res.users'].search([]) }}",
    "<frameset><frame src='file:///etc/passwd'></frameset>",
    "<body onload=alert(1)>x</body>",
    "</div></body></html><script>alert(1)</script>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<template><script>alert(1)</script></template>",
    "<form action='http://evil.example'><input name=a></form>",
    "<video src='file:///etc/passwd'></video>",
    '<td background="file:///etc/passwd">x</td>',
    '<table background="http://evil.example/x.png"><tr><td>x</td></tr></table>',
    "<plaintext><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "\0<scr\0ipt>alert(1)</scr\0ipt>",
]
NAMES = [
    "object.env",
    "dossier.__class__",
    "__import__('os')",
    "form.__init__.__globals__",
    "self.env.cr",
    "dossier.env.user.password",
    "dossier.code}{",
]


@tagged("motcua_tools")
class TestCage(BaseCase):
    """No expression of a template, and no value, reaches outside the merge fields."""

    def _assert_caged(self, result):
        root = html.fragment_fromstring(result, create_parent="div")
        for element in root.iter():
            self.assertIsInstance(element.tag, str, result)
            self.assertIn(element.tag, TAGS, result)
            self.assertLessEqual(set(element.attrib), ATTRIBUTES, result)
            style = element.get("style", "")
            self.assertRegex(style, re.compile(r"[a-z0-9.%#:; -]*\Z"))
            self.assertNotIn("url", style)
            self.assertNotIn("expression", style)

    def test_bodies(self):
        for attack in ATTACKS:
            with self.subTest(attack=attack):
                self._assert_caged(render(f"<p>a</p>{attack}<p>b</p>"))
                # What is stored is as harmless as what is printed.
                stored = merge.clean(attack)
                self._assert_caged(stored)
                self.assertEqual(merge.clean(stored), stored)

    def test_values(self):
        body = (
            '<p><span data-merge="applicant.name">x</span></p>'
            '<p data-merge-rows="children"><span data-merge="row.name">x</span></p>'
        )
        for attack in ATTACKS:
            with self.subTest(attack=attack):
                result = render(
                    body,
                    {"applicant.name": attack},
                    {"children": [{"row.name": attack}]},
                )
                self._assert_caged(result)
                first, second = html.fragment_fromstring(result, "div").iter("p")
                expected = attack.replace("\0", "")
                self.assertEqual(first.text_content(), expected)
                self.assertEqual(second.text_content(), expected)

    def test_a_value_is_no_marker(self):
        body = '<p><span data-merge="applicant.name">x</span></p>'
        attack = '<span data-merge="applicant.id_number">x</span>'
        texts = {"applicant.name": attack, "applicant.id_number": "045190001234"}
        self.assertNotIn("045190001234", render(body, texts))

    def test_names(self):
        for name in NAMES:
            with self.subTest(name=name):
                body = f'<p><span data-merge="{attribute(name)}">x</span></p>'
                self.assertIn(merge.BLANK, render(body, {"dossier.code": "1"}))
                found = merge.problems(body, {"dossier.code"}, SPEC)
                self.assertEqual([p.code for p in found], ["merge_field"])

    @settings(max_examples=300, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.sampled_from(ATTACKS),
                st.text(max_size=20),
                st.text(alphabet="<>/=\"'&;abpsdivtrmon -!?\\", max_size=30),
            ),
            max_size=8,
        ).map("".join),
        st.text(max_size=30),
    )
    def test_anything(self, body, value):
        self._assert_caged(
            render(body + '<p><span data-merge="a">x</span></p>', {"a": value})
        )
        stored = merge.clean(body)
        self._assert_caged(re.sub(r'\sdata-merge(-if|-rows)?="[^"]*"', "", stored))

    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=60))
    def test_a_value_prints_as_it_is(self, value):
        body = '<p><span data-merge="a">x</span></p>'
        shown = html.fragment_fromstring(render(body, {"a": value}), "div")
        printable = merge._UNPRINTABLE.sub("", value)
        # A carriage return is a line end to any reader of HTML.
        normal = printable.replace("\r\n", "\n").replace("\r", "\n") or merge.BLANK
        text = shown.text_content().replace("\r\n", "\n").replace("\r", "\n")
        self.assertEqual(text, normal)


@tagged("motcua_tools")
class TestMergeText(BaseCase):
    def test_answers(self):
        texts = merge_text.answer_texts(
            SPEC, {"married": True, "born": "1990-03-05", "price": 1250000}, "form."
        )
        self.assertEqual(
            texts,
            {
                "form.married": "Có",
                "form.born": "05/03/1990",
                "form.born:words": "ngày 05 tháng 3 năm 1990",
                "form.price": "1.250.000 đồng",
                "form.price:words": "Một triệu hai trăm năm mươi nghìn đồng chẵn",
            },
        )

    def test_choices_by_their_labels(self):
        field = {
            "name": "sex",
            "type": "selection",
            "options": [["m", "Nam"], ["f", "Nữ"]],
        }
        self.assertEqual(merge_text.answer_text(field, "f"), "Nữ")
        tags = {**field, "type": "tags"}
        self.assertEqual(merge_text.answer_text(tags, ["m", "f", "x"]), "Nam; Nữ; x")

    def test_numbers(self):
        whole, part = {"type": "integer"}, {"type": "float"}
        self.assertEqual(merge_text.answer_text(whole, 12), "12")
        self.assertEqual(merge_text.answer_words(whole, 12), "mười hai")
        self.assertEqual(merge_text.answer_text(part, 1234.5), "1.234,5")
        self.assertEqual(merge_text.answer_text(part, 12345678.0), "12.345.678")
        total = {"name": "total", "type": "computed", "result": "float"}
        self.assertEqual(
            merge_text.answer_texts([total], {"total": 2500000.0}, "form."),
            {
                "form.total": "2.500.000",
                "form.total:words": "hai triệu năm trăm nghìn",
            },
        )
        self.assertEqual(
            merge_text.answer_texts([total], {"total": 2.5}, "form."),
            {"form.total": "2,5"},
        )

    def test_answers_that_no_longer_fit_are_left_blank(self):
        self.assertEqual(
            merge_text.answer_texts(SPEC, {"born": "soon", "price": "x"}, "form."), {}
        )
