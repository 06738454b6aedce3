from odoo import models

from ..tools import form_definition as form_tools
from .finding import problem


class Workflow(models.Model):
    """What stands against living by a workflow, as findings of a version's check."""

    _inherit = "motcua.workflow"

    def _findings(self, form):
        """
        :param form: what its conditions are asked of, field specs as in ``tools.form``
        """
        self.ensure_one()
        names = {step.id: step.name for step in self.step_ids}
        steps = {step.id: step for step in self.step_ids}
        found = [
            problem(
                self._problem_sentence(wrong, names),
                steps.get(wrong.field, self),
            )
            for wrong in self._check()
        ]
        labels = {field["name"]: field for field in form}
        for way in self.transition_ids:
            found += [
                problem(sentence, way, "condition")
                for sentence in self._way_problems(way._to_dict(), labels)
            ]
        return found

    def _way_problems(self, way, by_name):
        """Sentences that say why the condition of a way (as in ``tools.workflow``)
        does not fit a form.

        :param by_name: field specs of the form by name
        """
        sentences = []
        for wrong in form_tools.condition_problems(
            way["name"], way["condition"], by_name
        ):
            name = wrong.params.get("field")
            if wrong.code == "condition_field":
                sentence = self.env._(
                    "the condition of “%(way)s” asks for “%(field)s”, which the form "
                    "does not have",
                    way=way["name"],
                    field=name,
                )
            else:
                sentence = self.env._(
                    "the condition of “%(way)s” compares “%(field)s” with something it "
                    "can never be",
                    way=way["name"],
                    field=by_name.get(name, {}).get("label", name),
                )
            sentences.append(sentence)
        return sentences
