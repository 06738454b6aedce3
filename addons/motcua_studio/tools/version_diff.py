"""What changed between two versions of a procedure.

A version is a dict of sections (``form``, ``papers``, …), each a list of entries:
``{"key": identity, "name": what people call it, "values": {attribute: words}}``. All
values are words as people read them, '' where there is nothing to say.

Entries of the same key are the same thing. In the sections named in ``renamed`` an
entry that has lost its key is looked for among the new ones by its name, so that a new
wording shows as such and not as something removed and something added. (Not so in the
form: a field with another technical name is another field to the dossiers.)

The order of entries is not compared: it changes what people see, not what they owe.
"""

from typing import NamedTuple

# From this likeness on two names are one thing reworded.
ALIKE = 0.5


class Change(NamedTuple):
    """One entry that differs. ``kind`` is ``added``, ``removed`` or ``changed``.

    ``name`` is the present name, that of the older version where it was removed, and
    ``values`` is a tuple of ``(attribute, before, after)``, of which ``before`` and
    ``after`` differ; all there is to say where the entry was added or removed. A new
    wording of the name itself is the attribute ``name``.
    """

    section: str
    kind: str
    name: str
    values: tuple


def diff(before, after, renamed=()):
    """The list of ``Change`` that leads from one version to another: section by section
    in the order of the newer version, in each first what is there now, then what is
    gone.

    :param renamed: sections in which names may tell what an entry was called before
    """
    changes = []
    for section in dict.fromkeys([*after, *before]):
        old, new = before.get(section, []), after.get(section, [])
        pairs = _pairs(old, new, section in renamed)
        for index, entry in enumerate(new):
            changes += _compare(
                section, old[pairs[index]] if index in pairs else None, entry
            )
        for index, entry in enumerate(old):
            if index not in pairs.values():
                changes += _compare(section, entry, None)
    return changes


def likeness(one, other):
    """How much two names have in common, from 0 to 1: twice the letter pairs they
    share, divided by all they have (Dice 1945); at least half where one only adds words
    to the other. Symmetric.
    """
    first, second = _letter_pairs(one), _letter_pairs(other)
    total = sum(first.values()) + sum(second.values())
    if not total:
        return float(_plain(one) == _plain(other))
    shared = sum(min(count, second.get(pair, 0)) for pair, count in first.items())
    share = 2 * shared / total
    words, others = set(_plain(one).split()), set(_plain(other).split())
    longer = words and others and (words <= others or others <= words)
    return (1 + share) / 2 if longer else share


def _pairs(old, new, by_name):
    """Which old entry each new one was: dict new index -> old index."""
    waiting = {}
    for index, entry in enumerate(old):
        waiting.setdefault(entry["key"], []).append(index)
    pairs = {}
    for index, entry in enumerate(new):
        if waiting.get(entry["key"]):
            pairs[index] = waiting[entry["key"]].pop(0)
    if by_name:
        left = sorted(index for indexes in waiting.values() for index in indexes)
        come = [index for index in range(len(new)) if index not in pairs]
        pairs.update(_best_pairs(old, new, left, come))
    return pairs


def _best_pairs(old, new, left, come):
    """Pairs of the most alike names first; equal ones in alphabetic order, so that the
    answer is the same from either side."""
    candidates = []
    for i in left:
        for j in come:
            one, other = old[i]["name"], new[j]["name"]
            alike = likeness(one, other)
            if alike >= ALIKE:
                names = sorted((one, other))
                keys = sorted((str(old[i]["key"]), str(new[j]["key"])))
                candidates.append((-alike, names, keys, i, j))
    pairs = {}
    for *_order, i, j in sorted(candidates):
        if j not in pairs and i not in pairs.values():
            pairs[j] = i
    return pairs


def _compare(section, old, new):
    """The change from one entry to another, None for none, as a list of one or none."""
    one = _with_name(old) if old else {}
    other = _with_name(new) if new else {}
    values = tuple(
        (attribute, one.get(attribute, ""), other.get(attribute, ""))
        for attribute in dict.fromkeys([*other, *one])
        if one.get(attribute, "") != other.get(attribute, "")
    )
    if old and new:
        return [Change(section, "changed", new["name"], values)] if values else []
    present = new or old
    # The name stands above the values.
    values = tuple(value for value in values if value[0] != "name")
    return [Change(section, "added" if new else "removed", present["name"], values)]


def _with_name(entry):
    return {"name": entry["name"], **entry["values"]}


def _letter_pairs(name):
    text = _plain(name)
    counts = {}
    for index in range(len(text) - 1):
        pair = text[index : index + 2]
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def _plain(name):
    return " ".join(name.casefold().split())
