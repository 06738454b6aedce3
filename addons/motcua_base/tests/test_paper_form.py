from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ..tools import paper_form
from .common import MotcuaCase


def field(name, kind="char", **rest):
    return {"name": name, "label": name.title(), "type": kind, **rest}


@tagged("motcua_tools")
class TestPaperFormTools(BaseCase):
    def _kinds(self, fields):
        [section] = paper_form.sections(fields)
        return [item["kind"] for item in section["items"]]

    def test_what_stands_for_each_type(self):
        options = [["a", "A"], ["b", "B"]]
        fields = [
            field("a"),
            field("b", "text"),
            field("c", "id_number"),
            field("d", "selection", options=options),
            field("e", "boolean"),
            field("f", "repeat", columns=[field("x"), field("y", "computed")]),
            field("g", "heading"),
            field("h", "note"),
            field("i", "file"),
            field("j", "computed"),
            field("k", "selection", options=[[str(n), str(n)] for n in range(50)]),
        ]
        self.assertEqual(
            self._kinds(fields),
            [
                "line",
                "lines",
                "digits",
                "choices",
                "tick",
                "table",
                "heading",
                "note",
                "note",
                "line",
            ],
        )
        table = paper_form.sections(fields)[0]["items"][5]
        self.assertEqual(table["columns"], ["X"])

    def test_tables_have_the_rows_that_are_asked_for(self):
        for limits, rows in (
            ({}, 4),
            ({"min": "6"}, 6),
            ({"max": "2"}, 2),
            ({"min": "99"}, 20),
        ):
            form = [field("a", "repeat", columns=[field("x")], **limits)]
            item = paper_form.sections(form)[0]["items"][0]
            self.assertEqual(item["rows"], rows, limits)

    def test_officers_come_last(self):
        form = [
            field("a", section="I"),
            field("b", section="II", filled_by="officer"),
            field("c", section="I"),
        ]
        found = paper_form.sections(form)
        self.assertEqual(
            [(s["title"], s["officers"], len(s["items"])) for s in found],
            [("I", False, 2), ("II", True, 1)],
        )


@tagged("post_install", "-at_install")
class TestPaperForm(MotcuaCase):
    def _html(self, version, user=None):
        report = self.env["ir.actions.report"].with_user(user or self.procedure_admin)
        name = "motcua_base.report_paper_form"
        return report._render_qweb_html(name, version.ids)[0].decode()

    def test_published_forms_and_drafts_are_printed(self):
        html = self._html(self.version)
        self.assertIn(self.procedure.code, html)
        self.assertIn("Purpose (*)", html)
        self.assertNotIn("Bản dự thảo", html)
        draft = self.version._copy_to_draft()
        draft.field_ids = [
            Command.create(
                {"name": "x", "label": "<b>Bold</b>", "type": "text", "sequence": 99}
            )
        ]
        html = self._html(draft)
        self.assertIn("Bản dự thảo", html)
        self.assertIn("&lt;b&gt;Bold", html)

    def test_printing_a_blank_form_is_nobodys_data(self):
        log = self.env["motcua.access.log"]
        before = log.search_count([])
        self._html(self.version)
        self.assertEqual(log.search_count([]), before)

    def test_a_form_of_formulas_that_are_not_sound_yet(self):
        draft = self.version._copy_to_draft()
        draft.field_ids = [
            Command.create({"name": "x", "label": "X", "type": "computed"})
        ]
        self.assertIn("Purpose", self._html(draft))

    def test_only_staff_print(self):
        portal = self.env.ref("base.public_user")
        with self.assertRaises(AccessError):
            self._html(self.version, portal)
