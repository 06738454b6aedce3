"""Moving a dossier from one version of its procedure to another: which answers and
papers find their place there, and which would be lost."""

from .form_values import (
    CHOICES,
    DECORATIONS,
    TEXTS,
    BadValue,
    answer_type,
    convert,
    is_blank,
    is_empty,
)
from .problem import Problem


def move_answers(old_fields, new_fields, values, keep_computed=False):
    """The answers to one form as answers to another, and those that have no place.

    Fields are matched by their technical names; labels may differ. A value that another
    type can hold changes its kind (a text of digits becomes a number, a choice the text
    that was offered); nothing is ever cut, rounded or guessed.

    :param old_fields: specs of the form that was filled in (see ``tools.form``)
    :param new_fields: specs of the form to move to
    :param values: dict of answers by technical name, lists of rows included
    :param keep_computed: what was computed stays as it is, since it was approved; else
        it is left out, to be computed anew
    :return: ``(moved, lost)``: the answers to store, and ``Problem(field, code, {})``
        with code ``no_field`` or ``no_fit``; the field of a column is
        ``section.column``
    """
    old = {field["name"]: field for field in old_fields}
    new = {field["name"]: field for field in new_fields}
    moved, lost = {}, []
    for name, value in values.items():
        source, target = old.get(name, {}), new.get(name)
        if (
            source.get("type") == "computed"
            and (target or source)["type"] == "computed"
        ):
            if not keep_computed or is_empty(value):
                continue  # computed anew, if anybody still asks
            if target and answer_type(target) == answer_type(source):
                moved[name] = value
            else:
                lost.append(Problem(name, "no_fit" if target else "no_field", {}))
        elif target is None or target["type"] in (*DECORATIONS, "computed"):
            if not is_empty(value):
                lost.append(Problem(name, "no_field", {}))
        elif is_empty(value):
            moved[name] = value
        elif source.get("type") == target["type"] == "repeat":
            moved[name], missing = _move_rows(source, target, value, keep_computed)
            lost += missing
        else:
            try:
                moved[name] = _fit(source, target, value)
            except BadValue:
                lost.append(Problem(name, "no_fit", {}))
    return moved, lost


def match_papers(old, new):
    """Which wanted paper of another version each wanted paper is: that with the same
    code or, where one of the two has none, with the same name. What was an identity
    paper stays one: who may open it depends on that.

    :param old, new: dicts ``{"id", "code", "name", "kind"}``
    :return: dict old id -> new id
    """
    by_code = {paper["code"]: paper for paper in reversed(new) if paper["code"]}
    by_name = {same(paper["name"]): paper for paper in reversed(new)}
    pairs = {}
    for paper in old:
        found = by_code.get(paper["code"])
        if not found:
            found = by_name.get(same(paper["name"]))
            if found and found["code"] and paper["code"]:
                found = None
        if found and _is_identity(found) == _is_identity(paper):
            pairs[paper["id"]] = found["id"]
    return pairs


def same(name):
    """A name by which two things of different versions are held to be the same."""
    return " ".join((name or "").casefold().split())


def _is_identity(paper):
    return paper["kind"] == "identity"


def _move_rows(source, target, rows, keep_computed):
    moved, lost = [], []
    for row in rows:
        values, missing = move_answers(
            source["columns"], target["columns"], row, keep_computed
        )
        lost += [
            problem._replace(field=f"{target['name']}.{problem.field}")
            for problem in missing
        ]
        if not is_blank(values) or is_blank(row):
            moved.append(values)
    # Each column once, however many rows have it.
    return moved, list(
        {(problem.field, problem.code): problem for problem in lost}.values()
    )


def _fit(source, target, value):
    """The value as one of ``target``.

    :raises BadValue: it is none, or would lose something
    """
    kind = target["type"]
    if source.get("type") == kind and kind not in CHOICES:
        return value
    if source.get("type") == "selection" and kind in TEXTS:
        labels = {str(key): label for key, label in source.get("options") or ()}
        value = labels.get(str(value), value)
    fitting = convert(kind, value)
    if kind in CHOICES:
        keys = {str(key) for key, _label in target.get("options") or ()}
        chosen = fitting if kind == "tags" else [fitting]
        if not keys.issuperset(chosen):
            raise BadValue("option")
    if kind == "char" and "\n" in str(value).strip():
        raise BadValue("type")
    return fitting
