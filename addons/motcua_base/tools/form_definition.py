"""Definitions of forms: are they sound, and what they are as Odoo Properties."""

import re

from .form_conditions import MEMBERSHIP, OPERATORS_OF, PRESENCE, operand, tests_of
from .form_values import CHOICES, DATES, TEXTS, TYPES, BadValue, convert
from .problem import Problem

# Names to use instead of a regular expression. They mean the same to Python and to the
# `pattern` attribute of a browser.
PATTERNS = {
    "digits": r"[0-9]+",
    "year": r"(18|19|20)[0-9]{2}",
    "passport": r"[A-Z]{1,2}[0-9]{6,8}",
    "plate": r"[0-9]{2}[A-Z]{1,2}[0-9]?-?[0-9]{3}\.?[0-9]{2}",
    "person_name": r'[^0-9_@#$%^&*+=<>\{\}\|\\\/\[\]"!?;:~`]+',
}
# What one pattern may cost: its length, the length of a value, and the number of ways
# to match it (10⁷ take some tenths of a second).
MAX_PATTERN, MAX_MATCHED, MAX_WAYS = 200, 200, 10**7

# As Odoo wants the names of properties; `_html` is a promise to sanitise.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}(?<!_html)")


def check_fields(fields):
    """What is wrong with a form's definition, as ``Problem(field, code, params)``.

    Codes: ``name``, ``duplicate``, ``label``, ``type``, ``filled_by``, ``options``,
    ``bound`` (not a bound for this type), ``min_max`` (min above max), ``pattern``
    (does not compile, or could take too long on some value), ``columns``; of conditions
    ``condition`` (not of the right shape), ``condition_field``, ``condition_op``,
    ``condition_value`` (params ``field``), ``circular``.
    """
    problems = []
    by_name = {}
    for field in fields:
        name = field.get("name") or ""
        if name in by_name:
            problems.append(Problem(name, "duplicate", {}))
        by_name[name] = field
        problems += [Problem(name, code, {}) for code in _codes(field)]
        problems += [
            problem._replace(field=f"{name}.{problem.field}")
            for problem in check_fields(field.get("columns") or ())
        ]
    sound = True
    for name, field in by_name.items():
        for key in ("visible_if", "required_if"):
            for problem in condition_problems(name, field.get(key), by_name):
                problems.append(problem)
                sound = sound and problem.code != "condition"
    if sound:
        problems += [Problem(name, "circular", {}) for name in _circular(by_name)]
    return problems


def compile_properties(fields):
    """The form as a definition of Odoo Properties (``odoo/orm/fields_properties.py``).

    Headings and changes of section become separators; files, notes and repeated rows
    are no properties. Amounts are ``float``: the web client takes integers only up to
    2³¹ − 1, which is little in đồng.
    """
    kinds = {
        **dict.fromkeys(TEXTS, "char"),
        "text": "text",
        "money": "float",
        "heading": "separator",
    }
    properties = []
    section = None
    for field in fields:
        if field.get("section") and field["section"] != section:
            section = field["section"]
            # No field name starts with an underscore, so the two cannot meet.
            properties.append(
                {
                    "name": f"_section_{len(properties)}",
                    "string": section,
                    "type": "separator",
                }
            )
        if field["type"] in ("file", "note", "repeat"):
            continue
        definition = {
            "name": field["name"],
            "string": field["label"],
            "type": kinds.get(field["type"], field["type"]),
        }
        if field["type"] == "selection":
            definition["selection"] = [list(option) for option in field["options"]]
        elif field["type"] == "tags":
            # The third is one of Odoo's twelve colours.
            definition["tags"] = [
                [key, label, index % 12]
                for index, (key, label) in enumerate(field["options"])
            ]
        properties.append(definition)
    return properties


def bound(field, key):
    """The ``min`` or ``max`` of a field in the form of what it bounds, None for none.

    :raises BadValue: not a bound for this type
    """
    limit = field.get(key)
    if limit is None or limit is False or limit == "":
        return None
    if field["type"] not in DATES:
        return convert("float" if field["type"] == "float" else "integer", limit)
    if limit == "today":
        return limit
    # A moment may be bounded by a day as well.
    return convert("date" if len(str(limit)) <= 10 else field["type"], limit)


def option_keys(field):
    """The keys of the options of a field."""
    return {str(option[0]) for option in field.get("options") or ()}


def _codes(field):
    """Codes of what is wrong with one field by itself."""
    kind = field.get("type")
    if not _NAME.fullmatch(field.get("name") or ""):
        yield "name"
    if not field.get("label"):
        yield "label"
    if field.get("filled_by") not in (None, False, "citizen", "officer"):
        yield "filled_by"
    if kind not in TYPES:
        yield "type"
        return
    if kind in CHOICES:
        options = field.get("options") or ()
        if (
            not options
            or len(option_keys(field)) < len(options)
            or not all(len(option) == 2 and option[0] for option in options)
        ):
            yield "options"
    columns = field.get("columns") or ()
    if (kind == "repeat") != bool(columns) or any(
        column.get("type") in ("repeat", "file") for column in columns
    ):
        yield "columns"
    if field.get("pattern") and (kind != "char" or not _is_safe(field["pattern"])):
        yield "pattern"
    try:
        low, high = bound(field, "min"), bound(field, "max")
    except BadValue:
        yield "bound"
    else:
        if not {None, "today"} & {low, high} and low > high:
            yield "min_max"


def condition_problems(name, condition, by_name):
    """What is wrong with one condition over the fields ``by_name``, as ``Problem(name,
    code, params)`` with the codes of ``check_fields``."""
    if not condition:
        return
    if (
        not isinstance(condition, dict)
        or not tests_of(condition)
        or not all(
            isinstance(test, dict) and {"field", "op"} <= test.keys()
            for test in tests_of(condition)
        )
    ):
        yield Problem(name, "condition", {})
        return
    for test in tests_of(condition):
        field = by_name.get(test["field"])
        params = {"field": test["field"]}
        if not field or field.get("type") not in TYPES:
            yield Problem(name, "condition_field", params)
        elif test["op"] not in OPERATORS_OF[field["type"]]:
            yield Problem(name, "condition_op", params)
        elif test["op"] not in PRESENCE and not _is_comparable(field, test):
            yield Problem(name, "condition_value", params)


def _is_comparable(field, test):
    """Whether the field can ever have the value it is compared with."""
    value = test.get("value")
    if test["op"] in MEMBERSHIP and not isinstance(value, (list, tuple)):
        return False
    try:
        operands = [
            operand(field, item)
            for item in (value if test["op"] in MEMBERSHIP else [value])
        ]
    except BadValue:
        return False
    return field["type"] not in CHOICES or option_keys(field).issuperset(operands)


def _circular(by_name):
    """Names of the fields whose visibility depends on itself."""

    def parents(name):
        tests = tests_of(by_name.get(name, {}).get("visible_if"))
        return {test["field"] for test in tests}

    for name in by_name:
        reached, ahead = set(), parents(name)
        while ahead:
            reached |= ahead
            ahead = set().union(*map(parents, ahead)) - reached
        if name in reached:
            yield name


def _is_safe(pattern):
    """Whether a pattern compiles and no value can keep it busy for long.

    Repeating a group can take exponential time, so only ``(…)?`` is allowed. Of the
    rest, each variable quantifier multiplies the ways to match by the repetitions it
    may try, each alternative by two.
    """
    if pattern in PATTERNS:
        return True
    if len(pattern) > MAX_PATTERN:
        return False
    try:
        re.compile(pattern)
    except (re.error, OverflowError):
        return False
    # An escape or a set is one sign; (?:…) is the only extension.
    plain = re.sub(r"\\.|\[\^?\]?(\\.|[^\]\\])*\]", "x", pattern).replace("(?:", "(")
    if "(?" in plain or re.search(r"\)[*+{]", plain):
        return False
    ways = 2 ** plain.count("|")
    for sign, least, most in re.findall(r"([*+?])|\{(\d*),(\d*)\}", plain):
        if sign == "?":
            ways *= 2
        elif sign:
            ways *= MAX_MATCHED
        else:
            span = min(int(most or MAX_MATCHED), MAX_MATCHED) - int(least or 0) + 1
            ways *= max(span, 1)
    return ways <= MAX_WAYS
