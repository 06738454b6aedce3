from odoo import api, models

from odoo.addons.motcua_base.tools.form_conditions import PRESENCE, operand, tests_of
from odoo.addons.motcua_base.tools.form_values import BadValue
from odoo.addons.motcua_base.tools.merge_text import answer_text


class FormEditor(models.AbstractModel):
    """Conditions as people read them: “Amount is above 5.000 đồng or Sex is Male”."""

    _inherit = "motcua.form.editor"

    @api.model
    def _condition_words(self, condition, by_name):
        """
        :param condition: as in ``tools.form_conditions``, one that can be read
        :param by_name: field specs of the form by name
        """
        labels = self._operator_labels()
        joined = self.env._(" or ") if "any" in condition else self.env._(" and ")
        words = []
        for test in tests_of(condition):
            field = by_name.get(test["field"], {})
            parts = [field.get("label") or test["field"], labels.get(test["op"])]
            if test["op"] not in PRESENCE:
                parts.append(self._value_words(test.get("value"), field))
            words.append(" ".join(map(str, parts)))
        return joined.join(words)

    @api.model
    def _value_words(self, value, field):
        if isinstance(value, list):
            return ", ".join(self._value_words(item, field) for item in value)
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        try:
            return answer_text(field, operand(field, value))
        except (BadValue, KeyError, TypeError, ValueError):
            return str(value)
