"""The answers to a form as its rules see them: in their normal form, what is computed
computed, what is hidden empty."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from . import formula
from .form_conditions import holds, tests_of
from .form_values import (
    DECORATIONS,
    NUMBERS,
    answer_type,
    convert_all,
    is_blank,
    is_empty,
)
from .formula_functions import Fault

# Moments are stored in UTC; days are days in Vietnam.
VIETNAM = timedelta(hours=7)
_NO_FIELD = (None, *DECORATIONS)


def today_in_vietnam():
    """The local date there."""
    return datetime.now(timezone(VIETNAM)).date()


class Answers:
    """Answers to ``fields``, given as a dict of ``values``, on the day ``today`` (that
    of Vietnam where not given); formulas say numbers in words as ``zero`` tells (see
    ``text.number_words``).

    ``values``: as they were given; ``converted``: values by name, empty ones left out,
    computed ones included; ``bad``: BadValue by name; ``faults``: why a computed field
    has no value, by name; ``unknown``: names that are no fields; ``shown``: names of
    the fields shown.
    """

    def __init__(self, fields, values, today=None, zero="linh"):
        self.fields = fields
        self.values = values
        self.today = today or today_in_vietnam()
        self.zero = zero
        self.by_name = {field["name"]: field for field in fields}
        self.converted, self.bad = convert_all(fields, values)
        self.unknown = [
            name
            for name, value in values.items()
            if self.by_name.get(name, {}).get("type") in _NO_FIELD
            and not is_empty(value)
        ]
        self.faults = {}
        self._shown = {}
        self._rows = {}
        self._computing = [
            field["name"] for field in fields if field["type"] == "computed"
        ]
        for name in tuple(self._computing):
            self.value(name)
        self.shown = {
            name
            for name, field in self.by_name.items()
            if not field.get("visible_if") or self._is_shown(name)
        }

    def value(self, name):
        """The value of a field, None where empty or hidden."""
        if not self._is_shown(name):
            return None
        if name in self._computing:
            # Taken off first, so that a circle ends here.
            self._computing.remove(name)
            self._compute(name)
        return self.converted.get(name)

    def required(self):
        """Names of the shown fields that must be filled."""
        return {
            field["name"]
            for field in self.fields
            if field["name"] in self.shown
            and field["type"] not in DECORATIONS
            and (
                field.get("required")
                or tests_of(field.get("required_if"))
                and holds(field["required_if"], self.by_name, self.value)
            )
        }

    def rows(self, name):
        """Number and answers of each row of a repeating section that is not blank."""
        if name not in self._rows:
            found = () if name in self.bad else self.converted.get(name, ())
            columns = self.by_name[name].get("columns") or ()
            self._rows[name] = [
                (index, Answers(columns, row, self.today, self.zero))
                for index, row in enumerate(found)
                if not is_blank(row)
            ]
        return self._rows[name]

    def _is_shown(self, name):
        if name not in self._shown:
            # Hidden until its condition is known, so that a circle ends here too.
            self._shown[name] = False
            condition = self.by_name.get(name, {}).get("visible_if")
            self._shown[name] = not condition or holds(
                condition, self.by_name, self.value
            )
        return self._shown[name]

    def _compute(self, name):
        try:
            tree = formula.parse(self.by_name[name].get("formula"))
            given = {"today": self.today, "zero": self.zero}
            value = formula.evaluate(tree, self._operand, given)
        except Fault as fault:
            self.faults[name] = fault.code
        except formula.FormulaError as error:
            self.faults[name] = error.code
        else:
            if value is not None and value != "":
                self.converted[name] = _stored(value)

    def _operand(self, name, column):
        """The value of a field as formulas take it."""
        field = self.by_name.get(name)
        if field is None:
            return None
        if column:
            rows = self.rows(name) if self._is_shown(name) else ()
            values = (answers._operand(column, None) for _index, answers in rows)
            return [value for value in values if value is not None]
        value = self.value(name)
        kind = answer_type(field)
        if kind == "boolean":
            return value is True
        if value is None or name in self.bad:
            return None
        if kind == "repeat":
            return [answers for _index, answers in self.rows(name)]
        return _computable(kind, value)


def local_day(moment):
    """The day in Vietnam of a moment as it is stored."""
    return (datetime.fromisoformat(moment) + VIETNAM).date()


def _computable(kind, value):
    if kind in NUMBERS:
        return Decimal(str(value))
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "datetime":
        return local_day(value)
    return value


def _stored(value):
    """A result in the normal form of form values."""
    if isinstance(value, Decimal):
        value = round(value, 9)
        return int(value) if value == int(value) else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
