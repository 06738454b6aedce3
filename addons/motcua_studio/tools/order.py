"""Numbers that keep rows in order, changed as little as possible."""

from bisect import bisect_left

STEP = 10


def renumbered(numbers):
    """Rising numbers for rows in their new order.

    As many rows as possible keep their number, so that moving one row changes that row
    only; the others are put between, with room left for more.

    :param numbers: the number of each row so far, None for a new one
    :return: as many numbers, each above the one before and above 0
    """
    kept = _longest_rising(numbers)
    result, last = [], 0
    for index in range(len(numbers)):
        limit = next((numbers[place] for place in kept if place >= index), None)
        if index in kept and limit > last:
            last = limit
        else:
            last += max(1, (limit - last) // 2) if limit else STEP
        result.append(last)
    return result


def _longest_rising(numbers):
    """Places of the longest selection of positive numbers that rises (patience
    sorting)."""
    tops, piles, before = [], [], {}
    for place, number in enumerate(numbers):
        if not number or number < 0:
            continue
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        piles[pile : pile + 1] = [place]
        before[place] = piles[pile - 1] if pile else None
    selected = []
    place = piles[-1] if piles else None
    while place is not None:
        selected.append(place)
        place = before[place]
    return selected[::-1]
