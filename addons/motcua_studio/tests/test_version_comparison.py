from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.motcua_base.tests.common import MotcuaCase
from odoo.addons.motcua_base.tests.sample_files import PDF, SIGNED_PDF


@tagged("post_install", "-at_install")
class TestVersionComparison(MotcuaCase):
    """What changed between two versions, as an administrator reads it."""

    def setUp(self):
        super().setUp()
        self.draft = self.version._copy_to_draft()

    def _compare(self):
        action = self.draft.with_user(self.procedure_admin).action_compare()
        return self.env[action["res_model"]].browse(action["res_id"])

    def _changes(self):
        """Every difference as (section, kind, name, attribute, before, after)."""
        return [
            (title, change.kind, change.name, *value)
            for title, changes in self._compare()._sections()
            for change in changes
            for value in change.values or [()]
        ]

    def test_a_copy_does_not_differ(self):
        self.assertEqual(self._changes(), [])
        self.assertIn("do not differ", self._compare().table)

    def test_each_kind_of_change(self):
        draft = self.draft
        counter = draft.channel_ids.filtered(lambda row: row.channel == "counter")
        counter.write(
            {
                "term_quantity": 3,
                "fee_ids": [Command.create({"name": "Copies", "amount": 8000})],
            }
        )
        papers = {paper.name: paper for paper in draft.component_ids}
        papers["Proof"].write({"name": "Proof of residence", "copies": 2})
        papers["Power of attorney"].unlink()
        fields = {field.name: field for field in draft.field_ids}
        fields["born"].write({"label": "Born on", "required": True})
        draft.field_ids = [Command.create({"name": "job", "label": "Job"})]
        draft.legal_basis = "A new law"
        changes = self._changes()
        for change in (
            (
                "Channels and terms",
                "changed",
                "At the counter",
                "Term",
                "05 ngày làm việc",
                "03 ngày làm việc",
            ),
            ("Fees", "added", "Copies (At the counter)", "Amount (đ)", "", "8.000"),
            (
                "Papers",
                "changed",
                "Proof of residence",
                "name",
                "Proof",
                "Proof of residence",
            ),
            ("Papers", "changed", "Proof of residence", "Plain copies", "1", "2"),
            ("Papers", "removed", "Power of attorney", "Kind", "Paper", ""),
            (
                "Declaration form",
                "changed",
                "Born on",
                "name",
                "Date of birth",
                "Born on",
            ),
            ("Declaration form", "changed", "Born on", "Required", "", "Yes"),
            ("Declaration form", "added", "Job", "Type", "", "Short text"),
            ("Version", "changed", "", "Legal Basis", "", "A new law"),
        ):
            self.assertIn(change, changes)
        table = self._compare().table
        self.assertLess(
            table.index("05 ngày làm việc"), table.index("03 ngày làm việc")
        )

    def test_conditions_are_told_in_words(self):
        born = self.draft.field_ids.filtered(lambda field: field.name == "born")
        born.visible_if = (
            '{"any": [{"field": "purpose", "op": "=", "value": "work"},'
            ' {"field": "purpose", "op": "empty"}]}'
        )
        condition = "Purpose is work or Purpose is empty"
        self.assertEqual(
            self._changes(),
            [
                (
                    "Declaration form",
                    "changed",
                    "Date of birth",
                    "Shown if",
                    "",
                    condition,
                )
            ],
        )

    def test_another_workflow(self):
        workflow = self.workflow.copy()
        steps = {step.name: step for step in workflow.step_ids}
        steps["sign"].write({"name": "sign and seal", "term_share": 20})
        self.draft.workflow_id = workflow
        changes = self._changes()
        self.assertIn(
            ("Steps", "changed", "sign and seal", "name", "sign", "sign and seal"),
            changes,
        )
        self.assertIn(
            (
                "Steps",
                "changed",
                "sign and seal",
                "Share of the term (%)",
                "30",
                "20",
            ),
            changes,
        )
        self.assertTrue([c for c in changes if c[0] == "Ways between steps"])

    def test_condition_of_a_way(self):
        workflow = self.workflow.copy()
        way = workflow.transition_ids.filtered(lambda way: way.kind == "forward")[1]
        way.condition = '{"all": [{"field": "purpose", "op": "filled"}]}'
        self.draft.workflow_id = workflow
        self.assertIn(
            (
                "Ways between steps",
                "changed",
                "appraise → sign",
                "Only if",
                "",
                "Purpose is filled in",
            ),
            self._changes(),
        )

    def test_documents(self):
        document = {"name": "Decision", "body": "<p>The committee decides</p>"}
        self.draft.template_ids = [Command.create(document)]
        second = self.draft._copy_to_draft()
        second.template_ids.write(
            {"name": "Decision of the committee", "body": "<p>It is decided</p>"}
        )
        self.draft = second
        self.assertEqual(
            [change[0] for change in self._changes()], ["Documents", "Documents"]
        )
        name, text = self._changes()
        self.assertEqual(name[3:], ("name", "Decision", "Decision of the committee"))
        self.assertEqual(text[4:], ("The committee decides", "It is decided"))

    def test_form_to_download(self):
        """The same file name may hide another form."""
        paper = self.draft.component_ids[0]
        paper.write({"template": b64encode(PDF), "template_name": "form.pdf"})
        second = self.draft._copy_to_draft()
        second.component_ids[0].template = b64encode(SIGNED_PDF)
        self.draft = second
        (change,) = self._changes()
        self.assertEqual(change[3], "Form to download")
        self.assertIn("form.pdf", change[4])

    def test_any_two_versions(self):
        comparison = self._compare()
        third = self.draft._copy_to_draft()
        third.sets = 3
        comparison.with_user(self.procedure_admin).version_id = third
        self.assertIn("3", comparison.table)
        self.assertEqual(comparison.display_name[-5:], "1 → 3")

    def test_printed(self):
        self.draft.sets = 2
        report = "motcua_studio.report_version_comparison"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            report, self._compare().ids
        )
        self.assertIn("Sets of papers", html.decode())

    def test_only_version(self):
        version = self._make_version(self._make_procedure())
        with self.assertRaisesRegex(UserError, "only version"):
            version.with_user(self.procedure_admin).action_compare()

    def test_officers_do_not_compare(self):
        with self.assertRaises(AccessError):
            self.draft.with_user(self.leader).action_compare()
