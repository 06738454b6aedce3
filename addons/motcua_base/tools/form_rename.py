"""New technical names of fields and new keys of choices, said wherever a formula or a
condition means them: never in texts that only look alike, never in names of functions.
"""

import re
from typing import NamedTuple

from . import formula as formulas

_COLUMN = re.compile(r"(\w+)(\s*\.\s*)(\w+)", re.ASCII)


class Renaming(NamedTuple):
    """Technical names before -> after; and by the name before of the field whose
    choices they are, keys before -> after."""

    names: dict
    keys: dict

    def name(self, name):
        return self.names.get(name, name)

    def key(self, field, key):
        # Of a condition anything may have been written.
        return self.keys.get(field, {}).get(key, key) if isinstance(key, str) else key


def keys_renamed(before, after):
    """The keys of choices that are others now, though they say the same.

    :param before, after: the choices as ``(key, label)`` pairs
    :return: dict key before -> key after
    """
    kept = {key for key, _label in before} & {key for key, _label in after}
    gone = [pair for pair in before if pair[0] not in kept]
    come = [pair for pair in after if pair[0] not in kept]
    labels = [label for _key, label in (*gone, *come)]
    new = {label: key for key, label in come}
    # A label that stands twice on one side says nothing.
    return {
        key: new[label]
        for key, label in gone
        if label in new and labels.count(label) == 2
    }


def in_formula(formula, renaming):
    """The formula with the new names; one that cannot be read stays as it is."""
    try:
        tree = formulas.parse(formula)
    except formulas.FormulaError:
        return formula
    changes = {}
    for name in formulas.named(tree):
        start = name.at - 1
        if name.column:
            match = _COLUMN.match(formula, start)
            changes[start, match.end(1)] = renaming.name(name.name)
            changes[match.start(3), match.end()] = renaming.name(name.column)
        else:
            changes[start, start + len(name.name)] = renaming.name(name.name)
    for name, text in formulas.compared_texts(tree):
        key = renaming.key(name.column or name.name, text.value)
        start = text.at - 1
        quotes = [quote for quote in (formula[start], *"\"'") if quote not in key]
        # A key with both kinds of quotes can be said in no formula: the check says so.
        if key != text.value and quotes:
            quote = quotes[0]
            changes[start, start + len(text.value) + 2] = f"{quote}{key}{quote}"
    for (start, end), said in sorted(changes.items(), reverse=True):
        formula = formula[:start] + said + formula[end:]
    return formula


def in_condition(condition, renaming):
    """The condition (``{"all": [test, ...]}``) with the new names."""
    return {
        joined: [_in_test(test, renaming) for test in tests]
        if isinstance(tests, list)
        else tests
        for joined, tests in condition.items()
    }


def _in_test(test, renaming):
    if not isinstance(test, dict) or not isinstance(test.get("field"), str):
        return test
    field, value = test["field"], test.get("value")
    renamed = {**test, "field": renaming.name(field)}
    if isinstance(value, list):
        renamed["value"] = [renaming.key(field, key) for key in value]
    elif "value" in test:
        renamed["value"] = renaming.key(field, value)
    return renamed
