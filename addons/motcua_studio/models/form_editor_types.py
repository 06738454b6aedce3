from odoo import api, models

from odoo.addons.motcua_base.tools.form import PATTERNS
from odoo.addons.motcua_base.tools.form_conditions import OPERATORS_OF
from odoo.addons.motcua_base.tools.form_definition import PREFILLED
from odoo.addons.motcua_base.tools.form_values import (
    CHOICES,
    DATES,
    DECORATIONS,
    NUMBERS,
    TEXTS,
    TYPES,
)
from odoo.addons.motcua_base.tools.formula_functions import FUNCTIONS

# What can be set of a field whatever its type, and what only of some types. Properties
# named nowhere here belong to every field that somebody fills in.
ALWAYS = ("name", "label", "type", "section", "visible_if")
FILLED = tuple(kind for kind in TYPES if kind not in (*DECORATIONS, "computed"))
ONLY_OF = {
    "help": (*FILLED, "computed"),
    "filled_by": (*FILLED, "computed"),
    "placeholder": (*TEXTS, *NUMBERS),
    "options": CHOICES,
    "pattern": ("char",),
    "minimum": (*TEXTS, *NUMBERS, *DATES, "tags", "repeat"),
    "maximum": (*TEXTS, *NUMBERS, *DATES, "tags", "repeat"),
    "prefill": PREFILLED,
    "prefill_name": PREFILLED,
    "formula": ("computed",),
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
            if name in ALWAYS or kind in ONLY_OF.get(name, FILLED)
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

    @api.model
    def _functions(self):
        """What formulas can do, as ``[name, words]``; signs and words like ``and`` are
        no functions to be called."""
        words = {
            "if": self.env._("if(condition, this, otherwise that)"),
            "first": self.env._("the first of these that is filled in"),
            "filled": self.env._("whether it is filled in"),
            "contains": self.env._("whether a text or choices contain this"),
            "abs": self.env._("a number without its sign"),
            "round": self.env._("rounded; how many places is said second"),
            "min": self.env._("the smallest"),
            "max": self.env._("the largest"),
            "sum": self.env._("the sum, also of a column"),
            "average": self.env._("the average, also of a column"),
            "count": self.env._("how many rows or choices"),
            "concat": self.env._("texts one after the other"),
            "join": self.env._("the values of a column as one text"),
            "upper": self.env._("in capitals"),
            "lower": self.env._("in small letters"),
            "length": self.env._("how many letters"),
            "money_words": self.env._("an amount in words"),
            "today": self.env._("the day of filling in"),
            "date": self.env._('a day, such as date("2026-01-31")'),
            "year": self.env._("the year of a date"),
            "month": self.env._("the month of a date"),
            "day": self.env._("the day of a date"),
            "days_between": self.env._("days from one date to another"),
            "years_between": self.env._("full years from one date to another"),
            "add_days": self.env._("a date so many days later"),
            "add_months": self.env._("a date so many months later"),
        }
        return [
            [name, words.get(name, name)]
            for name in FUNCTIONS
            if name.isidentifier() and name not in ("and", "or", "not")
        ]
