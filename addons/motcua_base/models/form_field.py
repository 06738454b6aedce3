import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

FIELD_TYPES = [
    ("char", "Text"),
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
    ("place", "Place"),
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
        ],
        "Prefilled with",
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
        return spec

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

    @api.model
    def _problem_sentence(self, problem, labels):
        """One sentence for a ``tools.form`` problem.

        :param problem: a ``form.Problem``
        :param labels: form field records, or a dict of labels by technical name
        """
        if not isinstance(labels, dict):
            labels = {field.name: field.label for field in labels}
        label = labels.get(problem.field, problem.field)
        limit = problem.params.get("limit")
        sentences = {
            "required": self.env._("“%(label)s” must be filled in", label=label),
            "type": self.env._(
                "“%(label)s” is not a value of the right kind", label=label
            ),
            "option": self.env._(
                "“%(label)s” is not one of the choices offered", label=label
            ),
            "pattern": self.env._("“%(label)s” is not written as asked", label=label),
            "min": self.env._(
                "“%(label)s” is below %(limit)s", label=label, limit=limit
            ),
            "max": self.env._(
                "“%(label)s” is above %(limit)s", label=label, limit=limit
            ),
            "too_short": self.env._(
                "“%(label)s” is shorter than %(limit)s", label=label, limit=limit
            ),
            "too_long": self.env._(
                "“%(label)s” is longer than %(limit)s", label=label, limit=limit
            ),
            "too_few": self.env._(
                "“%(label)s” has fewer than %(limit)s", label=label, limit=limit
            ),
            "too_many": self.env._(
                "“%(label)s” has more than %(limit)s", label=label, limit=limit
            ),
            "future": self.env._("“%(label)s” lies in the future", label=label),
            "past": self.env._("“%(label)s” lies in the past", label=label),
            "date": self.env._("“%(label)s” is not a date", label=label),
            "id_number": self.env._(
                "“%(label)s” must be a valid ID number of 12 digits (9 on old cards)",
                label=label,
            ),
            "phone": self.env._("“%(label)s” is not a phone number", label=label),
            "email": self.env._("“%(label)s” is not an e-mail address", label=label),
            "tax_code": self.env._("“%(label)s” is not a tax code", label=label),
            "unknown": self.env._("the form has no field “%(label)s”", label=label),
            "duplicate": self.env._(
                "the technical name “%(label)s” is used twice", label=label
            ),
            "bound": self.env._(
                "the limits of “%(label)s” cannot be read", label=label
            ),
            "min_max": self.env._(
                "the limits of “%(label)s” contradict each other", label=label
            ),
            "options": self.env._(
                "“%(label)s” offers no choices, or one twice", label=label
            ),
            "columns": self.env._(
                "“%(label)s” has no columns that can be repeated", label=label
            ),
            "condition": self.env._(
                "the condition of “%(label)s” cannot be read", label=label
            ),
            "condition_field": self.env._(
                "the condition of “%(label)s” names no field", label=label
            ),
            "condition_op": self.env._(
                "the condition of “%(label)s” compares what cannot be compared",
                label=label,
            ),
            "condition_value": self.env._(
                "the condition of “%(label)s” asks for an impossible value", label=label
            ),
            "circular": self.env._(
                "the conditions of “%(label)s” go in a circle", label=label
            ),
        }
        return sentences.get(problem.code) or self.env._(
            "“%(label)s” is not valid", label=label
        )
