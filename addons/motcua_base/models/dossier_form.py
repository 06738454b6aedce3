from collections.abc import Mapping
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..api import takes
from ..tools import form as form_tools
from ..tools.arguments import Values
from ..tools.form_values import NUMBERS, BadValue, convert, convert_all
from ..tools.localtime import to_local
from ..tools.number import is_year
from ..tools.problem import Problem


def _known(value):
    """An answer, None where there is none: Odoo says False. Zero is an answer."""
    return None if value is False or value in ("", []) else value


def _is_new(old, new):
    """Whether a computed answer is to be stored."""
    return _known(old) != _known(new)


class Dossier(models.Model):
    """The e-form of a dossier: its answers, what is wrong with them, what is computed
    from them, and what officers still have to fill in.

    Answers are given and taken as one dict by technical name. Most are kept in
    ``form_values``; rows of repeating sections and files have records of their own.
    """

    _inherit = "motcua.dossier"

    computed_names = fields.Json("Computed answers", compute="_compute_computed_names")

    # Odoo Properties know neither: amounts are stored as any number with decimals.
    number_kinds = fields.Json(
        "Kinds of numbers among the answers", compute="_compute_number_kinds"
    )

    @api.depends("version_id")
    def _compute_computed_names(self):
        for dossier in self:
            shape = dossier.version_id._get_form_shape()
            dossier.computed_names = sorted(shape.computed)

    @api.depends("version_id")
    def _compute_number_kinds(self):
        for dossier in self:
            dossier.number_kinds = {
                field["name"]: "year" if is_year(field) else field["type"]
                for field in dossier.version_id._get_form_spec()
                if field["type"] in NUMBERS
            }

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _answers(self):
        """The answers as stored: plain JSON values, choices by their keys. (Reading the
        mapping itself gives labels, and converts the whole form for each of them.)"""
        self.ensure_one()
        field = self._fields["form_values"]
        return dict(field.convert_to_export(self.form_values, self) or {})

    def _form_values(self):
        """The answers together with the repeating sections, which are lists of rows,
        and the files."""
        values = self._answers()
        for row in self.row_ids:
            values.setdefault(row.section, []).append(row.row_values or {})
        if self.version_id._get_form_shape().files:
            for paper in self.component_ids.filtered("field_name"):
                for file in paper.attachment_ids:
                    values[paper.field_name] = {"id": file.id, "name": file.name}
        return values

    def _settled(self, spec):
        """A form as it asks this dossier: what was computed when an approver passed the
        dossier on is an answer like others since, and is not computed anew.

        :param spec: the form of its version, or the one a document was written for
        """
        self.ensure_one()
        if self.version_id._get_form_shape().computes and self._is_approved():
            return form_tools.settle(spec, self._form_values())
        return spec

    @takes()
    def load_sections(self):
        """The repeating sections of the form with their rows: list of dicts with
        ``field`` (its spec) and ``rows``."""
        self.ensure_one()
        self.check_access("read")
        self.row_ids.check_access("read")
        spec = self.sudo().version_id._get_form_spec()
        values = self._form_values()
        sections = [field for field in spec if field["type"] == "repeat"]
        if any(values.get(field["name"]) for field in sections):
            self._note_access("read")
        return [
            {"field": field, "rows": values.get(field["name"], [])}
            for field in sections
        ]

    @takes(answers=Values())
    def check_answers(self, answers):
        """What the form would be with these answers beside those stored.

        :return: as ``motcua.desk.check_form``
        """
        self.ensure_one()
        self._check_editable()
        spec = self.sudo().version_id._get_form_spec()
        values = {**self._form_values(), **answers}
        return self._examine_form(spec, values, self._is_on_paper())

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        dossiers = super().create(vals_list)
        dossiers._store_computed()
        return dossiers

    def write(self, vals):
        if "form_values" not in vals:
            return super().write(vals)
        for dossier in self:
            vals = dossier._with_normal_answers(vals, dossier.version_id)
        with self._changing_form():
            vals = self._write_parts(vals)
            return super().write(vals) if vals else True

    @contextmanager
    def _changing_form(self):
        """Within the block answers change; then what is computed is computed anew, and
        what is wrong refused."""
        filed = self.filtered(lambda dossier: dossier.status != "0")
        before = {} if self.env.su else {d: d._form_values() for d in filed}
        yield before
        self._store_computed()
        for dossier, answers in before.items():
            dossier._check_changed(answers)

    def _with_normal_answers(self, vals, version):
        """Values to create or write in which answers are in their normal form. What is
        wrong waits for ``_check_form``; but no text is newly kept for a number.

        Answers come as a dict, or as Odoo's web client gives properties: as a list.
        """
        answers = vals.get("form_values")
        if not answers or isinstance(answers, str):
            return vals
        shape, spec = version._get_form_shape(), version._get_form_spec()
        asked = [field for field in spec if field["name"] not in shape.parts]
        rows = None if isinstance(answers, Mapping) else answers
        if rows is not None:
            answers = {row["name"]: row.get("value") for row in rows}
        converted, bad = convert_all(asked, answers)
        self._raise_problems(
            [
                Problem(field["name"], error.code, error.params)
                for field in asked
                if field["type"] in NUMBERS
                and (error := bad.get(field["name"]))
                and answers[field["name"]] != self._stored_answer(field["name"])
            ],
            spec,
        )
        if rows is None:
            return {**vals, "form_values": {**answers, **converted}}
        rows = [
            {**row, "value": converted[row["name"]]}
            if row["name"] in converted
            else row
            for row in rows
        ]
        return {**vals, "form_values": rows}

    def _stored_answer(self, name):
        return self._answers().get(name) if self else None

    def _write_parts(self, vals):
        """Write the answers that are records of their own; the values that are left."""
        parts = self._with_parts({"form_values": vals["form_values"]}, self.version_id)
        rest = parts.pop("form_values", None)
        if not parts:
            return vals
        if not self.env.su:
            self.check_access("write")
            self._check_editable()
        before = {d: d._form_values() for d in self if d.status != "0"}
        self.sudo().write(parts)
        if not self.env.su:
            self.browse(d.id for d in before)._log_corrections(
                dict.fromkeys(before, {}), before
            )
        vals = {name: value for name, value in vals.items() if name != "form_values"}
        return {**vals, "form_values": rest} if rest else vals

    def _with_parts(self, vals, version):
        """Values to create or write in which rows of repeating sections and files are
        commands, as given under their names among the answers."""
        shape = version._get_form_shape()
        answers = vals.get("form_values")
        if not isinstance(answers, dict) or not shape.parts & answers.keys():
            return vals
        if len(self) > 1:
            raise UserError(
                self.env._(
                    "Change repeating sections and files of one dossier at a time."
                )
            )
        rows, papers = [], []
        for name in shape.sections & answers.keys():
            old = self.row_ids.filtered(lambda row, name=name: row.section == name)
            rows += [Command.delete(id_) for id_ in old.ids]
            rows += self._row_commands(version, name, answers[name])
        for name in shape.files & answers.keys():
            old = self.component_ids.filtered(
                lambda paper, name=name: paper.field_name == name
            )
            papers += self._file_commands(shape, name, old, answers[name])
        rest = {key: value for key, value in answers.items() if key not in shape.parts}
        return {
            **vals,
            "form_values": rest,
            "row_ids": [*vals.get("row_ids", ()), *rows],
            "component_ids": [*vals.get("component_ids", ()), *papers],
        }

    @api.model
    def _row_commands(self, version, section, rows):
        [field] = [
            field for field in version._get_form_spec() if field["name"] == section
        ]
        try:
            convert("repeat", rows or [])
        except BadValue as error:
            problem = Problem(section, error.code, error.params)
            self._raise_problems([problem], [field])
        cleaned = form_tools.clean([field], {section: rows}, **self._form_given())
        return [
            Command.create({"section": section, "sequence": number, "row_values": row})
            for number, row in enumerate(cleaned.get(section, ()))
        ]

    @api.model
    def _file_commands(self, shape, name, old, file):
        kept = isinstance(file, dict) and file.get("id")
        if not file or kept in old.attachment_ids.ids:
            return [] if file else [Command.delete(id_) for id_ in old.ids]
        if not kept or not isinstance(kept, int):
            raise ValidationError(
                self.env._("Upload files first, then name them by their ids.")
            )
        return [
            *(Command.delete(id_) for id_ in old.ids),
            Command.create(
                {
                    "field_name": name,
                    "name": shape.labels[name],
                    "sequence": 1000,
                    "attachment_ids": [Command.link(kept)],
                    "digitised": True,
                }
            ),
        ]

    def _store_computed(self):
        """Put what the form computes among the answers, whatever was sent for it. What
        was computed when an approver passed the dossier on stays as it was approved."""
        for dossier in self.sudo():
            version = dossier.version_id
            if not version._get_form_shape().computes:
                continue
            spec = dossier._settled(version._get_form_spec())
            values = dossier._form_values()
            found = form_tools.computed(spec, values, **dossier._form_given())
            answers = dossier._answers()
            changed = {
                name: value if value is not None else False
                for name, value in found.items()
                if "." not in name and _is_new(answers.get(name), value)
            }
            if changed:
                dossier.form_values = {**answers, **changed}
            dossier._store_computed_rows(found)

    def _store_computed_rows(self, found):
        numbers = {}
        for row in self.row_ids:
            number = numbers.setdefault(row.section, 0)
            numbers[row.section] += 1
            prefix = f"{row.section}.{number}."
            values = {
                name.removeprefix(prefix): value
                for name, value in found.items()
                if name.startswith(prefix)
            }
            old = row.row_values or {}
            new = {
                key: value
                for key, value in values.items()
                if _is_new(old.get(key), value)
            }
            changed = {
                key: value for key, value in {**old, **new}.items() if value is not None
            }
            if changed != old:
                row.row_values = changed

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    @api.model
    def _form_today(self):
        return to_local(fields.Datetime.now()).date()

    def _form_given(self):
        """What answers are judged and computed by besides themselves: the day, and how
        the rule set of the dossier, or of today where there is none yet, says zeros."""
        today = self._form_today()
        rules = self.sudo().ruleset_id[:1]
        zero = rules.zero_in_words or rules._zero_at(today)
        return {"today": today, "zero": zero}

    def _is_on_paper(self):
        """Whether a paper form handed in stands for unanswered questions."""
        self.ensure_one()
        if self.channel == "online":
            return False
        wanted = self.version_id._get_papers(self.case_id)
        forms = [paper.id for paper in wanted if paper.kind == "form"]
        return any(
            paper.component_id.id in forms and paper._handed_in
            for paper in self.component_ids
        )

    def _check_form(self):
        """Raise ValidationError with every wrong answer. A paper form handed in
        stands for unanswered questions; what was typed must be right all the same."""
        problems = []
        for dossier in self:
            spec = dossier.version_id._get_form_spec()
            if not spec:
                continue
            found = dossier._form_problems(
                spec, dossier._form_values(), dossier._is_on_paper()
            )
            problems += [sentence for _name, sentence in found]
        if problems:
            raise ValidationError(
                self.env._("The form is not complete yet:")
                + "\n- "
                + "\n- ".join(problems)
            )
        self._store_computed()

    def _form_problems(self, spec, values, on_paper):
        """What is wrong with the answers of an applicant, in form order.

        :param on_paper: a paper form stands for unanswered questions
        :return: list of (field name, sentence)
        """
        found = form_tools.validate(
            spec, values, filled_by="citizen", **self._form_given()
        )
        return self._sentences(spec, values, found, on_paper)

    def _examine_form(self, spec, values, on_paper):
        """What a screen that fills in a form shows: dict with ``visible`` and
        ``required`` (names), ``problems`` (sentences by name), ``computed`` and
        ``understood`` (see ``form.examine``)."""
        found = form_tools.examine(
            spec, values, filled_by="citizen", **self._form_given()
        )
        sentences = self._sentences(spec, values, found["problems"], on_paper)
        return {
            "visible": sorted(found["visible"]),
            "required": [] if on_paper else sorted(found["required"]),
            "problems": dict(sentences),
            "computed": found["computed"],
            "understood": found["understood"],
        }

    @api.model
    def _sentences(self, spec, values, problems, on_paper):
        """Problems as (field name, sentence), with what only the database knows."""
        Field = self.env["motcua.form.field"]
        problems = [
            problem
            for problem in [*problems, *Field._agency_problems(spec, values)]
            if not (on_paper and problem.code == "required")
        ]
        labels = Field._labels(spec) if problems else {}
        return [
            (problem.field, Field._problem_sentence(problem, labels))
            for problem in problems
        ]

    def _check_changed(self, before):
        """Raise ValidationError where an answer was changed to something wrong; what
        was wrong before may wait for somebody who knows better."""
        self.ensure_one()
        spec = self._settled(self.version_id._get_form_spec())
        values = self._form_values()
        changed = {
            name
            for name in before.keys() | values.keys()
            if _known(before.get(name)) != _known(values.get(name))
        }
        if not changed:
            return
        on_paper = self._is_on_paper()
        found = [
            *form_tools.validate(spec, values, **self._form_given()),
            *self.env["motcua.form.field"]._agency_problems(spec, values),
        ]
        wrong = [
            problem
            for problem in found
            if problem.field.partition(".")[0] in changed
            and not (on_paper and problem.code == "required")
        ]
        self._raise_problems(wrong, spec)

    @api.model
    def _raise_problems(self, problems, spec):
        Field = self.env["motcua.form.field"]
        labels = Field._labels(spec)
        if problems:
            raise ValidationError(
                self.env._("These answers cannot be kept:")
                + "\n- "
                + "\n- ".join(Field._problem_sentence(p, labels) for p in problems)
            )

    @api.model
    def _check_form_names(self, answers, version):
        """Refuse answers to questions that the form does not ask: Odoo would drop them
        without a word. (The web client sends a list of known properties instead.)"""
        if not isinstance(answers, dict):
            return
        unknown = answers.keys() - version._get_form_shape().labels.keys()
        if unknown:
            raise ValidationError(
                self.env._("The form has no field “%s”.", ", ".join(sorted(unknown)))
            )

    # ------------------------------------------------------------------
    # What officers fill in
    # ------------------------------------------------------------------

    def _check_officer_fields(self, step_id=None):
        """Raise ValidationError naming the fields that officers have to fill in before
        a dossier reaches the stage of this step, or at all before its result."""
        step = self.env["motcua.workflow.step"].sudo().browse(step_id or [])
        for dossier in self:
            shape = dossier.version_id._get_form_shape()
            if not (shape.gates if step else shape.asks_officers):
                continue
            missing = form_tools.missing_before(
                dossier._settled(dossier.version_id._get_form_spec()),
                dossier._form_values(),
                self.env["motcua.stage"]._passed(shape.gates, step.stage_id)
                if step
                else None,
                self._form_today(),
            )
            if missing:
                labels = shape.labels
                raise ValidationError(
                    self.env._(
                        "Dossier %(dossier)s cannot go on yet: fill in %(fields)s "
                        "first, on the page “Declaration”.",
                        dossier=dossier.display_name,
                        fields=", ".join(f"“{labels[name]}”" for name in missing),
                    )
                )
