from odoo import api, models


class FormField(models.Model):
    """What is wrong with an answer or with a form, in sentences."""

    _inherit = "motcua.form.field"

    @api.model
    def _labels(self, spec):
        """Labels by technical name, those of columns included."""
        labels = {}
        for field in spec:
            labels[field["name"]] = field["label"]
            labels.update(self._labels(field.get("columns") or ()))
        return labels

    @api.model
    def _place_label(self, name, labels):
        """How people call a field, given by name, or ``children.0.name`` in a row."""
        section, _dot, rest = name.partition(".")
        row, _dot, column = rest.rpartition(".")
        if not rest:
            return labels.get(name, name)
        if not row:
            return f"{labels.get(section, section)}: {labels.get(column, column)}"
        return self.env._(
            "%(section)s, row %(number)s: %(column)s",
            section=labels.get(section, section),
            number=int(row) + 1,
            column=labels.get(column, column),
        )

    @api.model
    def _problem_sentence(self, problem, labels):
        """One sentence for a ``tools.form`` problem.

        :param problem: a ``form.Problem``
        :param labels: form field records, or a dict of labels by technical name
        """
        if not isinstance(labels, dict):
            labels = {field.name: field.label for field in labels}
        label = self._place_label(problem.field, labels)
        limit = problem.params.get("limit")
        at, found = problem.params.get("at"), problem.params.get("found")
        field, right = problem.params.get("field"), problem.params.get("right")
        sentences = {
            "required": self.env._("“%(label)s” must be filled in", label=label),
            "type": self.env._(
                "“%(label)s” is not a value of the right kind", label=label
            ),
            "two_readings": self.env._(
                "“%(label)s” may mean %(one)s or %(other)s: write it as one of the two",
                label=label,
                one=problem.params.get("one"),
                other=problem.params.get("other"),
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
            "formula_choice": self.env._(
                "the formula of “%(label)s” compares “%(field)s” with “%(found)s”, "
                "which it can never be: write %(right)s",
                label=label,
                field=labels.get(field, field),
                found=found,
                right=right,
            ),
            "circular": self.env._(
                "“%(label)s” depends on itself: its condition or formula leads back to "
                "it",
                label=label,
            ),
            "chain": self.env._(
                "“%(label)s” ends a chain of more than %(limit)s fields that depend on "
                "one another: let it depend on fewer",
                label=label,
                limit=limit,
            ),
            "agency": self.env._(
                "“%(label)s” is no public body known here: choose one that is offered",
                label=label,
            ),
            "prefill": self.env._("“%(label)s” cannot be prefilled", label=label),
            "before_stage": self.env._(
                "“%(label)s” is waited for at a column of the board, but not filled in "
                "by officers",
                label=label,
            ),
            "formula_empty": self.env._("“%(label)s” has no formula", label=label),
            "formula_long": self.env._(
                "the formula of “%(label)s” has more than %(limit)s characters",
                label=label,
                limit=limit,
            ),
            "formula_deep": self.env._(
                "the formula of “%(label)s” is nested more than %(limit)s times",
                label=label,
                limit=limit,
            ),
            "formula_sign": self.env._(
                "the formula of “%(label)s” cannot be read at character %(at)s: "
                "“%(found)s”",
                label=label,
                at=at,
                found=found,
            ),
            "formula_end": self.env._(
                "the formula of “%(label)s” ends where something is still missing",
                label=label,
            ),
            "formula_function": self.env._(
                "the formula of “%(label)s” calls “%(found)s” at character %(at)s, "
                "which is no function",
                label=label,
                at=at,
                found=found,
            ),
            "formula_field": self.env._(
                "the formula of “%(label)s” names “%(found)s” at character %(at)s, "
                "which is no field it can look at",
                label=label,
                at=at,
                found=found,
            ),
            "formula_kind": self.env._(
                "the formula of “%(label)s” gives “%(found)s” at character %(at)s "
                "too much, too little or the wrong kind of values",
                label=label,
                at=at,
                found=found,
            ),
            "formula_result": self.env._(
                "the formula of “%(label)s” gives nothing that can be shown",
                label=label,
            ),
            "formula_zero": self.env._(
                "“%(label)s” cannot be computed: it divides by zero", label=label
            ),
            "formula_size": self.env._(
                "“%(label)s” cannot be computed: the result is too large", label=label
            ),
            "formula_value": self.env._(
                "“%(label)s” cannot be computed from these answers", label=label
            ),
        }
        if problem.code == "condition_value" and right:
            return self.env._(
                "the condition of “%(label)s” compares “%(field)s” with “%(found)s”, "
                "which it can never be: write %(right)s",
                label=label,
                field=labels.get(field, field),
                found=found,
                right=right,
            )
        return sentences.get(problem.code) or self.env._(
            "“%(label)s” is not valid", label=label
        )
