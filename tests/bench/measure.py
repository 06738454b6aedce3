"""Timing several actions fairly, and the table of what came out."""

import time
from statistics import quantiles
from typing import NamedTuple


class Timing(NamedTuple):
    """Milliseconds in the middle and at the slow end."""

    p50: float
    p95: float

    def __str__(self):
        return f"{self.p50:.1f} / {self.p95:.1f}"


class Result(NamedTuple):
    """One row of the table. The first of ``timings`` is ours, the second is what the
    bar compares with.
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


class Rate(NamedTuple):
    """How many a second, and how many it must be at least (0: no bar)."""

    name: str
    per_second: float
    bar: int = 0

    @property
    def is_met(self):
        return self.per_second >= self.bar


def interleave(actions, rounds, warm_up, share=1):
    """Run the actions in turn (A B C, B C A, …), so that whatever else the machine does
    hits all of them alike.

    :param actions: functions without arguments
    :param warm_up: rounds that are not counted
    :param share: records an action makes, to give times per record
    :return: one Timing an action
    """
    taken = [[] for _action in actions]
    for turn in range(warm_up + rounds):
        for position in range(len(actions)):
            index = (turn + position) % len(actions)
            start = time.perf_counter()
            actions[index]()
            if turn >= warm_up:
                taken[index].append((time.perf_counter() - start) * 1000 / share)
    return [_timing(milliseconds) for milliseconds in taken]


def _timing(milliseconds):
    cuts = quantiles(milliseconds, n=20, method="inclusive")
    return Timing(cuts[9], cuts[18])


def table(results, rates):
    """The results as Markdown."""
    lines = [
        "| p50 / p95 in ms | motcua.dossier | helpdesk.ticket | project.task"
        " | ratio to the ticket | bar | |",
        "|---|---|---|---|---|---|---|",
    ]
    for result in results:
        cells = [str(timing) for timing in result.timings]
        cells += ["–"] * (3 - len(cells))
        cells += [f"{result.ratio:.2f}", f"≤ {result.bar}", _verdict(result)]
        lines.append(f"| {result.name} | {' | '.join(cells)} |")
    lines += ["", "| on one core | a second | bar | |", "|---|---|---|---|"]
    for rate in rates:
        bar = f"≥ {rate.bar:,}" if rate.bar else ""
        verdict = _verdict(rate) if rate.bar else ""
        lines.append(f"| {rate.name} | {rate.per_second:,.0f} | {bar} | {verdict} |")
    return "\n".join(lines)


def _verdict(result):
    return "met" if result.is_met else "NOT MET"
