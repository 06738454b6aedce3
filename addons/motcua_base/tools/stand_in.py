"""Who does the work of people who are away.

``stand_ins`` maps everybody who is away today to who stands in; people are any hashable
values. Chains are followed (B stands in for A, C for B), and circles end.
"""


def acted_for(person, stand_ins):
    """Everybody whose work falls to ``person``: those stood in for, and those whom they
    stand in for themselves.

    :return: set of people, without ``person``
    """
    found = {person}
    waiting = [person]
    while waiting:
        current = waiting.pop()
        away = {
            absent
            for absent, stand_in in stand_ins.items()
            if stand_in == current and absent not in found
        }
        found |= away
        waiting.extend(away)
    return found - {person}


def present(person, stand_ins):
    """Who does the work of ``person`` now: ``person``, or the first along the chain of
    stand-ins who is there. None where the chain is a circle of people away.
    """
    seen = set()
    while person in stand_ins:
        if person in seen:
            return None
        seen.add(person)
        person = stand_ins[person]
    return person
