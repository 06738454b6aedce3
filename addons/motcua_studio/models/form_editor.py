from odoo import api, models

from odoo.addons.motcua_base.api import takes
from odoo.addons.motcua_base.tools import form as form_tools
from odoo.addons.motcua_base.tools.arguments import Id, ListOf, Text, Values

from ..tools.form_repair import repaired
from ..tools.order import renumbered
from .editor import refuse

# What even a draft is not saved with: nothing could be made of it later. All else may
# be mended another day; publishing asks for it.
FATAL = {"name", "duplicate", "label", "type", "filled_by", "condition", "circular"}


class FormEditor(models.AbstractModel):
    """The form of a procedure version, drawn as a whole and tried out meanwhile.

    For procedure administrators. Fields are handed over as ``_editor_rows()`` gives
    them.
    """

    _name = "motcua.form.editor"
    _description = "Form editor"

    @api.model
    @takes(version_id=Id())
    def load(self, version_id):
        """All that the editor needs: the form, its revision, what fields can be."""
        version = self._version(version_id)
        return {
            "id": version.id,
            "name": version.display_name,
            "procedure": version.procedure_id.name,
            "editable": version.state == "draft",
            "revision": version._revision(),
            "fields": version.field_ids._editor_rows(),
            "types": self._types(),
            "properties": self._properties(),
            "operators": self._operator_labels(),
            "patterns": self._patterns(),
            "functions": self._functions(),
        }

    @api.model
    @takes(
        version_id=Id(),
        fields=ListOf(Values()),
        values=Values(),
        filled_by=Text(),
    )
    def preview(self, version_id, fields, values, filled_by="citizen"):
        """The form as it would be, with these answers; nothing is saved.

        :param fields: the fields as they are in the editor now
        :param values: answers by technical name, as typed in the preview
        :param filled_by: whose form is shown; officers see the citizen's answers too
        :return: dict with ``form`` (specs), ``check`` (as ``motcua.desk.check_form``)
            and ``findings`` (sentences by technical name: what is to be mended before
            publishing)
        """
        self._version(version_id)
        rows = self.env["motcua.form.field"]._read_editor_rows(fields)
        spec = self._spec(rows)
        problems = form_tools.check_fields(spec)
        sound = repaired(spec, problems)
        asked = {field["name"] for field in sound}
        answers = values if isinstance(values, dict) else {}
        values = {name: value for name, value in answers.items() if name in asked}
        given = self.env["motcua.dossier"]._form_given()
        found = form_tools.examine(sound, values, **given)
        findings = self._findings(rows, problems)
        sentences = self.env["motcua.dossier"]._sentences(
            sound, values, found["problems"], on_paper=False
        )
        return {
            "form": [
                field
                for field in sound
                if filled_by == "officer" or field["filled_by"] == "citizen"
            ],
            "check": {
                "visible": sorted(found["visible"]),
                "required": sorted(found["required"]),
                # A mistake of the form is none of who fills it in.
                "problems": {
                    name: sentence
                    for name, sentence in sentences
                    if name not in findings
                },
                "computed": found["computed"],
                "understood": found["understood"],
            },
            "findings": findings,
        }

    @api.model
    @takes(version_id=Id(), revision=Text(), fields=ListOf(Values()))
    def save_form(self, version_id, revision, fields):
        """Replace the form of a draft by these fields: all of it, or nothing.

        Fields are recognised by their technical names; those unchanged are not touched.

        :param revision: as it was when the form was read
        :return: the new revision
        :raises UserError: the version is published, or somebody else saved meanwhile
        :raises ValidationError: with every reason why the form cannot be kept
        """
        version = self._version(version_id)
        version._check_draft()
        version._begin_edit(revision)
        rows = self.env["motcua.form.field"]._read_editor_rows(fields)
        self._refuse_fatal(rows)
        self._write_rows(version, rows)
        return version._revision()

    @api.model
    @takes(version_id=Id(), typed=Text())
    def find_forms(self, version_id, typed):
        """Forms to copy from: of each procedure found the latest version that has one.

        :return: list of ``[version id, name, number of fields]``
        """
        self._version(version_id)
        procedures = self.env["motcua.procedure"].search(
            [
                *self.env["motcua.procedure"]._typed_domain(typed),
                ("version_ids.field_ids", "!=", False),
            ],
            limit=20,
        )
        versions = self.env["motcua.procedure.version"].browse(
            procedure.version_ids.filtered("field_ids").sorted("number")[-1].id
            for procedure in procedures
        )
        return [
            [version.id, version.procedure_id.display_name, len(version.field_ids)]
            for version in versions
        ]

    @api.model
    @takes(version_id=Id())
    def read_form(self, version_id):
        """The fields of another form, to copy from."""
        return self._version(version_id).field_ids._editor_rows()

    # ------------------------------------------------------------------

    @api.model
    def _version(self, version_id):
        return self.env["motcua.procedure.version"]._to_edit(version_id)

    @api.model
    def _spec(self, rows):
        """Rows that were read as ``tools.form`` understands them."""
        Field = self.env["motcua.form.field"]
        return Field.union(
            *(
                Field.new({**Field._values_of(row), "sequence": index})
                for index, row in enumerate(rows)
            )
        )._to_spec()

    @api.model
    def _findings(self, rows, problems):
        """Sentences by technical name, those on conditions of columns included."""
        labels = {row["name"]: row["label"] for row in rows}
        findings = {}
        for problem in problems:
            name = problem.field.rpartition(".")[2]
            sentence = self._finding_sentence(problem._replace(field=name), labels)
            if sentence not in findings.setdefault(name, []):
                findings[name].append(sentence)
        return findings

    @api.model
    def _finding_sentence(self, problem, labels):
        label = labels.get(problem.field) or problem.field
        sentences = {
            "name": self.env._(
                "the technical name of “%(label)s” needs small letters, digits and "
                "underscores, a letter first",
                label=label,
            ),
            "label": self.env._("a field has no label"),
            "pattern": self.env._(
                "the expression of “%(label)s” cannot be used: it is no regular "
                "expression, or one that could take too long",
                label=label,
            ),
        }
        return sentences.get(problem.code) or self.env[
            "motcua.form.field"
        ]._problem_sentence(problem, labels)

    @api.model
    def _refuse_fatal(self, rows):
        labels = {row["name"]: row["label"] for row in rows}
        problems = [
            problem
            for problem in form_tools.check_fields(self._spec(rows))
            if problem.code in FATAL
        ]
        names = [row["name"] for row in rows]
        # In a version each name stands once, also between repeating sections.
        twice = {name for name in names if names.count(name) > 1}
        sentences = [
            *self._findings(rows, problems).values(),
            *(
                [
                    self._finding_sentence(
                        form_tools.Problem(name, "duplicate", {}), labels
                    )
                ]
                for name in sorted(twice)
            ),
        ]
        refuse(
            self.env._("The form was not saved:"),
            [line for group in sentences for line in group],
        )

    @api.model
    def _write_rows(self, version, rows):
        Field = self.env["motcua.form.field"]
        known = {field.name: field for field in version.field_ids}
        names = [row["name"] for row in rows]
        version.field_ids.filtered(lambda field: field.name not in names).unlink()
        added = []
        sequences = renumbered(
            [known[name].sequence if name in known else None for name in names]
        )
        for row, sequence in zip(rows, sequences, strict=True):
            row = {**row, "sequence": sequence}
            field = known.get(row["name"])
            if field is None:
                added.append({**Field._values_of(row), "version_id": version.id})
                continue
            before = {
                **field._editor_row(),
                "sequence": field.sequence,
                "parent_name": field.parent_name,
            }
            changed = {key: row[key] for key in row if row[key] != before[key]}
            if changed:
                field.write(Field._values_of(changed))
        Field.create(added)
