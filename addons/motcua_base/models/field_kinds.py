from functools import wraps

from odoo import models
from odoo.models import BaseModel
from odoo.orm.fields_properties import Property

from ..api import check_ids, refusal
from ..tools.arguments import (
    FILE,
    NOTE,
    Commands,
    Day,
    File,
    Flag,
    Id,
    Json,
    Kind,
    ListOf,
    Number,
    OneOf,
    Record,
    Refused,
    Text,
    Values,
    Whole,
    shown,
)
from ..tools.naming import is_ours


class Properties(Kind):
    """Values by name, or the definitions of all of them with their values."""

    values, rows = Values(), ListOf(Values())

    def _read(self, value):
        if not isinstance(value, list):
            return self.values.read(value)
        for place, row in enumerate(rows := self.rows.read(value), 1):
            if not row.get("name"):
                raise Refused("empty").within("name").within(str(place))
        return rows


# Kinds of values by the type of the field that takes them; where there is none, what
# JSON can say.
KINDS = {
    "binary": File(),
    "boolean": Flag(),
    "char": Text(),
    "date": Day(),
    "datetime": Day(),
    "float": Number(),
    "html": Text(FILE),
    "integer": Whole(),
    "many2one": Id(),
    "monetary": Number(),
    "properties": Properties(),
    "properties_definition": ListOf(Values()),
    "text": Text(5 * NOTE),
}
ANYTHING = Json()
# What is nothing says something of these: no, zero, and no command at all.
SAYING_NOTHING = (
    "boolean",
    "float",
    "integer",
    "many2many",
    "monetary",
    "one2many",
)


class Row(Record):
    """The values of a row, by the fields of its model."""

    def __init__(self, model):
        self.model = model

    def _read(self, value):
        return self.model._read_fields(value)


class Base(models.AbstractModel):
    """What ``create`` and ``write`` of our models are given is checked before any of
    our code looks at it: what no field could hold is refused with a sentence that names
    the field. The system itself, which works with all rights, is trusted."""

    _inherit = "base"

    def _register_hook(self):
        super()._register_hook()
        # Around the whole, for models refine both methods and look at the values.
        cls = type(self)
        if not is_ours(self._name) or self._abstract:
            return
        for name in ("create", "write"):
            if not hasattr(vars(cls).get(name), "_reads_fields"):
                setattr(cls, name, _reading(getattr(cls, name)))

    def _read_fields(self, values, stored=False):
        """Values for fields of this model, read by the kinds of the fields; ``Refused``
        for the first that is not of its kind.

        :param stored: of records that exist, whose required fields cannot be emptied
        """
        if not isinstance(values, dict):
            raise Refused("dict")
        read = {name: self._read_field(name, value) for name, value in values.items()}
        for name, value in read.items() if stored else ():
            field = self._fields[name]
            if field.required and not value and field.type not in SAYING_NOTHING:
                raise Refused("empty").within(field._description_string(self.env))
        return read

    def _read_field(self, name, value):
        field = self._fields.get(name)
        if field is None:
            raise Refused("field").within(shown(name))
        # What a record gave (copies are made of it) comes from no door.
        if value is None or value is False or isinstance(value, (BaseModel, Property)):
            return value
        try:
            read = self._kind_of(field).read(value)
            if field.required and read == "" != value:
                raise Refused("empty")
        except Refused as refused:
            raise refused.within(field._description_string(self.env)) from None
        return read

    def _kind_of(self, field):
        if field.type == "selection":
            return OneOf(field.get_values(self.env))
        if field.type in ("one2many", "many2many"):
            return Commands(Row(self.env[field.comodel_name]))
        if field.type == "char" and field.size:
            return Text(field.size)
        return KINDS.get(field.type, ANYTHING)


def _reading(method):
    """``create`` or ``write`` with its values read first."""
    several = method.__name__ == "create"

    @wraps(method)
    def checked(self, *args, **kwargs):
        if self.env.su:
            return method(self, *args, **kwargs)
        check_ids(self)

        def read(values):
            if several and isinstance(values, (list, tuple)):
                return [self._read_fields(row) for row in values]
            return self._read_fields(values, stored=not several)

        try:
            args = [read(values) for values in args]
            kwargs = {name: read(values) for name, values in kwargs.items()}
        except Refused as refused:
            raise refusal(self.env, refused) from None
        return method(self, *args, **kwargs)

    checked._reads_fields = True
    return checked
