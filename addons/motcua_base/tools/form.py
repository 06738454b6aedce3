"""Electronic forms: what is shown, what is required, what is wrong, what is stored.

The portal, the counter, RPC and import all use this module: the server decides, the
browser only helps. No sentence for people is made here; models translate the codes.

A form is a list of field specs, plain dicts with ``name``, ``label``, ``type`` (one of
``TYPES``) and, where they apply, ``required``, ``section``, ``options`` (``[[key,
label], ...]``), ``pattern`` (a regular expression or a name of ``PATTERNS``), ``min``,
``max``, ``visible_if``, ``required_if`` (see ``form_conditions``), ``filled_by``
(``citizen``, unless said otherwise, or ``officer``), ``before_stage`` (of an officer's
field: the stage before which it must be filled), ``formula`` (see ``formula``) with
``result`` (the type of its results) and ``columns`` (specs of one row of a ``repeat``).

- ``min`` and ``max`` bound a number, a date (an ISO one, or ``today``), the length of a
  text, the count of choices or rows. None, False and '' are no bound.
- A ``computed`` field always has the value that its formula gives; what is sent for it
  is not looked at. In a row, a formula knows the columns of its row.
- A ``datetime`` is in UTC, as Odoo stores it; days are days in Vietnam.
- Empty are None, False, blank text and an empty list. So a required ``boolean`` (a
  declaration to tick) must be true.
"""

import operator
import re
from functools import lru_cache

from . import number
from .form_answers import Answers, local_day, today_in_vietnam
from .form_conditions import OPERATORS
from .form_definition import (
    MAX_MATCHED,
    PATTERNS,
    bound,
    check_fields,
    compile_properties,
    option_keys,
    with_results,
)
from .form_values import (
    DATES,
    MAX_CHAR,
    MAX_TEXT,
    NUMBERS,
    TEXTS,
    TYPES,
    BadValue,
    answer_type,
    convert,
    is_blank,
    is_empty,
)
from .problem import Problem

__all__ = [
    "OPERATORS",
    "PATTERNS",
    "TYPES",
    "Problem",
    "accepts",
    "check_fields",
    "clean",
    "compile_properties",
    "computed",
    "examine",
    "missing_before",
    "required",
    "settle",
    "validate",
    "visible",
    "with_results",
]


def visible(fields, values, today=None):
    """Names of the fields whose condition holds, headings and notes included."""
    return Answers(fields, values, today).shown


def required(fields, values, today=None):
    """Names of the visible fields that must be filled, given these values."""
    return Answers(fields, values, today).required()


def computed(fields, values, today=None, zero="linh"):
    """Values of the computed fields shown, by name (``children.0.name`` in rows).

    :param zero: how formulas say numbers in words, as in ``text.number_words``
    """
    answers = Answers(fields, values, today, zero)
    return dict(_computed(answers))


def validate(fields, values, today=None, filled_by=None, zero="linh"):
    """What is wrong with the values, as ``Problem(field, code, params)`` in form order.

    Codes: ``required``; ``type``, ``date``, ``id_number``, ``tax_code``, ``phone``,
    ``email`` (not such a value); ``min``, ``max``, ``too_short``, ``too_long``,
    ``too_few``, ``too_many``, ``past``, ``future`` (params ``limit``); ``pattern``,
    ``option``; ``unknown`` (no such field); of computed fields those of
    ``formula.evaluate``. The field of a problem in a row is named ``children.0.name``.
    Values of hidden fields are not looked at.

    :param today: local date that ``today`` means; that of Vietnam where not given
    :param filled_by: look only at what this party fills in
    :param zero: as in ``computed``
    """
    return list(_problems(Answers(fields, values, today, zero), filled_by))


def examine(fields, values, today=None, filled_by=None, zero="linh"):
    """All that a screen wants to know at once: dict with the answers of ``visible``,
    ``required``, ``computed`` and ``validate``, the last as ``problems``, and as
    ``understood`` what was typed as a number and how it was read, by name."""
    answers = Answers(fields, values, today, zero)
    return {
        "visible": answers.shown,
        "required": answers.required(),
        "computed": dict(_computed(answers)),
        "understood": dict(_understood(answers)),
        "problems": list(_problems(answers, filled_by)),
    }


def clean(fields, values, filled_by=None, today=None, zero="linh"):
    """The values to store, each in its normal form (see ``form_values.convert``),
    computed ones included, without what is empty, hidden or unknown. What is wrong
    stays, for ``validate`` to name.

    :param filled_by: keep only what this party fills in, and what is computed. A
        citizen's page must say ``citizen``, or a crafted request could fill in what
        officers decide
    :param zero: as in ``computed``
    """
    return _clean(Answers(fields, values, today, zero), filled_by)


def settle(fields, values):
    """The fields of a form whose computed answers stand as they are, since somebody has
    decided on them: each that has one becomes a field of the type of its answer."""
    return [_settled(field, values) for field in fields]


def missing_before(fields, values, stages=None, today=None):
    """Names of the officers' fields that must be filled by now, and are not.

    :param stages: those that the dossier is about to reach; a field names its own as
        ``before_stage``. None: the result is next, which waits for all of these and
        for what is required anyway
    """
    answers = Answers(fields, values, today)
    wanted = answers.required() if stages is None else set()
    return [
        field["name"]
        for field in fields
        if field.get("filled_by") == "officer"
        and field["name"] in answers.shown
        and field["name"] not in answers.converted
        and (
            field["name"] in wanted
            or field.get("before_stage")
            and (stages is None or field["before_stage"] in stages)
        )
    ]


def accepts(field, value, today=None):
    """Whether a value would be right for this field."""
    try:
        value = convert(field["type"], value)
    except (BadValue, KeyError):
        return False
    return not is_empty(value) and not any(
        _value_problems(field, value, today or today_in_vietnam())
    )


def _settled(field, values):
    answer = values.get(field["name"])
    if field["type"] == "repeat":
        known = {
            name: value
            for row in answer or ()
            for name, value in row.items()
            if not is_empty(value)
        }
        return {**field, "columns": settle(field.get("columns") or (), known)}
    if field["type"] == "computed" and not is_empty(answer):
        return {**field, "type": answer_type(field)}
    return field


def _understood(answers):
    for field in answers.fields:
        name = field["name"]
        if name not in answers.converted or name in answers.bad:
            continue
        if field["type"] in NUMBERS:
            said = number.understood(field, answers.converted[name], answers.zero)
            yield name, [answers.values.get(name), said]
        elif field["type"] == "repeat":
            for index, row in answers.rows(name):
                for column, said in _understood(row):
                    yield f"{name}.{index}.{column}", said


def _computed(answers):
    for field in answers.fields:
        name = field["name"]
        if name not in answers.shown:
            continue
        if field["type"] == "computed":
            yield name, answers.converted.get(name)
        elif field["type"] == "repeat":
            for index, row in answers.rows(name):
                for column, value in _computed(row):
                    yield f"{name}.{index}.{column}", value


def _problems(answers, filled_by):
    wanted = answers.required()
    for field in answers.fields:
        name = field["name"]
        if name not in answers.shown or not _is_for(field, filled_by):
            continue
        if name in answers.bad:
            problem = answers.bad[name]
            yield Problem(name, problem.code, problem.params)
        elif name in answers.faults:
            yield Problem(name, answers.faults[name], {})
        elif name in answers.converted:
            yield from _value_problems(field, answers.converted[name], answers.today)
            if field["type"] == "repeat":
                for index, row in answers.rows(name):
                    for problem in _problems(row, None):
                        yield problem._replace(field=f"{name}.{index}.{problem.field}")
        elif name in wanted:
            yield Problem(name, "required", {})
    for name in answers.unknown:
        yield Problem(name, "unknown", {})


def _clean(answers, filled_by):
    result = {}
    for field in answers.fields:
        name = field["name"]
        if (
            name not in answers.converted
            or name not in answers.shown
            or not (_is_for(field, filled_by) or field["type"] == "computed")
        ):
            continue
        value = answers.converted[name]
        if field["type"] == "repeat" and name not in answers.bad:
            rows = (_clean(row, None) for _index, row in answers.rows(name))
            value = [row for row in rows if row]
        if not is_empty(value):
            result[name] = value
    return result


def _is_for(field, filled_by):
    return not filled_by or (field.get("filled_by") or "citizen") == filled_by


def _value_problems(field, value, today):
    """Problems of a converted value with the rules of its field."""
    name, kind = field["name"], answer_type(field)
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


def _size_problems(field, value):
    kind = answer_type(field)
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
        if len(limit) < len(value):
            value = local_day(value).isoformat()
        if beyond(value, limit):
            yield Problem(field["name"], code, {"limit": limit})


@lru_cache(maxsize=1024)
def _compiled(pattern):
    return re.compile(PATTERNS.get(pattern, pattern))
