from odoo import api, models

from ..tools.form_values import NUMBERS, BadValue, convert
from ..tools.naming import is_ours


class CellNumber(str):
    """The text of a cell that holds a number: read as machines write it."""

    __slots__ = ()


class IrFieldsConverter(models.AbstractModel):
    """Numbers of files, and of rows given to ``load``, are read as those of forms."""

    _inherit = "ir.fields.converter"

    @api.model
    def _str_to_integer(self, model, field, value, savepoint):
        if not is_ours(model._name):
            return super()._str_to_integer(model, field, value, savepoint)
        return self._motcua_number("integer", value), []

    @api.model
    def _str_to_float(self, model, field, value, savepoint):
        if not is_ours(model._name):
            return super()._str_to_float(model, field, value, savepoint)
        return self._motcua_number("float", value), []

    @api.model
    def _str_to_properties(self, model, field, value, savepoint):
        """Numbers among the answers to an e-form wait for the dossier: the version
        decides what they may be."""
        if not is_ours(model._name) or not isinstance(value, list):
            return super()._str_to_properties(model, field, value, savepoint)
        typed = {
            answer["name"]: answer.pop("value", False)
            for answer in value
            if answer.get("type") in NUMBERS
        }
        answers, warnings = super()._str_to_properties(model, field, value, savepoint)
        for answer in answers:
            if answer["name"] in typed:
                answer["value"] = _number_of(typed[answer["name"]])
        return answers, warnings

    @api.model
    def _motcua_number(self, kind, value):
        try:
            return convert(kind, _number_of(value))
        except BadValue as error:
            sentence = self.env._("'%(value)s' is no number for '%%(field)s'")
            if error.code == "two_readings":
                sentence = self.env._(
                    "'%(value)s' for '%%(field)s' may mean %(one)s or %(other)s: write "
                    "it as one of the two"
                )
            raise self._format_import_error(
                ValueError, sentence, {"value": str(value), **error.params}
            ) from None


def _number_of(value):
    return float(value) if isinstance(value, CellNumber) else value
