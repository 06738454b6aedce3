"""Timing several actions fairly."""

import time
from statistics import quantiles
from typing import NamedTuple


class Timing(NamedTuple):
    """Milliseconds in the middle and at the slow end."""

    p50: float
    p95: float

    def __str__(self):
        return f"{self.p50:.1f} / {self.p95:.1f}"


class Ratio(NamedTuple):
    """How long ours takes beside others. The first of ``timings`` is ours, the second
    is what the bar compares with.
    """

    name: str
    timings: list
    bar: float

    @property
    def ratio(self):
        ours, other = self.timings[:2]
        return ours.p50 / other.p50

    @property
    def is_met(self):
        return self.ratio <= self.bar


class Limit(NamedTuple):
    """How many milliseconds it takes, and how many the slow end may take."""

    name: str
    timing: Timing
    bar: int

    @property
    def is_met(self):
        return self.timing.p95 <= self.bar


class Rate(NamedTuple):
    """How many a second, and how many it must be at least (0: no bar)."""

    name: str
    per_second: float
    bar: int = 0

    @property
    def is_met(self):
        return self.per_second >= self.bar


def stopwatch(action):
    """Milliseconds that a function without arguments takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def interleave(actions, rounds, warm_up, share=1, watch=stopwatch):
    """Run the actions in turn (A B C, B C A, …), so that whatever else the machine does
    hits all of them alike.

    :param actions: functions without arguments
    :param warm_up: rounds that are not counted
    :param share: records an action makes, to give times per record
    :param watch: gives the milliseconds that an action takes
    :return: one Timing an action
    """
    taken = [[] for _action in actions]
    for turn in range(warm_up + rounds):
        for position in range(len(actions)):
            index = (turn + position) % len(actions)
            milliseconds = watch(actions[index])
            if turn >= warm_up:
                taken[index].append(milliseconds / share)
    return [timing(milliseconds) for milliseconds in taken]


def timing(milliseconds):
    """The Timing of several runs."""
    cuts = quantiles(milliseconds, n=20, method="inclusive")
    return Timing(cuts[9], cuts[18])
