import json

from odoo import api, models
from odoo.exceptions import ValidationError

# Where a field stands: in the editor, its place among the others says so.
PLACE = ("version_id", "sequence", "parent_name")
CONDITIONS = ("visible_if", "required_if")


class FormField(models.Model):
    """Fields as the form editor shows them: plain dicts with one key a column, where
    ``options`` are ``[key, label]`` pairs, conditions are dicts, and a repeating
    section has its own fields as ``columns``."""

    _inherit = "motcua.form.field"

    def _editor_rows(self):
        """The fields in order, those of a repeating section within it."""
        fields = self.sorted(lambda field: (field.sequence, field.id))
        sections = {field.name for field in fields if field.type == "repeat"}
        columns, rows = {}, []
        for field in fields:
            row = field._editor_row()
            if field.type == "repeat":
                row["columns"] = columns.setdefault(field.name, [])
            # One that names a section which is gone stands by itself.
            if field.parent_name in sections - {field.name}:
                columns.setdefault(field.parent_name, []).append(row)
            else:
                rows.append(row)
        return rows

    def _editor_row(self):
        self.ensure_one()
        row = {
            name: self[name].id if self._fields[name].relational else self[name]
            for name in self._editor_columns()
        }
        row["options"] = self._options_list()
        for name in CONDITIONS:
            row[name] = json.loads(self[name]) if self[name] else False
        return row

    @api.model
    def _editor_columns(self):
        return [
            name
            for name, field in self._fields.items()
            if field.store and name not in (*models.MAGIC_COLUMNS, *PLACE)
        ]

    @api.model
    def _read_editor_rows(self, rows):
        """Rows of the editor, checked and flattened: what is in a repeating section
        follows it and names it in ``parent_name``.

        :raises ValidationError: not such rows
        """
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValidationError(self.env._("A form is a list of fields."))
        flat = []
        for row in rows:
            flat.append({**self._read_editor_row(row), "parent_name": False})
            if columns := row.get("columns"):
                if row.get("type") != "repeat" or not isinstance(columns, list):
                    raise ValidationError(
                        self.env._(
                            "“%s” is no repeating section, so it has no columns.",
                            row.get("label") or "",
                        )
                    )
                flat += [
                    {**column, "parent_name": row["name"]}
                    for column in self._read_editor_rows(columns)
                ]
        return flat

    @api.model
    def _read_editor_row(self, row):
        columns = self._editor_columns()
        for name in row.keys() - {"columns", *columns}:
            raise ValidationError(self.env._("A field has no property “%s”.", name))
        return {name: self._read_property(row, name) for name in columns}

    @api.model
    def _read_property(self, row, name):
        field, value = self._fields[name], row.get(name)
        if name == "options":
            return self._read_options(row)
        if name in CONDITIONS:
            sound = not value or isinstance(value, dict)
        elif field.type == "boolean":
            value = bool(value)
            sound = True
        elif field.type == "selection":
            if value is None:
                value = self.default_get([name]).get(name)
            choices = field.get_values(self.env)
            sound = value in choices or not value and not field.required
        elif field.relational:
            sound = not value or (
                type(value) is int
                and self.env[field.comodel_name].browse(value).exists()
            )
        elif field.type == "integer":
            value = value or 0
            sound = type(value) is int
        else:
            value = value.strip() if isinstance(value, str) else value
            sound = not value or isinstance(value, str)
        if not sound:
            raise ValidationError(
                self.env._(
                    "“%(label)s” of field “%(field)s” cannot be this: %(value)s",
                    label=field._description_string(self.env),
                    field=row.get("label") or row.get("name") or "",
                    value=value or "–",
                )
            )
        if name == "name":
            return value or ""
        return value or (0 if field.type == "integer" else False)

    @api.model
    def _read_options(self, row):
        pairs = row.get("options") or []
        if not isinstance(pairs, list) or not all(
            isinstance(pair, list)
            and len(pair) == 2
            and all(isinstance(text, str) for text in pair)
            and "=" not in pair[0]
            and "\n" not in pair[0] + pair[1]
            for pair in pairs
        ):
            raise ValidationError(
                self.env._(
                    "The choices of “%s” cannot be read.", row.get("label") or ""
                )
            )
        pairs = [[key.strip(), label.strip()] for key, label in pairs]
        return [[key, label or key] for key, label in pairs if key]

    @api.model
    def _values_of(self, row):
        """Values to write for a row that was read, or for some of its columns."""
        values = dict(row)
        if "options" in row:
            values["options"] = "\n".join(map("=".join, row["options"])) or False
        for name in CONDITIONS:
            if row.get(name):
                values[name] = json.dumps(row[name], ensure_ascii=False)
        return values
