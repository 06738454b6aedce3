from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.merge_line import render, unknown

PROPERTY = settings(max_examples=300, deadline=None, derandomize=True)
FIELDS = {"dossier.code", "agency.name"}
NAMES = st.sampled_from(sorted(FIELDS))


@tagged("post_install", "-at_install")
class TestMergeLine(BaseCase):
    """Subjects and text messages name fields in braces."""

    def test_fields_are_filled_in(self):
        texts = {"dossier.code": "H1-260302-0001", "agency.name": None}
        self.assertEqual(
            render("Ho so {dossier.code} {agency.name}!", texts),
            "Ho so H1-260302-0001 !",
        )

    def test_what_does_not_exist_is_named(self):
        self.assertEqual(unknown("{dossier.code} {agency.name}", FIELDS), [])
        for text, wrong in (
            ("{name}", ["name"]),
            ("{dossier.code.__class__}", ["dossier.code.__class__"]),
            ("{ dossier.code }", [" dossier.code "]),
            ("{}", [""]),
            ("{dossier.code", ["{"]),
            ("{{dossier.code}}", ["{", "}"]),
            ("100 $ va %s", []),
        ):
            self.assertEqual(unknown(text, FIELDS), wrong, text)

    @PROPERTY
    @given(st.text(max_size=200), st.text(max_size=200), NAMES)
    def test_one_line_whatever_stands_in_it(self, text, value, name):
        self.assertNotRegex(render(f"{text}{{{name}}}", {name: value}), r"[\r\n]")

    @PROPERTY
    @given(st.text(alphabet="ab{}.$%", max_size=30))
    def test_values_are_no_templates(self, value):
        texts = {"agency.name": value, "dossier.code": "inside"}
        self.assertEqual(render("{agency.name}", texts), value.strip())

    @PROPERTY
    @given(st.text(alphabet="a{} .", max_size=30))
    def test_what_passes_leaves_no_brace_behind(self, text):
        if not unknown(text, {"a", "a.a"}):
            self.assertNotRegex(render(text, {"a": "1"}), "[{}]")
