import json

from odoo import models
from odoo.models import MAGIC_COLUMNS
from odoo.tools import html2plaintext

from odoo.addons.motcua_base.tools import text

# Columns that say nothing about what a thing is.
_SILENT = {*MAGIC_COLUMNS, "sequence"}
_OWN = (
    "workflow_id",
    "sets",
    "decision",
    "legal_basis",
    "instructions",
    "requirements",
)
# Parts told in sections of their own; all others stand under the name of their model.
_KNOWN = (
    "motcua.procedure.case",
    "motcua.procedure.channel",
    "motcua.procedure.component",
    "motcua.form.field",
)
_RELATIONS = ("many2one", "many2many")
_PLAIN = ("char", "text", "html", "selection", "boolean", "integer", "float", "date")


class ProcedureVersion(models.Model):
    """A version in words, section by section: what ``tools.version_diff`` compares."""

    _inherit = "motcua.procedure.version"

    def _to_words(self):
        """Dict of sections, each a list of entries as ``tools.version_diff`` wants."""
        self.ensure_one()
        # The catalogue, the staff and the workflows are open to whoever may compare.
        version = self.sudo()
        by_name = version.field_ids._by_name()
        sections = {
            "version": [{"key": "", "name": "", "values": _words(version, _OWN)}],
            "case": version.case_ids._entries(),
            "term": version.channel_ids._entries(),
            "fee": version.channel_ids._fee_entries(),
            "component": version.component_ids._entries(),
            "field": version.field_ids._entries(),
            "step": version.workflow_id._step_entries(),
            "transition": version.workflow_id._way_entries(by_name),
        }
        for parts in version._parts():
            if parts._name not in _KNOWN:
                sections[parts._name] = parts._entries()
        return sections

    def _section_titles(self):
        """Headings by section."""
        titles = {
            "version": self.env._("Version"),
            "case": self.env._("Cases"),
            "term": self.env._("Channels and terms"),
            "fee": self.env._("Fees"),
            "component": self.env._("Papers"),
            "field": self.env._("Declaration form"),
            "step": self.env._("Steps"),
            "transition": self.env._("Ways between steps"),
            "motcua.document.template": self.env._("Documents"),
        }
        descriptions = self.env["ir.model"].sudo()
        for parts in self._parts():
            if parts._name not in _KNOWN:
                titles.setdefault(parts._name, descriptions._get(parts._name).name)
        return titles


class VersionPart(models.AbstractModel):
    """Parts of a version as entries to compare: known again by their name, told by all
    their columns."""

    _inherit = "motcua.version.part"

    def _entries(self):
        return [
            {
                "key": row._entry_key(),
                "name": row.display_name,
                "values": _words(row, row._told_columns()),
            }
            for row in self
        ]

    def _entry_key(self):
        return self.display_name

    def _told_columns(self):
        skipped = ("version_id", self._rec_name)
        return [name for name in _columns(self) if name not in skipped]


class ProcedureCase(models.Model):
    _inherit = "motcua.procedure.case"

    def _entry_key(self):
        return self.code or self.name


class ProcedureChannel(models.Model):
    _inherit = "motcua.procedure.channel"

    def _entry_key(self):
        return f"{self.channel}/{self.case_id._entry_key() if self.case_id else ''}"

    def _entries(self):
        Channel = self.env[self._name]
        term, cutoff, note = (
            _label(Channel, name) for name in ("term_quantity", "cutoff", "note")
        )
        return [
            {
                "key": row._entry_key(),
                "name": row._entry_name(),
                "values": {
                    term: text.term_words(row.term_quantity, row.term_unit),
                    cutoff: row.term_unit == "same_day" and _hour(row.cutoff) or "",
                    note: row.note or "",
                },
            }
            for row in self
        ]

    def _entry_name(self):
        return ", ".join(filter(None, (self._channel_label(), self.case_id.name)))

    def _fee_entries(self):
        return [
            {
                "key": f"{row._entry_key()}/{fee.kind}/{fee.name}",
                "name": f"{fee.name} ({row._entry_name()})",
                "values": _words(
                    fee,
                    (
                        "amount",
                        "unit",
                        "tier_from",
                        "tier_amount",
                        "max_amount",
                        "note",
                    ),
                ),
            }
            for row in self
            for fee in row.fee_ids
        ]


class ProcedureComponent(models.Model):
    _inherit = "motcua.procedure.component"

    def _entry_key(self):
        return self.code or self.name

    def _entries(self):
        entries = super()._entries()
        files = self._template_words()
        label = _label(self, "template")
        for row, entry in zip(self, entries, strict=True):
            # What the catalogue shortens is compared whole.
            entry["name"] = row.name
            entry["values"][label] = files.get(row.id, "")
        return entries

    def _told_columns(self):
        return [name for name in super()._told_columns() if name != "template_name"]

    def _template_words(self):
        """The forms to download, told apart by what they contain: dict id -> words."""
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "template"),
                    ("res_id", "in", self.ids),
                ],
                ["res_id", "checksum"],
            )
        )
        names = {row.id: row.template_name or "" for row in self}
        return {
            file.res_id: f"{names[file.res_id]} [{file.checksum[:8]}]".strip()
            for file in files
        }


class FormField(models.Model):
    _inherit = "motcua.form.field"

    def _entry_key(self):
        return self.name

    def _by_name(self):
        """Field specs by name, those of columns too."""
        return {row.name: row._to_dict() for row in self}

    def _entries(self):
        entries = super()._entries()
        by_name = self._by_name()
        for row, entry in zip(self, entries, strict=True):
            # One below the other, long lists would fill pages.
            choices = "; ".join((row.options or "").splitlines())
            entry["values"][_label(self, "options")] = choices
            for name in ("visible_if", "required_if"):
                entry["values"][_label(self, name)] = _condition(
                    self.env, row[name], by_name
                )
        return entries


class Workflow(models.Model):
    _inherit = "motcua.workflow"

    def _step_entries(self):
        skipped = ("workflow_id", "name")
        return [
            {
                "key": step.name,
                "name": step.name,
                "values": _words(
                    step, [name for name in _columns(step) if name not in skipped]
                ),
            }
            for step in self.step_ids
        ]

    def _way_entries(self, by_name):
        """
        :param by_name: what conditions may ask for: field specs of the form by name
        """
        skipped = ("workflow_id", "from_step_id", "to_step_id", "condition")
        entries = []
        for way in self.transition_ids:
            names = f"{way.from_step_id.name} → {way.to_step_id.name}"
            values = _words(way, [n for n in _columns(way) if n not in skipped])
            values[_label(way, "condition")] = _condition(
                self.env, way.condition, by_name
            )
            entries.append({"key": names, "name": names, "values": values})
        return entries


# ----------------------------------------------------------------------


def _columns(records):
    """Names of the columns that people fill in, in the order of the model."""
    return [
        name
        for name, field in records._fields.items()
        if field.store and name not in _SILENT and field.type in (*_PLAIN, *_RELATIONS)
    ]


def _words(record, names):
    return {_label(record, name): _text(record, name) for name in names}


def _label(record, name):
    return record._fields[name]._description_string(record.env)


def _text(record, name):
    """A value as people read it, '' where there is nothing to say."""
    field, value = record._fields[name], record[name]
    if not value:
        return ""
    if field.type == "boolean":
        return record.env._("Yes")
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(value, value)
    if field.type in _RELATIONS:
        return ", ".join(value.mapped("display_name"))
    if field.type == "html":
        return html2plaintext(value)
    if field.type == "date":
        return value.strftime("%d/%m/%Y")
    if field.type == "integer":
        return f"{value:,}".replace(",", ".")
    if field.type == "float":
        return f"{value:g}".replace(".", ",")
    return value


def _hour(hours):
    return f"{int(hours):02d}:{round(hours % 1 * 60):02d}"


def _condition(env, condition, by_name):
    if not condition:
        return ""
    return env["motcua.form.editor"]._condition_words(json.loads(condition), by_name)
