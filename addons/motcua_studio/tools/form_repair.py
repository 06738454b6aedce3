"""A form that is still being drawn, made fit to be shown."""

# What to leave out of a field when a check (``form.check_fields``) finds it wrong.
_FAULTY = {
    "bound": ("min", "max"),
    "min_max": ("min", "max"),
    "pattern": ("pattern",),
    "circular": ("visible_if",),
    "chain": ("visible_if", "formula"),
    "formula": ("formula",),
    "before_stage": ("before_stage",),
    "prefill": ("prefill",),
    **dict.fromkeys(
        ("condition", "condition_field", "condition_op", "condition_value"),
        ("visible_if", "required_if"),
    ),
}


def repaired(fields, problems):
    """The fields without the properties that the check found wrong, so that the rest
    can be tried out meanwhile.

    :param fields: list of field specs
    :param problems: what ``form.check_fields`` says of them
    """
    faulty = {}
    for problem in problems:
        code = "formula" if problem.code.startswith("formula_") else problem.code
        faulty.setdefault(problem.field, set()).update(_FAULTY.get(code, ()))
    return [_without(field, field["name"], faulty) for field in fields]


def _without(field, path, faulty):
    sound = {
        key: value for key, value in field.items() if key not in faulty.get(path, ())
    }
    if field["type"] == "repeat":
        sound["columns"] = [
            _without(column, f"{path}.{column['name']}", faulty)
            for column in field.get("columns") or ()
        ]
    return sound
