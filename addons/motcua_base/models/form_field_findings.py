from odoo import models

from ..tools import form as form_tools
from .finding import problem


class FormField(models.Model):
    """What is wrong with a form, as findings of a version's check."""

    _inherit = "motcua.form.field"

    def _findings(self):
        rows = {row.name: row for row in self}
        found = []
        for wrong in form_tools.check_fields(self._to_spec()):
            # Columns are named ``section.column``, and each name is used once.
            name = wrong.field.rpartition(".")[2]
            sentence = self._problem_sentence(wrong._replace(field=name), self)
            found.append(problem(sentence, rows.get(name, self[:1])))
        for row in self.filtered("parent_name"):
            section = rows.get(row.parent_name)
            if not section or section.type != "repeat":
                found.append(
                    problem(
                        self.env._(
                            "“%(label)s” is to be a column of “%(section)s”, which is "
                            "no repeating section of this form",
                            label=row.label,
                            section=section.label if section else row.parent_name,
                        ),
                        row,
                        "parent_name",
                    )
                )
        return found
