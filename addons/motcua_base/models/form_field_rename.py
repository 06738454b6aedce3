import json

from odoo import models

from ..tools import form_rename, merge


class FormField(models.Model):
    """A field of a draft, or a choice of it, is called otherwise: all that means it
    says the new name, by whatever door it came."""

    _inherit = "motcua.form.field"

    def write(self, vals):
        if not vals.keys() & {"name", "options"}:
            return super().write(vals)
        before = {field: (field.name, field._options_list()) for field in self}
        res = super().write(vals)
        for field, (name, options) in before.items():
            keys = form_rename.keys_renamed(options, field._options_list())
            if name != field.name or keys:
                field._follow(form_rename.Renaming({name: field.name}, {name: keys}))
        return res

    def _follow(self, renaming):
        """Say the new name, or the new keys, in the form, the documents and the
        workflows of this draft. What the next dossiers of others live by stays: the
        check of the version says what it still asks for.
        """
        self.ensure_one()
        version = self.version_id
        for field in version.field_ids:
            _write_changed(
                field,
                {
                    "parent_name": renaming.name(field.parent_name),
                    "formula": field.formula
                    and form_rename.in_formula(field.formula, renaming),
                    "visible_if": _renamed_condition(field.visible_if, renaming),
                    "required_if": _renamed_condition(field.required_if, renaming),
                },
            )
        for template in version.template_ids.filtered("body"):
            _write_changed(template, {"body": merge.renamed(template.body, renaming)})
        for workflow in version._own_workflows():
            for way in workflow.transition_ids.filtered("condition"):
                condition = _renamed_condition(way.condition, renaming)
                _write_changed(way, {"condition": condition})


def _renamed_condition(text, renaming):
    """The stored condition with the new names, letter for letter as it was where it
    names nothing of them."""
    if not text:
        return text
    condition = json.loads(text)
    renamed = form_rename.in_condition(condition, renaming)
    return text if renamed == condition else json.dumps(renamed, ensure_ascii=False)


def _write_changed(record, vals):
    changed = {name: value for name, value in vals.items() if value != record[name]}
    if changed:
        record.write(changed)
