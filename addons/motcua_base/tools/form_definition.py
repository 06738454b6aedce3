"""Definitions of forms: are they sound, and what they are as Odoo Properties."""

import re
from functools import lru_cache

from . import formula
from .form_conditions import MEMBERSHIP, OPERATORS_OF, PRESENCE, operand, tests_of
from .form_values import (
    CHOICES,
    DATES,
    NUMBERS,
    TEXTS,
    TYPES,
    BadValue,
    answer_type,
    convert,
)
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

# How many fields may hang on one another in a row, by conditions and formulas.
MAX_CHAIN = 20

# Kinds of values in formulas, and what comes out of them as a type of answers.
_KINDS = {
    **dict.fromkeys((*TEXTS, "selection"), "text"),
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys(DATES, "date"),
    "boolean": "boolean",
    "tags": "list",
    "file": "file",
}
_RESULTS = {"number": "float", "text": "char", "date": "date", "boolean": "boolean"}
# What can be found in an earlier dossier and shown at once.
PREFILLED = (*TEXTS, *NUMBERS, *DATES, *CHOICES)

# As Odoo wants the names of properties; `_html` is a promise to sanitise.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}(?<!_html)")


def check_fields(fields):
    """What is wrong with a form's definition, as ``Problem(field, code, params)``.

    Codes: ``name``, ``duplicate``, ``label``, ``type``, ``filled_by``, ``options``,
    ``bound`` (not a bound for this type), ``min_max`` (min above max), ``pattern``
    (does not compile, or could take too long on some value), ``columns``; of conditions
    ``condition`` (not of the right shape), ``condition_field``, ``condition_op``,
    ``condition_value`` (params ``field``; of choices ``found`` and ``right``),
    ``circular``, ``chain`` (hangs on a chain of more fields than ``limit``); of
    formulas those of ``formula.FormulaError``, ``formula_result`` (gives nothing that
    can be shown) and ``formula_choice`` (params ``field``, ``found``, ``right``:
    compares a choice with what is none of its keys); ``before_stage`` (only officers
    fill in what a stage waits for), ``prefill`` (this type cannot be prefilled).
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
    problems += _formula_problems(fields)
    sound = True
    for name, field in by_name.items():
        for key in ("visible_if", "required_if"):
            for problem in condition_problems(name, field.get(key), by_name):
                problems.append(problem)
                sound = sound and problem.code != "condition"
    if sound:
        circles = [Problem(name, "circular", {}) for name in _circular(by_name)]
        problems += circles or [
            Problem(name, "chain", {"limit": MAX_CHAIN}) for name in _chained(by_name)
        ]
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
            "type": kinds.get(answer_type(field), answer_type(field)),
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
    read = _bound_as_text if isinstance(limit, str) else _bound
    return read(answer_type(field), limit)


def _bound(kind, limit):
    if kind not in DATES:
        return convert("float" if kind == "float" else "integer", limit)
    if limit == "today":
        return limit
    # A moment may be bounded by a day as well.
    return convert("date" if len(str(limit)) <= 10 else kind, limit)


# Texts are how forms keep their bounds: read once, not again for every answer.
_bound_as_text = lru_cache(maxsize=1024)(_bound)


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
    if field.get("before_stage") and field.get("filled_by") != "officer":
        yield "before_stage"
    if field.get("prefill") == "earlier" and kind not in PREFILLED:
        yield "prefill"
    if field.get("pattern") and (kind != "char" or not _is_safe(field["pattern"])):
        yield "pattern"
    try:
        low, high = bound(field, "min"), bound(field, "max")
    except BadValue:
        yield "bound"
    else:
        if not {None, "today"} & {low, high} and low > high:
            yield "min_max"


def with_results(fields):
    """The form with the type of its results (``result``) at each computed field whose
    formula is sound."""
    kinds, _errors = _kinds(fields)
    return [
        {
            **field,
            **(
                {"columns": with_results(field["columns"])}
                if "columns" in field
                else {}
            ),
            **(
                {"result": _RESULTS[kinds[field["name"]]]}
                if field["type"] == "computed" and kinds.get(field["name"]) in _RESULTS
                else {}
            ),
        }
        for field in fields
    ]


def _formula_problems(fields):
    kinds, errors = _kinds(fields)
    for name, error in errors.items():
        yield Problem(name, error.code, error.params)
    for field in fields:
        name = field.get("name")
        known = field.get("type") == "computed" and kinds.get(name)
        if known and known not in _RESULTS:
            yield Problem(name, "formula_result", {})
        if known:
            yield from _choice_problems(field, fields)


def _choice_problems(computed, fields):
    """Comparisons in a formula that can never be true: with the label of a choice, or
    with what is no choice at all."""
    by_name = {field.get("name"): field for field in fields}
    for name, text in formula.compared_texts(formula.parse(computed["formula"])):
        field = by_name.get(name.name) or {}
        if name.column:
            columns = {column["name"]: column for column in field.get("columns") or ()}
            field = columns.get(name.column) or {}
        if field.get("type") in CHOICES and text.value not in option_keys(field):
            params = {"field": field["name"], **_impossible(field, text.value)}
            yield Problem(computed["name"], "formula_choice", params)


def _impossible(field, value):
    """What is said of a value that is no key of a field's choices: ``found``, and
    ``right``, the key that is meant or, where that is not certain, all of them."""
    keys = [
        str(key)
        for key, label in field.get("options") or ()
        if str(label).strip().casefold() == str(value).strip().casefold()
    ]
    right = keys if len(keys) == 1 else sorted(option_keys(field))
    return {"found": value, "right": ", ".join(right)}


def _kinds(fields):
    """Kind of each field by name, as ``formula.kind_of`` wants it, and FormulaError by
    name of a computed field. What depends on something unsound has no kind."""
    kinds, errors, ahead = {}, {}, {}
    for field in fields:
        if field.get("type") == "computed":
            ahead[field.get("name")] = field
        elif field.get("type") == "repeat":
            kinds[field.get("name")], _errors = _kinds(field.get("columns") or ())
        elif field.get("type") in _KINDS:
            kinds[field.get("name")] = _KINDS[field["type"]]
    while ahead:
        ready = [name for name in ahead if not _operands(ahead[name]) & ahead.keys()]
        if not ready:  # the rest goes in a circle, which is told by itself
            break
        for name in ready:
            field = ahead.pop(name)
            try:
                tree = formula.parse(field.get("formula"))
                if not errors.keys() & formula.names(tree):
                    kinds[name] = formula.kind_of(tree, kinds)
            except formula.FormulaError as error:
                errors[name] = error
    return kinds, errors


def _operands(field):
    """Names of the fields that a computed field is computed from."""
    if field.get("type") != "computed":
        return set()
    try:
        return formula.names(formula.parse(field.get("formula")))
    except formula.FormulaError:
        return set()


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
        elif test["op"] not in OPERATORS_OF[answer_type(field)]:
            yield Problem(name, "condition_op", params)
        elif test["op"] not in PRESENCE and not _is_comparable(field, test):
            yield Problem(name, "condition_value", {**params, **_found(field, test)})


def _found(field, test):
    """The first value in a test that is no key of the choices, as ``_impossible``."""
    value = test.get("value")
    for item in value if isinstance(value, (list, tuple)) else [value]:
        if field["type"] in CHOICES and str(item) not in option_keys(field):
            return _impossible(field, item)
    return {}


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
    """Names of the fields whose visibility or value depends on itself."""
    parents = _parents(by_name)
    for name in by_name:
        reached, ahead = set(), parents[name]
        while ahead:
            reached |= ahead
            ahead = set().union(*(parents.get(n, ()) for n in ahead)) - reached
        if name in reached:
            yield name


def _chained(by_name):
    """Names of the fields on which more than ``MAX_CHAIN`` others hang in a row, or
    which hang on so many: computing them would go that deep."""
    parents = _parents(by_name)
    deep = list(by_name)
    for _link in range(MAX_CHAIN + 1):
        still = set(deep)
        deep = [name for name in deep if parents[name] & still]
    return deep


def _parents(by_name):
    """dict name of a field -> names that its visibility and its value depend on."""
    return {
        name: {test["field"] for test in tests_of(field.get("visible_if"))}
        | _operands(field)
        for name, field in by_name.items()
    }


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
