import json

from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase

BODY = (
    '<p data-merge-if="{condition}"><span data-merge="form.area:words">A</span> area'
    '</p><ul><li data-merge-rows="heirs"><span data-merge="row.number">1</span>'
    '<span data-merge="row.share">S</span></li></ul>'
)


def condition(field, value, op="="):
    return json.dumps({"all": [{"field": field, "op": op, "value": value}]})


@tagged("post_install", "-at_install")
class TestFormRename(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.workflow.copy()
        cls.draft = cls._make_version(cls._make_procedure(), workflow_id=cls.own.id)
        cls.draft.field_ids.unlink()
        cls.draft.field_ids = [
            Command.create({"name": name, "label": name.title(), **values})
            for name, values in {
                "area": {"type": "integer"},
                "use": {"type": "selection", "options": "home=House\nshop=Shop"},
                "heirs": {"type": "repeat"},
                "share": {"type": "integer", "parent_name": "heirs"},
                "price": {
                    "type": "computed",
                    "formula": 'if(use = "home", area * 2, sum(heirs.share))',
                    "visible_if": condition("use", ["home", "shop"], "in"),
                    "required_if": condition("area", 5, ">"),
                },
            }.items()
        ]
        cls.fields = {field.name: field for field in cls.draft.field_ids}
        quoted = condition("use", "home").replace('"', "&quot;")
        cls.template = cls.env["motcua.document.template"].create(
            {
                "version_id": cls.draft.id,
                "name": "Decision",
                "body": BODY.replace("{condition}", quoted),
            }
        )
        cls.way = cls.own.transition_ids.filtered(lambda way: way.kind == "forward")[0]
        cls.way.condition = condition("use", "home")

    def _rename(self, field, **vals):
        self.fields[field].with_user(self.procedure_admin).write(vals)

    def test_a_name_is_followed(self):
        self._rename("area", name="dien_tich")
        self._rename("share", name="phan")
        self._rename("heirs", name="con")
        self._rename("use", name="min")
        price = self.fields["price"]
        self.assertEqual(
            price.formula, 'if(min = "home", dien_tich * 2, sum(con.phan))'
        )
        self.assertEqual(price.visible_if, condition("min", ["home", "shop"], "in"))
        self.assertEqual(price.required_if, condition("dien_tich", 5, ">"))
        self.assertEqual(self.fields["share"].parent_name, "con")
        self.assertIn(
            'data-merge="form.dien_tich:words">A</span> area', self.template.body
        )
        self.assertIn('data-merge="row.phan"', self.template.body)
        self.assertIn('data-merge="row.number"', self.template.body)
        self.assertIn('data-merge-rows="con"', self.template.body)
        self.assertEqual(self.way.condition, condition("min", "home"))
        self.assertFalse(self.draft.field_ids._findings())
        self.assertFalse(self.template._problems())

    def test_a_key_is_followed(self):
        self._rename("use", options="nha=House\nshop=Shop")
        price = self.fields["price"]
        self.assertIn('use = "nha"', price.formula)
        self.assertEqual(price.visible_if, condition("use", ["nha", "shop"], "in"))
        self.assertIn("nha", self.template.body)
        self.assertNotIn("home", self.template.body)
        self.assertEqual(self.way.condition, condition("use", "nha"))

    def test_an_import_is_followed(self):
        [external] = self.fields["area"].export_data(["id"])["datas"][0]
        loaded = (
            self.env["motcua.form.field"]
            .with_user(self.procedure_admin)
            .load(["id", "name"], [[external, "dien_tich"]])
        )
        self.assertFalse(loaded["messages"])
        self.assertIn("dien_tich * 2", self.fields["price"].formula)

    def test_a_workflow_of_others_stays_and_a_finding_says_so(self):
        other = self._make_version(self._make_procedure(), workflow_id=self.own.id)
        self._rename("use", name="purpose_of_use")
        self.assertEqual(self.way.condition, condition("use", "home"))
        findings = [finding.sentence for finding in self.draft._workflow_findings()]
        self.assertTrue(any("“use”" in text for text in findings), findings)
        self.assertTrue(other.exists())
