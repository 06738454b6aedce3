from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.motcua_base.tests.common import MotcuaCase


def field(name, kind="char", **values):
    """A field as the editor sends it."""
    return {"name": name, "label": name.capitalize(), "type": kind, **values}


def only_if(name, value):
    return {"all": [{"field": name, "op": "=", "value": value}]}


@tagged("post_install", "-at_install")
class TestFormEditor(MotcuaCase):
    """A form is saved as a whole or not at all, and never over another's work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft = cls._make_version(cls._make_procedure())
        cls.editor = cls.env["motcua.form.editor"].with_user(cls.procedure_admin)
        cls.form = [
            field("full_name", required=True, section="I", help="As on the card"),
            field(
                "status",
                "selection",
                section="I",
                options=[["1", "Single"], ["2", "Married = not single"]],
            ),
            field("spouse", section="I", visible_if=only_if("status", "2")),
            field(
                "children",
                "repeat",
                section="II",
                columns=[field("child_name"), field("born", "date", maximum="today")],
            ),
            field("remark", "text", section="II", filled_by="officer"),
        ]

    def _save(self, form, draft=None):
        draft = draft or self.draft
        return self.editor.save_form(draft.id, draft._revision(), form)

    def _assert_refused(self, sentence, form, exception=ValidationError):
        """Refused with this sentence, and nothing of it is saved."""
        before = self.draft.field_ids._editor_rows()
        with self.assertRaisesRegex(exception, sentence):
            self._save(form)
        self.env.invalidate_all()
        self.assertEqual(self.draft.field_ids._editor_rows(), before)

    # ------------------------------------------------------------------

    def test_what_was_saved_is_read_again(self):
        self._save(self.form)
        read = self.editor.load(self.draft.id)["fields"]
        for row, sent in zip(read, self.form, strict=True):
            columns = zip(row.pop("columns", []), sent.get("columns", []), strict=True)
            for got, given in [(row, sent), *columns]:
                given = {key: given[key] for key in given.keys() - {"columns"}}
                self.assertEqual({key: got[key] for key in given}, given)

    def test_saved_form_is_published(self):
        self._save(self.form)
        self.draft.action_publish()
        names = [entry["name"] for entry in self.draft.form_spec]
        self.assertEqual(names, [row["name"] for row in self.form])

    def test_saving_what_was_read_touches_nothing(self):
        self._save(self.form)
        rows = self.draft.field_ids
        before = {row: (row.sequence, row.options) for row in rows}
        read = self.editor.load(self.draft.id)
        writes = []
        self.patch(
            type(rows), "write", lambda records, values: writes.append(values) or True
        )
        self.editor.save_form(self.draft.id, read["revision"], read["fields"])
        self.assertFalse(writes)
        self.assertEqual({row: (row.sequence, row.options) for row in rows}, before)

    def test_moving_one_field_rewrites_that_one_only(self):
        self._save(self.form)
        others = self.draft.field_ids.filtered(lambda row: row.name != "remark")
        before = others.mapped("sequence")
        for moved in ([self.form[-1], *self.form[:-1]], self.form):
            self._save(moved)
            names = [row["name"] for row in self.draft.field_ids._editor_rows()]
            self.assertEqual(names, [row["name"] for row in moved])
            self.assertEqual(others.mapped("sequence"), before)

    def test_renamed_field_stays_the_same_row(self):
        self._save(self.form)
        row = self.draft.field_ids.filtered(lambda row: row.name == "full_name")
        self._save([{**self.form[0], "label": "Name of the applicant"}, *self.form[1:]])
        self.assertEqual(row.label, "Name of the applicant")

    def test_field_moves_out_of_a_repeating_section(self):
        self._save(self.form)
        section = self.form[3]
        born, name = section["columns"][1], section["columns"][:1]
        self._save([*self.form[:3], {**section, "columns": name}, born, *self.form[4:]])
        row = self.draft.field_ids.filtered(lambda row: row.name == "born")
        self.assertFalse(row.parent_name)

    # ------------------------------------------------------------------

    def test_second_editor_is_told(self):
        mine = self.editor.load(self.draft.id)
        self._save(self.form)
        with self.assertRaisesRegex(UserError, "since you opened it"):
            self.editor.save_form(self.draft.id, mine["revision"], [])
        self.assertEqual(len(self.draft.field_ids), 7)

    def test_whoever_saved_goes_on(self):
        revision = self._save(self.form)
        self.editor.save_form(self.draft.id, revision, self.form[:2])
        self.assertEqual(len(self.draft.field_ids), 2)

    def test_published_form_does_not_change(self):
        form = self.version.field_ids._editor_rows()
        self.assertFalse(self.editor.load(self.version.id)["editable"])
        with self.assertRaisesRegex(UserError, "published"):
            self.editor.save_form(self.version.id, self.version._revision(), [])
        self.assertEqual(self.version.field_ids._editor_rows(), form)

    def test_bad_input_saves_nothing(self):
        self._save(self.form)
        circle = [
            field("a", visible_if=only_if("b", "x")),
            field("b", visible_if=only_if("a", "x")),
        ]
        for sentence, form in (
            ("cannot be this", [field("a", "magic")]),
            ("used twice", [field("a"), field("b"), field("a")]),
            ("used twice", [field("a"), field("c", "repeat", columns=[field("a")])]),
            ("depends on itself", circle),
            ("no label", [{**field("a"), "label": " "}]),
            ("small letters", [field("Bad Name")]),
            ("small letters", [field("")]),
            ("cannot be this", [field("a", "")]),
            ("no property", [field("a", version_id=1)]),
            ("no repeating section", [field("a", columns=[field("b")])]),
            ("cannot be this", [field("a", visible_if="[('id', '=', 1)]")]),
            ("cannot be read", [field("a", visible_if={"all": [1]})]),
            ("choices", [field("a", "selection", options=["x"])]),
            ("cannot be this", [field("a", filled_by="everybody")]),
            ("cannot be this", [field("a", help={"x": 1})]),
            ("has to be a list", {"a": 1}),
        ):
            with self.subTest(sentence=sentence, form=form):
                self._assert_refused(sentence, form)

    def test_unfinished_draft_is_saved_but_reported(self):
        unfinished = [field("status", "selection"), field("rows", "repeat")]
        self._save(unfinished)
        findings = self.editor.preview(self.draft.id, unfinished, {})["findings"]
        self.assertEqual(findings.keys(), {"status", "rows"})

    def test_for_administrators_only(self):
        for user in (self.receiver, self.leader, self.inspector):
            editor = self.env["motcua.form.editor"].with_user(user)
            for call in (
                lambda editor=editor: editor.load(self.draft.id),
                lambda editor=editor: editor.preview(self.draft.id, self.form, {}),
                lambda editor=editor: editor.save_form(self.draft.id, "", self.form),
                lambda editor=editor: editor.find_forms(self.draft.id, ""),
                lambda editor=editor: editor.read_form(self.draft.id),
            ):
                with self.assertRaises(AccessError):
                    call()
        admin = new_test_user(
            self.env, "form-sysadmin", groups="motcua_base.group_system_admin"
        )
        self.editor.with_user(admin).load(self.draft.id)

    def test_deleted_version(self):
        self.draft.unlink()
        with self.assertRaisesRegex(MissingError, "deleted"):
            self.editor.load(self.draft.id)

    # ------------------------------------------------------------------

    def _preview(self, form, **values):
        return self.editor.preview(self.draft.id, form, values)

    def test_preview_shows_what_answers_call_for(self):
        self.assertNotIn("spouse", self._preview(self.form)["check"]["visible"])
        preview = self._preview(self.form, status="2")
        self.assertIn("spouse", preview["check"]["visible"])
        self.assertEqual(preview["check"]["required"], ["full_name"])
        self.assertFalse(preview["findings"])
        self.assertFalse(self.draft.field_ids.filtered(lambda f: f.name == "spouse"))

    def test_preview_names_what_is_wrong_with_answers(self):
        row = {"child_name": "An", "born": "2999-01-01"}
        problems = self._preview(self.form, status="9", children=[row])["check"][
            "problems"
        ]
        self.assertEqual(problems.keys(), {"full_name", "status", "children.0.born"})

    def test_citizens_do_not_see_fields_of_officers(self):
        names = [entry["name"] for entry in self._preview(self.form)["form"]]
        self.assertNotIn("remark", names)
        officers = self.editor.preview(self.draft.id, self.form, {}, "officer")
        self.assertIn("remark", [entry["name"] for entry in officers["form"]])

    def test_preview_survives_what_is_wrong_with_the_form(self):
        """Each mistake is told at its field, and the rest can still be tried."""
        broken = [
            field("fine", required=True),
            field("pattern", pattern="(a+)+"),
            field("limits", "integer", minimum="9", maximum="1"),
            field("limit", "integer", minimum="much"),
            field("status", "selection"),
            field("lost", visible_if=only_if("gone", 1)),
            field("early", visible_if=only_if("status", "x")),
            field("one", visible_if=only_if("two", "x")),
            field("two", visible_if=only_if("one", "x")),
            field("odd", visible_if={"all": [{"field": "fine", "op": "≈"}]}),
            field("rows", "repeat", columns=[field("cell", "tags")]),
            field("nothing", "repeat"),
            {**field("nameless"), "label": ""},
        ]
        preview = self._preview(
            broken, pattern="aaaa", limits="5", limit="1", rows=[{"cell": ["x"]}]
        )
        self.assertEqual(
            preview["findings"].keys(),
            {row["name"] for row in broken} - {"fine", "rows"} | {"cell"},
        )
        self.assertEqual(preview["check"]["required"], ["fine"])
        self.assertTrue({"one", "two", "lost"} <= set(preview["check"]["visible"]))

    def test_preview_computes(self):
        form = [
            field("copies", "integer"),
            field("fee", "money"),
            field("total", "computed", formula="copies * fee"),
            field("each", "computed", formula="fee / copies"),
            field("reason", visible_if={"all": [dict(field="total", op=">", value=9)]}),
        ]
        preview = self._preview(form, copies="2", fee="8000")
        self.assertFalse(preview["findings"])
        self.assertEqual(preview["check"]["computed"], {"total": 16000, "each": 4000})
        self.assertIn("reason", preview["check"]["visible"])
        self.assertEqual(preview["form"][2]["result"], "float")
        # Divided by zero: told, and nothing else suffers.
        preview = self._preview(form, copies="0", fee="8000")
        self.assertEqual(preview["check"]["problems"].keys(), {"each"})
        self.assertEqual(preview["check"]["computed"]["total"], 0)

    def test_a_mistake_of_the_form_is_told_once(self):
        """At the field that has it, not as a mistake of who tries the form."""
        broken = [
            field("copies", "integer"),
            field("f", "computed", formula="copies +"),
        ]
        preview = self._preview(broken, copies="2")
        self.assertEqual(preview["findings"].keys(), {"f"})
        self.assertFalse(preview["check"]["problems"])

    def test_formulas_that_cannot_be_used(self):
        for formula in (
            "copies *",
            "copies * nothing",
            "copies.__class__",
            "__import__('os')",
            "(lambda: 1)()",
            "total",
            "upper(copies)",
        ):
            form = [
                field("copies", "integer"),
                field("total", "computed", formula=formula),
            ]
            with self.subTest(formula=formula):
                preview = self._preview(form, copies="2")
                self.assertEqual(preview["findings"].keys(), {"total"})
                self.assertFalse(preview["check"]["computed"].get("total"))

    # ------------------------------------------------------------------

    def test_forms_to_copy_from(self):
        self.procedure.name = "Cấp bản sao trích lục"
        [[version, _name, count]] = self.editor.find_forms(
            self.draft.id, f"{self.procedure.code} trich luc"
        )
        self.assertEqual((version, count), (self.version.id, 2))
        rows = self.editor.read_form(version)
        self.assertEqual([row["name"] for row in rows], ["purpose", "born"])

    def test_orphan_of_a_repeating_section_is_not_lost(self):
        self._save(self.form)
        self.draft.field_ids.filtered(lambda row: row.type == "repeat").unlink()
        names = [row["name"] for row in self.editor.load(self.draft.id)["fields"]]
        self.assertIn("child_name", names)
