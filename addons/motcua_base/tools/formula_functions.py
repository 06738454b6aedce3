"""Functions and operators of formulas (see ``formula``)."""

import operator
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .form_values import convert
from .text import money_words

# Results beyond these are no answer on any form: numbers below 10¹⁸, texts in
# characters.
MAX_NUMBER, MAX_TEXT = Decimal(10) ** 18, 500
SCALARS = ("number", "text", "date", "boolean")
KINDS = (*SCALARS, "list", "file", "rows")


class Fault(ValueError):
    """These values give no result: ``code`` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Function(NamedTuple):
    """``run`` gets the values of its arguments. A strict function is empty as soon as
    one of them is; a lazy one gets them as functions, to ask only for what it needs.
    Behind them it gets what it depends on besides (``given``: ``today``, ``zero``).

    ``signatures``: the kinds it takes, and the kind that they give. ``?`` marks what
    may be left out, ``...`` what may be repeated.
    """

    run: Callable
    signatures: tuple
    strict: bool = True
    lazy: bool = False
    given: str = ""


def result_kind(function, kinds):
    """The kind that a function gives for arguments of these kinds, None if it does not
    take them."""
    for takes, gives in FUNCTIONS[function].signatures:
        if _fits(takes, kinds):
            return gives
    return None


def _fits(takes, kinds):
    repeated = takes and takes[-1].endswith("...")
    least = sum(not kind.endswith("?") for kind in takes)
    if not least <= len(kinds) or (len(kinds) > len(takes) and not repeated):
        return False
    return all(
        kind in takes[min(index, len(takes) - 1)].rstrip("?.").split("|")
        for index, kind in enumerate(kinds)
    )


def _number(value):
    if abs(value) >= MAX_NUMBER:
        raise Fault("formula_size")
    return value


def _divided(run):
    def divide(left, right):
        if not right:
            raise Fault("formula_zero")
        return _number(run(left, right))

    return divide


def _compared(run):
    # What is empty is neither below nor above anything, as in conditions.
    return lambda left, right: None not in (left, right) and run(left, right)


def _flat(values):
    """Values and columns of values in one list, without what is empty."""
    flat = []
    for value in values:
        flat += value if isinstance(value, list) else [value]
    return [value for value in flat if value is not None]


def _sum(*values):
    return _number(sum(_flat(values), Decimal(0)))


def _average(*values):
    values = _flat(values)
    return _number(sum(values) / len(values)) if values else None


def _first(*values):
    for value in values:
        found = value()
        if is_filled(found):
            return found
    return None


def is_filled(value):
    """Whether there is a value; a text or list without content is none."""
    return value is not None and value not in ("", [])


def _join(parts):
    size = 0
    for part in parts:
        size += len(part)
        if size > MAX_TEXT:
            raise Fault("formula_size")
    return "".join(parts)


def _concat(*values):
    return _join([written(value) for value in values])


def _join_column(column, separator=", "):
    parts = []
    for value in column:
        parts += [separator, written(value)]
    return _join(parts[1:])


def written(value):
    """A value as people write it: a decimal comma, days as dd/mm/yyyy."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    return value


def _round(value, digits=Decimal(0)):
    if digits != int(digits) or abs(digits) > 9:
        raise Fault("formula_value")
    return _number(value.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


def _date(text):
    return date.fromisoformat(convert("date", text))


def _years(start, end):
    """Whole years, as an age is counted."""
    if end < start:
        return -_years(end, start)
    return Decimal(
        end.year - start.year - (end.timetuple()[1:3] < start.timetuple()[1:3])
    )


def _add_days(day, count):
    if count != int(count):
        raise Fault("formula_value")
    return day + timedelta(days=int(count))


def _add_months(day, count):
    if count != int(count):
        raise Fault("formula_value")
    year, month = divmod(day.year * 12 + day.month - 1 + int(count), 12)
    if not 1 <= year <= 9999:
        raise Fault("formula_size")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _money_words(amount, zero):
    return _join([money_words(amount, zero)])


def _same(*takes):
    """Signatures that take and give one kind, whichever it is."""
    return tuple(
        (tuple(kind.replace("T", scalar) for kind in takes), scalar)
        for scalar in SCALARS
    )


def _order(run):
    return Function(
        _compared(run),
        ((("number", "number"), "boolean"), (("date", "date"), "boolean")),
        strict=False,
    )


def _equality(run):
    pairs = tuple(((kind, kind), "boolean") for kind in SCALARS)
    return Function(run, pairs, strict=False)


def _extreme(run):
    return Function(
        lambda *values: run(_flat(values), default=None),
        (
            (("number|number*...",), "number"),
            (("date|date*...",), "date"),
        ),
        strict=False,
    )


_ANY = "|".join((*KINDS, *(f"{kind}*" for kind in KINDS)))
_WRITABLE = "number|text|date"

FUNCTIONS = {
    # operators
    "+": Function(
        lambda *values: _number(sum(values)), ((("number", "number..."), "number"),)
    ),
    "*": Function(
        lambda left, right: _number(left * right), ((("number", "number"), "number"),)
    ),
    "/": Function(_divided(operator.truediv), ((("number", "number"), "number"),)),
    "%": Function(_divided(operator.mod), ((("number", "number"), "number"),)),
    "unary -": Function(operator.neg, ((("number",), "number"),)),
    "=": _equality(operator.eq),
    "!=": _equality(operator.ne),
    "<": _order(operator.lt),
    "<=": _order(operator.le),
    ">": _order(operator.gt),
    ">=": _order(operator.ge),
    "and": Function(
        lambda *tests: all(test() for test in tests),
        ((("boolean", "boolean..."), "boolean"),),
        lazy=True,
    ),
    "or": Function(
        lambda *tests: any(test() for test in tests),
        ((("boolean", "boolean..."), "boolean"),),
        lazy=True,
    ),
    "not": Function(operator.not_, ((("boolean",), "boolean"),), strict=False),
    # choices
    "if": Function(
        lambda test, then, otherwise: then() if test() else otherwise(),
        _same("boolean", "T", "T"),
        lazy=True,
    ),
    "first": Function(_first, _same("T", "T..."), lazy=True),
    "filled": Function(is_filled, (((_ANY,), "boolean"),), strict=False),
    "contains": Function(
        lambda whole, part: part in whole, ((("text|list", "text"), "boolean"),)
    ),
    # numbers
    "abs": Function(abs, ((("number",), "number"),)),
    "round": Function(_round, ((("number", "number?"), "number"),)),
    "min": _extreme(min),
    "max": _extreme(max),
    "sum": Function(_sum, ((("number|number*...",), "number"),), strict=False),
    "average": Function(_average, ((("number|number*...",), "number"),), strict=False),
    "count": Function(
        lambda values: Decimal(len(values or ())),
        ((("rows|list|" + "|".join(f"{kind}*" for kind in SCALARS),), "number"),),
        strict=False,
    ),
    # texts
    "concat": Function(_concat, (((f"{_WRITABLE}...",), "text"),), strict=False),
    "join": Function(_join_column, ((("number*|text*|date*", "text?"), "text"),)),
    "upper": Function(lambda text: _join([text.upper()]), ((("text",), "text"),)),
    "lower": Function(lambda text: _join([text.lower()]), ((("text",), "text"),)),
    "length": Function(lambda text: Decimal(len(text)), ((("text",), "number"),)),
    "money_words": Function(_money_words, ((("number",), "text"),), given="zero"),
    # dates
    "today": Function(lambda today: today, (((), "date"),), given="today"),
    "date": Function(_date, ((("text",), "date"),)),
    "year": Function(lambda day: Decimal(day.year), ((("date",), "number"),)),
    "month": Function(lambda day: Decimal(day.month), ((("date",), "number"),)),
    "day": Function(lambda day: Decimal(day.day), ((("date",), "number"),)),
    "days_between": Function(
        lambda start, end: Decimal((end - start).days), ((("date", "date"), "number"),)
    ),
    "years_between": Function(_years, ((("date", "date"), "number"),)),
    "add_days": Function(_add_days, ((("date", "number"), "date"),)),
    "add_months": Function(_add_months, ((("date", "number"), "date"),)),
}
