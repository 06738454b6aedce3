"""Conditions of form fields: ``{"all": [test, ...]}`` or ``{"any": [test, ...]}``.

A test is ``{"field": name, "op": one of OPERATORS, "value": ...}``. A hidden field
counts as empty, so that what depends on it hides with it; an empty field is neither
below nor above anything.
"""

import operator

from .form_values import (
    DATES,
    DECORATIONS,
    NUMBERS,
    TEXTS,
    BadValue,
    answer_type,
    convert,
    is_empty,
)

_ORDER = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EQUALITY = ("=", "!=")
MEMBERSHIP = ("in", "not in")
PRESENCE = ("filled", "empty")
OPERATORS = (*_EQUALITY, *_ORDER, *MEMBERSHIP, *PRESENCE, "contains")
# What can sensibly be asked of each type.
OPERATORS_OF = {
    **dict.fromkeys(TEXTS, (*_EQUALITY, *MEMBERSHIP, *PRESENCE, "contains")),
    **dict.fromkeys(NUMBERS + DATES, (*_EQUALITY, *_ORDER, *MEMBERSHIP, *PRESENCE)),
    **dict.fromkeys(DECORATIONS, ()),
    "boolean": (*_EQUALITY, *PRESENCE),
    "selection": (*_EQUALITY, *MEMBERSHIP, *PRESENCE),
    "tags": ("contains", *PRESENCE),
    "file": PRESENCE,
    "repeat": PRESENCE,
}


def tests_of(condition):
    """The tests of a condition, whatever joins them."""
    return (condition or {}).get("any") or (condition or {}).get("all") or ()


def holds(condition, by_name, value_of):
    """Whether a condition holds; an empty one does.

    :param by_name: field specs by name
    :param value_of: gives the converted value of a field, None where empty or hidden
    """
    join = any if (condition or {}).get("any") else all
    return join(_passes(test, by_name, value_of) for test in tests_of(condition))


def operand(field, value):
    """What a test compares with, in the normal form of the field it looks at.

    :raises BadValue: not a value of that type
    """
    # Part of a number or of an address is searched for as it stands.
    kind = answer_type(field)
    return convert("char" if kind in (*TEXTS, "tags") else kind, value)


def _passes(test, by_name, value_of):
    op, value = test["op"], value_of(test["field"])
    if op in PRESENCE:
        return is_empty(value) == (op == "empty")
    field = by_name.get(test["field"])
    if field is None:
        return False
    if answer_type(field) == "boolean":
        value = bool(value)
    given = test.get("value")
    try:
        wanted = [
            operand(field, item) for item in (given if op in MEMBERSHIP else [given])
        ]
        if op in ("=", "in"):
            return value in wanted
        if op in ("!=", "not in"):
            return value not in wanted
        if op == "contains":
            return wanted[0] in value
        return _ORDER[op](value, wanted[0])
    except (BadValue, TypeError):
        # Nothing was filled in, or something that is not of the field's type.
        return False
