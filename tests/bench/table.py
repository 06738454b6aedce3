"""What was measured, as Markdown."""

from typing import NamedTuple

from .measure import Limit, Rate


class Comparison(NamedTuple):
    """Ratios whose timings have the same titles, ours first."""

    titles: tuple
    rows: list


def report(results):
    """Tables of Comparisons, and one each of all Limits and of all Rates."""
    tables = [_comparison(*each) for each in results if isinstance(each, Comparison)]
    for kind, draw in ((Limit, _limits), (Rate, _rates)):
        rows = [each for each in results if isinstance(each, kind)]
        if rows:
            tables.append(draw(rows))
    return "\n\n".join(map("\n".join, tables))


def all_met(results):
    """Whether every bar is met."""
    return all(
        row.is_met
        for each in results
        for row in (each.rows if isinstance(each, Comparison) else [each])
    )


def _comparison(titles, rows):
    yield from _head("p50 / p95 in ms", *titles, f"ratio to {titles[1]}", "bar", "")
    for row in rows:
        cells = [str(timing) for timing in row.timings]
        cells += ["–"] * (len(titles) - len(cells))
        yield _line(row.name, *cells, f"{row.ratio:.2f}", f"≤ {row.bar}", _verdict(row))


def _limits(rows):
    yield from _head("p50 / p95 in ms", "", "bar for p95", "")
    for row in rows:
        yield _line(row.name, row.timing, f"≤ {row.bar:,}", _verdict(row))


def _rates(rows):
    yield from _head("on one core", "a second", "bar", "")
    for row in rows:
        bar = (f"≥ {row.bar:,}", _verdict(row)) if row.bar else ("", "")
        yield _line(row.name, f"{row.per_second:,.0f}", *bar)


def _head(*cells):
    yield _line(*cells)
    yield "|" + "---|" * len(cells)


def _line(*cells):
    return f"| {' | '.join(map(str, cells))} |"


def _verdict(row):
    return "met" if row.is_met else "NOT MET"
