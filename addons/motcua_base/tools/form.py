"""Electronic forms: what is shown, what is required, what is wrong, what is stored.

The portal, the counter, RPC and import all use this module: the server decides, the
browser only helps. No sentence for people is made here; models translate the codes.

A form is a list of field specs, plain dicts with ``name``, ``label``, ``type`` (one of
``TYPES``) and, where they apply, ``required``, ``section``, ``options`` (``[[key,
label], ...]``), ``pattern`` (a regular expression or a name of ``PATTERNS``), ``min``,
``max``, ``visible_if``, ``required_if`` (see ``form_conditions``), ``filled_by``
(``citizen``, unless said otherwise, or ``officer``) and ``columns`` (specs of one row
of a ``repeat``).

- ``min`` and ``max`` bound a number, a date (an ISO one, or ``today``), the length of a
  text, the count of choices or rows. None, False and '' are no bound.
- Empty are None, False, blank text and an empty list. So a required ``boolean`` (a
  declaration to tick) must be true.
"""

import operator
import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from .form_conditions import OPERATORS, required_names, visible_names
from .form_definition import (
    MAX_MATCHED,
    PATTERNS,
    bound,
    check_fields,
    compile_properties,
    option_keys,
)
from .form_values import (
    DATES,
    DECORATIONS,
    MAX_CHAR,
    MAX_TEXT,
    NUMBERS,
    TEXTS,
    TYPES,
    convert_all,
    is_blank,
    is_empty,
)
from .problem import Problem

__all__ = [
    "OPERATORS",
    "PATTERNS",
    "TYPES",
    "Problem",
    "check_fields",
    "clean",
    "compile_properties",
    "required",
    "validate",
    "visible",
]


def visible(fields, values):
    """Names of the fields whose condition holds, headings and notes included."""
    return visible_names(fields, convert_all(fields, values)[0])


def required(fields, values):
    """Names of the visible fields that must be filled, given these values."""
    converted = convert_all(fields, values)[0]
    return required_names(fields, converted, visible_names(fields, converted))


def validate(fields, values, today=None, filled_by=None):
    """What is wrong with the values, as ``Problem(field, code, params)`` in form order.

    Codes: ``required``; ``type``, ``date``, ``id_number``, ``tax_code``, ``phone``,
    ``email`` (not such a value); ``min``, ``max``, ``too_short``, ``too_long``,
    ``too_few``, ``too_many``, ``past``, ``future`` (params ``limit``); ``pattern``,
    ``option``; ``unknown`` (no such field). The field of a problem in a row is named
    ``children.0.name``. Values of hidden fields are not looked at.

    :param today: local date that ``today`` bounds mean; that of Vietnam where not given
    :param filled_by: look only at what this party fills in
    """
    today = today or datetime.now(timezone(timedelta(hours=7))).date()
    converted, bad = convert_all(fields, values)
    shown = visible_names(fields, converted)
    wanted = required_names(fields, converted, shown)
    problems = []
    for field in fields:
        name = field["name"]
        if name not in shown or not _is_for(field, filled_by):
            continue
        if name in bad:
            problems.append(Problem(name, bad[name].code, bad[name].params))
        elif name in converted:
            problems += _value_problems(field, converted[name], today)
        elif name in wanted:
            problems.append(Problem(name, "required", {}))
    names = {field["name"] for field in fields if field["type"] not in DECORATIONS}
    problems += [
        Problem(name, "unknown", {})
        for name, value in values.items()
        if name not in names and not is_empty(value)
    ]
    return problems


def clean(fields, values, filled_by=None):
    """The values to store, each in its normal form (see ``form_values.convert``),
    without what is empty, hidden or unknown. What is wrong stays, for ``validate`` to
    name.

    :param filled_by: keep only what this party fills in. A citizen's page must say
        ``citizen``, or a crafted request could fill in what officers decide
    """
    converted, bad = convert_all(fields, values)
    shown = visible_names(fields, converted)
    result = {}
    for field in fields:
        name = field["name"]
        if name not in converted or name not in shown or not _is_for(field, filled_by):
            continue
        value = converted[name]
        if field["type"] == "repeat" and name not in bad:
            rows = (clean(field["columns"], row) for row in value)
            value = [row for row in rows if row]
        if not is_empty(value):
            result[name] = value
    return result


def _is_for(field, filled_by):
    return not filled_by or (field.get("filled_by") or "citizen") == filled_by


def _value_problems(field, value, today):
    """Problems of a converted value with the rules of its field."""
    name, kind = field["name"], field["type"]
    if kind in DATES:
        yield from _date_problems(field, value, today)
        return
    yield from _size_problems(field, value)
    if kind == "char" and field.get("pattern"):
        # Longer values would cost more than the pattern was judged by.
        if len(value) > MAX_MATCHED:
            yield Problem(name, "too_long", {"limit": MAX_MATCHED})
        elif not _compiled(field["pattern"]).fullmatch(value):
            yield Problem(name, "pattern", {})
    elif kind == "selection" and value not in option_keys(field):
        yield Problem(name, "option", {})
    elif kind == "tags" and not option_keys(field).issuperset(value):
        yield Problem(name, "option", {})
    elif kind == "repeat":
        for index, row in enumerate(value):
            if not is_blank(row):
                for problem in validate(field["columns"], row, today):
                    yield problem._replace(field=f"{name}.{index}.{problem.field}")


def _size_problems(field, value):
    kind = field["type"]
    low, high = bound(field, "min"), bound(field, "max")
    if kind in NUMBERS:
        size, too_low, too_high = value, "min", "max"
    elif kind in TEXTS:
        size, too_low, too_high = len(value), "too_short", "too_long"
        longest = MAX_TEXT if kind == "text" else MAX_CHAR
        high = min(high or longest, longest)
    elif kind in ("tags", "repeat"):
        # Tags are texts, rows dicts: a row that was left blank is not counted.
        size = sum(not isinstance(item, dict) or not is_blank(item) for item in value)
        too_low, too_high = "too_few", "too_many"
    else:
        return
    if low is not None and size < low:
        yield Problem(field["name"], too_low, {"limit": low})
    if high is not None and size > high:
        yield Problem(field["name"], too_high, {"limit": high})


def _date_problems(field, value, today):
    for key, beyond, today_code in (
        ("min", operator.lt, "past"),
        ("max", operator.gt, "future"),
    ):
        limit, code = bound(field, key), key
        if limit is None:
            continue
        if limit == "today":
            limit, code = today.isoformat(), today_code
        # A moment keeps within a bound given as a day until that day is over.
        if beyond(value[: len(limit)], limit):
            yield Problem(field["name"], code, {"limit": limit})


@lru_cache(maxsize=1024)
def _compiled(pattern):
    return re.compile(PATTERNS.get(pattern, pattern))
