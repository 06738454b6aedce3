from odoo import api, models

from odoo.addons.motcua_base.tools.form import PATTERNS
from odoo.addons.motcua_base.tools.form_conditions import OPERATORS_OF
from odoo.addons.motcua_base.tools.form_values import (
    CHOICES,
    DATES,
    DECORATIONS,
    NUMBERS,
    TEXTS,
)

# What can be set of a field whatever its type, and what only of some types. Properties
# named nowhere here belong to every field that is filled in.
ALWAYS = {"name", "label", "type", "section", "visible_if"}
ONLY_OF = {
    "help": (*TEXTS, *NUMBERS, *DATES, *CHOICES, "boolean", "file", "repeat"),
    "placeholder": (*TEXTS, *NUMBERS),
    "options": CHOICES,
    "pattern": ("char",),
    "minimum": (*TEXTS, *NUMBERS, *DATES, "tags", "repeat"),
    "maximum": (*TEXTS, *NUMBERS, *DATES, "tags", "repeat"),
    "prefill": (*TEXTS, *NUMBERS, *DATES, "selection"),
}

# What a repeating section cannot hold.
NOT_IN_ROWS = (*DECORATIONS, "repeat", "file")


class FormEditor(models.AbstractModel):
    """What fields of a form can be, in words: the editor offers what is listed here."""

    _inherit = "motcua.form.editor"

    @api.model
    def _types(self):
        """Field types in the order of the palette, with what can be set of them."""
        selection = self.env["motcua.form.field"]._fields["type"]
        return [
            {
                "type": kind,
                "label": label,
                "operators": OPERATORS_OF.get(kind, ()),
                "repeatable": kind not in NOT_IN_ROWS,
                "properties": self._properties_of(kind),
            }
            for kind, label in selection._description_selection(self.env)
        ]

    @api.model
    def _properties_of(self, kind):
        return [
            name
            for name in self.env["motcua.form.field"]._editor_columns()
            if name in ALWAYS
            or (kind in ONLY_OF[name] if name in ONLY_OF else kind not in DECORATIONS)
        ]

    @api.model
    def _properties(self):
        """Label, help, kind and, where there are some, choices by property."""
        Field = self.env["motcua.form.field"]
        properties = {}
        for name in Field._editor_columns():
            field = Field._fields[name]
            properties[name] = {
                "label": field._description_string(self.env),
                "help": field._description_help(self.env) or "",
                "kind": field.type,
            }
            if field.type == "selection":
                properties[name]["choices"] = field._description_selection(self.env)
            elif field.relational:
                found = self.env[field.comodel_name].name_search(limit=None)
                properties[name]["choices"] = found
        return properties

    @api.model
    def _operator_labels(self):
        return {
            "=": self.env._("is"),
            "!=": self.env._("is not"),
            "<": self.env._("is below"),
            "<=": self.env._("is at most"),
            ">": self.env._("is above"),
            ">=": self.env._("is at least"),
            "in": self.env._("is one of"),
            "not in": self.env._("is none of"),
            "filled": self.env._("is filled in"),
            "empty": self.env._("is empty"),
            "contains": self.env._("contains"),
        }

    @api.model
    def _patterns(self):
        """Named patterns as ``[name, words]``."""
        words = {
            "digits": self.env._("Digits only"),
            "year": self.env._("A year, such as 1985"),
            "passport": self.env._("A passport number, such as C1234567"),
            "plate": self.env._("A vehicle number plate, such as 51F-123.45"),
            "person_name": self.env._("A person's name"),
        }
        return [[name, words.get(name, name)] for name in PATTERNS]
