"""Workflows: whether a dossier can live through one, and which ways are open to it.

A step is a dict with ``key`` (whatever names it), ``name``, ``kind`` (``receive``,
``work`` or ``return``), ``can_finish`` and ``term_share`` (%). A way is a dict with
``from`` and ``to`` (keys), ``kind`` (``forward`` or ``return``), ``name`` and, on
forward ways, ``condition`` (as in ``form_conditions``, over the answers to the form).

Where the condition of a way holds, the dossier takes such a way: ways without a
condition, and ending the dossier at this step, are for when none of them holds.
"""

from .form_answers import Answers
from .form_conditions import holds
from .form_definition import condition_problems
from .problem import Problem


def holding(form, values, conditions):
    """Keys of the ``conditions`` (dict key -> condition) that hold for these answers.

    :param form: field specs as in ``tools.form``
    """
    answers = Answers(form, values)
    return {
        key
        for key, condition in conditions.items()
        if holds(condition, answers.by_name, answers.value)
    }


def is_condition(condition):
    """Whether this is a condition at all, whichever fields it asks; None is one."""
    if condition is None:
        return True
    found = condition_problems("", condition, {})
    return bool(condition) and all(problem.code != "condition" for problem in found)


def check(steps, ways):
    """Why no dossier could live through this workflow, as ``Problem(key of a step or
    None, code, params)``.

    Codes: ``receive``, ``return`` (not exactly one such step), ``finish`` (no step may
    finish); then, of a step, ``unreachable``, ``dead`` (leads to no end), ``circle``
    (forward ways come back to it), ``stuck`` (all ways on have a condition, and it may
    not finish); ``condition`` (params ``way``: cannot be read); ``share`` (params
    ``share``: what the steps on the longest way take, in % of the term).
    """
    problems = [
        Problem(None, kind, {})
        for kind in ("receive", "return")
        if sum(step["kind"] == kind for step in steps) != 1
    ]
    finishing = [step["key"] for step in steps if step["can_finish"]]
    if not finishing:
        problems.append(Problem(None, "finish", {}))
    if problems:
        return problems
    return [
        *_dead_ends(steps, ways, finishing),
        *_condition_problems(steps, ways),
        *_forward_problems(steps, ways),
    ]


def unapproved_ends(steps, ways, approving):
    """Keys of the steps that may finish a dossier and that it can reach without passing
    one of ``approving`` (keys), itself included: an end that nobody has approved."""
    forth = {}
    for way in _forward(ways):
        if way["from"] not in approving:
            forth.setdefault(way["from"], []).append(way["to"])
    first = [step["key"] for step in steps if step["kind"] == "receive"]
    reached = _reach(first, forth) - set(approving)
    return {step["key"] for step in steps if step["can_finish"]} & reached


def longest_share(steps, ways):
    """The largest sum of shares (%) along forward ways; None where they go in a circle.

    Steps that no dossier passes one after the other do not add up.
    """
    shares = {step["key"]: step["term_share"] for step in steps}
    sums = {}
    for key in _in_order(shares, ways) or ():
        before = [sums[way["from"]] for way in _forward(ways) if way["to"] == key]
        sums[key] = shares[key] + max(before, default=0)
    return max(sums.values(), default=0) if len(sums) == len(shares) else None


def _forward(ways):
    return [way for way in ways if way["kind"] == "forward"]


def _dead_ends(steps, ways, finishing):
    forth, back = {}, {}
    for way in ways:
        forth.setdefault(way["from"], []).append(way["to"])
        back.setdefault(way["to"], []).append(way["from"])
    first = [step["key"] for step in steps if step["kind"] == "receive"]
    begun, ending = _reach(first, forth), _reach(finishing, back)
    for step in steps:
        if step["kind"] == "return":
            continue
        if step["key"] not in begun:
            yield Problem(step["key"], "unreachable", {})
        if step["key"] not in ending:
            yield Problem(step["key"], "dead", {})


def _reach(starts, edges):
    seen, ahead = set(starts), list(starts)
    while ahead:
        new = set(edges.get(ahead.pop(), ())) - seen
        seen |= new
        ahead += new
    return seen


def _condition_problems(steps, ways):
    for step in steps:
        onward = [way for way in _forward(ways) if way["from"] == step["key"]]
        for way in onward:
            if not is_condition(way.get("condition")):
                yield Problem(step["key"], "condition", {"way": way["name"]})
        if onward and not step["can_finish"]:
            if all(way.get("condition") for way in onward):
                yield Problem(step["key"], "stuck", {})


def _forward_problems(steps, ways):
    keys = [step["key"] for step in steps]
    if _in_order(keys, ways) is None:
        forth = {}
        for way in _forward(ways):
            forth.setdefault(way["from"], []).append(way["to"])
        for key in keys:
            if key in _reach(forth.get(key, ()), forth):
                yield Problem(key, "circle", {})
        return
    share = longest_share(steps, ways)
    if share > 100:
        yield Problem(None, "share", {"share": share})


def _in_order(keys, ways):
    """``keys`` with every forward way leading onwards; None where they cannot be."""
    waiting = {key: 0 for key in keys}
    for way in _forward(ways):
        waiting[way["to"]] += 1
    order = [key for key in keys if not waiting[key]]
    for key in order:
        for way in _forward(ways):
            if way["from"] == key:
                waiting[way["to"]] -= 1
                if not waiting[way["to"]]:
                    order.append(way["to"])
    return order if len(order) == len(waiting) else None
