"""Numbers of documents: ``07/QĐ-UBND`` from the pattern ``{number}/QĐ-UBND``.

NĐ 30/2020: a running number from 01 in each calendar year, with a zero before numbers
under ten, a stroke, then the kind of document and who issues it, joined by a hyphen.
"""

import re

_PATTERN = re.compile(r"[\w/.& -]*\{number\}(?:[\w/.& -]*\{year\})?[\w/.& -]*")
MAX_PATTERN = 60


class PatternError(ValueError):
    """No pattern of document numbers."""


def format_number(pattern, number, year):
    """The number as it is printed.

    :param pattern: ``{number}`` once, ``{year}`` at most once and after it, and at
        least one letter, which says which register it counts in
    :raises PatternError: no such pattern
    """
    check_pattern(pattern)
    return pattern.replace("{number}", f"{number:02d}").replace("{year}", str(year))


def register_symbol(pattern):
    """What tells one register of an agency from another: ``QĐ-UBND``.

    :raises PatternError: no such pattern
    """
    check_pattern(pattern)
    return _symbol(pattern)


def check_pattern(pattern):
    """:raises PatternError: no pattern of document numbers"""
    if (
        len(pattern) > MAX_PATTERN
        or not _PATTERN.fullmatch(pattern)
        or not re.search(r"[^\W\d_]", _symbol(pattern))
    ):
        raise PatternError(pattern)


def _symbol(pattern):
    return re.sub(r"\{(number|year)\}", "", pattern).strip("/-. &")
