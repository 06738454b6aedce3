import json

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..api import takes
from ..tools import form as form_tools
from ..tools import suggest as suggest_tools
from ..tools.arguments import Text
from ..tools.problem import Problem

FIELD_TYPES = [
    ("char", "Short text"),
    ("text", "Long text"),
    ("integer", "Whole number"),
    ("float", "Decimal number"),
    ("money", "Amount (đ)"),
    ("boolean", "Yes or no"),
    ("date", "Date"),
    ("datetime", "Date and time"),
    ("selection", "One of"),
    ("tags", "Several of"),
    ("id_number", "Personal ID number"),
    ("tax_code", "Tax code"),
    ("phone", "Phone"),
    ("email", "E-mail"),
    ("agency", "Public body"),
    ("place", "Province and commune"),
    ("file", "File"),
    ("computed", "Computed"),
    ("heading", "Heading"),
    ("note", "Explanation"),
    ("repeat", "Repeating section"),
]


class FormField(models.Model):
    """A field of the declaration form of a procedure version.

    Publishing compiles the rows into Odoo Properties (what officers see and search)
    and into a plain specification (what ``tools.form`` validates).
    """

    _name = "motcua.form.field"
    _description = "Form field"
    _inherit = ["motcua.version.part"]
    _order = "version_id, sequence, id"
    _rec_name = "label"

    sequence = fields.Integer(default=10)
    section = fields.Char()
    name = fields.Char(
        "Technical name",
        required=True,
        help="Small letters, digits and underscores; never changes, so that renaming "
        "the label loses no data.",
    )
    label = fields.Char(required=True)
    type = fields.Selection(FIELD_TYPES, required=True, default="char")
    required = fields.Boolean()
    filled_by = fields.Selection(
        [("citizen", "Citizen"), ("officer", "Officer")],
        required=True,
        default="citizen",
    )
    help = fields.Char()
    placeholder = fields.Char()
    options = fields.Text(help="One option a line, optionally as key=label.")
    pattern = fields.Char()
    minimum = fields.Char()
    maximum = fields.Char()
    visible_if = fields.Text(
        "Shown if", help='For example {"all": [{"field": "a", "op": "=", "value": 1}]}.'
    )
    required_if = fields.Text("Required if")
    prefill = fields.Selection(
        [
            ("name", "Applicant: name"),
            ("id_number", "Applicant: ID number"),
            ("birthdate", "Applicant: date of birth"),
            ("sex", "Applicant: sex"),
            ("phone", "Applicant: phone"),
            ("email", "Applicant: e-mail"),
            ("address", "Applicant: address"),
            ("earlier", "Earlier dossier of the applicant"),
        ],
        "Prefilled with",
    )
    prefill_name = fields.Char(
        "Field of the earlier dossier",
        help="Technical name; empty: the field of the same name.",
    )
    formula = fields.Text(
        help="For example area * price, or sum(members.income) / count(members). "
        "Fields stand in it by their technical names.",
    )
    required_before_stage_id = fields.Many2one(
        "motcua.stage",
        "Must be filled in before",
        ondelete="restrict",
        help="An officer's field: no dossier reaches this column of the board, or a "
        "later one, while it is empty.",
    )
    parent_name = fields.Char(
        "Column of", help="Technical name of the repeating section this field is in."
    )

    _name_uniq = models.Constraint(
        "UNIQUE (version_id, name)", "A form has each technical name once."
    )
    _name_check = models.Constraint(
        "CHECK (name ~ '^[a-z][a-z0-9_]{0,62}$')",
        "A technical name has small letters, digits and underscores, and starts with a "
        "letter.",
    )

    @api.constrains("visible_if", "required_if")
    def _check_conditions(self):
        for field in self:
            for condition in filter(None, (field.visible_if, field.required_if)):
                try:
                    readable = isinstance(json.loads(condition), dict)
                except ValueError:
                    readable = False
                if not readable:
                    raise ValidationError(
                        self.env._(
                            "The condition of field “%(label)s” cannot be read.",
                            label=field.label,
                        )
                    )

    def _to_spec(self):
        """The rows as the list of plain dicts that ``tools.form`` understands."""
        rows = self.sorted(lambda field: (field.sequence, field.id))
        columns = {}
        for field in rows.filtered("parent_name"):
            columns.setdefault(field.parent_name, []).append(field._to_dict())
        spec = []
        for field in rows.filtered(lambda field: not field.parent_name):
            entry = field._to_dict()
            if field.type == "repeat":
                entry["columns"] = columns.get(field.name, [])
            spec.append(entry)
        return form_tools.with_results(spec)

    def _to_dict(self):
        self.ensure_one()
        entry = {
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "section": self.section or "",
            "required": self.required,
            "filled_by": self.filled_by,
        }
        optional = {
            "help": self.help,
            "placeholder": self.placeholder,
            "pattern": self.pattern,
            "min": self.minimum,
            "max": self.maximum,
            "prefill": self.prefill,
            "prefill_name": self.prefill == "earlier" and self.prefill_name,
            "formula": self.type == "computed" and self.formula,
            "before_stage": self.required_before_stage_id.id,
            "options": self._options_list(),
            "visible_if": self.visible_if and json.loads(self.visible_if),
            "required_if": self.required_if and json.loads(self.required_if),
        }
        entry.update({key: value for key, value in optional.items() if value})
        return entry

    def _options_list(self):
        """Options as ``[key, label]`` pairs; a line without ``=`` is both."""
        pairs = []
        for line in (self.options or "").splitlines():
            key, _sep, label = line.strip().partition("=")
            if key:
                pairs.append([key.strip(), (label or key).strip()])
        return pairs

    # ------------------------------------------------------------------
    # Suggestions while somebody types
    # ------------------------------------------------------------------

    @api.model
    @takes(kind=Text(), typed=Text())
    def suggest(self, kind, typed):
        """Answers that may be meant by what was typed into a field so far.

        :param kind: type of the field, ``agency`` or ``place``
        :return: list of texts, the likeliest first
        """
        self.check_access("read")
        typed = str(typed or "")[:200]
        if kind == "place":
            return suggest_tools.places(typed)
        if kind == "agency":
            return suggest_tools.find(typed, self._public_bodies())
        return []

    @api.model
    def _agency_problems(self, spec, values):
        """Answers of type ``agency`` that name no public body."""
        problems = []
        for field in spec:
            value = values.get(field["name"])
            if field["type"] == "agency" and value:
                known = self.env["motcua.agency"].sudo().with_context(active_test=False)
                name = " ".join(str(value).split())
                if not known.search_count(
                    [("name", "=", name), ("kind", "=", "agency")], limit=1
                ):
                    problems.append(Problem(field["name"], "agency", {}))
            elif field["type"] == "repeat" and isinstance(value, list):
                for index, row in enumerate(filter(None, value)):
                    problems += [
                        problem._replace(
                            field=f"{field['name']}.{index}.{problem.field}"
                        )
                        for problem in self._agency_problems(field["columns"], row)
                    ]
        return problems

    @api.model
    @tools.ormcache()
    def _public_bodies(self):
        """Names of all public bodies, as ``tools.suggest`` searches them."""
        names = (
            self.env["motcua.agency"]
            .sudo()
            .search([("kind", "=", "agency")])
            .mapped("name")
        )
        return suggest_tools.prepare(dict.fromkeys(names))
