"""Numbers as people in Vietnam write them, and as their machines do.

Vietnamese notation comes first (dots or blanks part thousands, a comma the decimals:
Luật Kế toán 88/2015/QH13 Điều 11), the foreign one is understood where it can mean
nothing else. ``static/src/eform/number.js`` follows the same rules; both are tested
with ``tests/number_cases.json``.
"""

import re
import unicodedata
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from .text import number_words

# Digits before and behind the decimal sign: what a double or a bigint can hold.
MAX_DIGITS = 18
# Where zeros are no longer counted at a glance.
IN_WORDS_FROM = 10**6

_CURRENCY = re.compile(r"\s*(₫|đ|đồng|vnd|vnđ)\.?$|^(₫|vnd|vnđ)\s*", re.IGNORECASE)
_MINUS = str.maketrans("−–—‒", "----")
# Whole part as it is or in groups of three, whose first has no zero ahead.
_NOTATIONS = (
    # Vietnamese: 1.234,5 and 1 234,5
    re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?"),
    re.compile(r"([1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,]([0-9]+))?"),
    # foreign: 1,234.5
    re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?"),
)


class NumberError(ValueError):
    """No number, or one that may mean two things: ``readings`` then holds both, as
    texts that can be typed instead."""

    def __init__(self, *readings):
        super().__init__(*readings)
        self.readings = readings


class _Reading(NamedTuple):
    value: Decimal
    decimals: str


def read(text, whole):
    """The number that a text stands for, as a Decimal.

    :param whole: whether only whole numbers are meant (amounts in đồng, counts); then
        ``1.500`` can only be 1500, while elsewhere it may be 1.5 as well
    :raises NumberError: see there
    """
    text = unicodedata.normalize("NFKC", text).translate(_MINUS)
    text = " ".join(_CURRENCY.sub("", text.strip()).split())
    sign = -1 if text.startswith("-") else 1
    readings = _readings(text[1:].strip() if text.startswith(("+", "-")) else text)
    if whole:
        fractions = [found for found in readings if found.value % 1]
        # A whole number needs no decimals: three digits behind a sign are a group.
        readings = sorted(
            (found for found in readings if not found.value % 1),
            key=lambda found: len(found.decimals),
        )[:1]
        if not readings and fractions:
            [found, *_] = fractions
            both = (written(found.value), f"{int(found.value)}{found.decimals}")
            raise NumberError(*(_signed(sign, reading) for reading in both))
    values = {found.value for found in readings}
    if not values:
        raise NumberError
    if len(values) > 1:
        raise NumberError(*(_signed(sign, _retyped(value)) for value in sorted(values)))
    return sign * values.pop()


def grouped(value):
    """A number as Vietnamese papers print it: 1234567.5 gives ``1.234.567,5``."""
    whole, _point, decimals = written(value).partition(",")
    sign = "-" if whole.startswith("-") else ""
    whole = f"{int(whole.lstrip('-')):,}".replace(",", ".")
    return sign + whole + ("," + decimals if decimals else "")


def is_year(field):
    """Whether the numbers of a form field are years, which are printed without dots:
    whole ones whose bounds lie within 1800 to 2200, or, where no bounds are given,
    whose label begins with "Năm" ("Năm sinh", while "Số năm" counts).

    :param field: spec as in ``form``
    """
    if field["type"] != "integer":
        return False
    bounds = [limit for limit in (field.get("min"), field.get("max")) if limit]
    if not bounds:
        return field.get("label", "").split()[:1] == ["Năm"]
    with suppress(NumberError):
        return len(bounds) == 2 and all(
            1800 <= read(str(limit), whole=True) <= 2200 for limit in bounds
        )
    return False


def understood(field, value, zero="linh"):
    """How a number of a form is said back to who typed it: grouped, and from a million
    on in words: ``1.500.000 (một triệu năm trăm nghìn)``; empty for years.

    :param field: spec as in ``form``
    :param value: answer in its normal form
    :param zero: as in ``text.number_words``
    """
    if is_year(field):
        return ""
    text = grouped(value)
    if abs(value) >= IN_WORDS_FROM and value == int(value):
        text += f" ({number_words(value, zero)})"
    return text


def written(value):
    """A number with a decimal comma and no groups: 1234.5 gives ``1234,5``."""
    text = f"{Decimal(str(value)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _readings(text):
    found = []
    for notation in _NOTATIONS:
        match = notation.fullmatch(text)
        if not match:
            continue
        whole, decimals = re.sub(r"\D", "", match[1]), match[2] or ""
        if len(whole) <= MAX_DIGITS and len(decimals) <= MAX_DIGITS:
            found.append(_Reading(Decimal(f"{whole}.{decimals or 0}"), decimals))
    return found


def _retyped(value):
    """A reading that has no second one: three decimals could be a group again."""
    text = written(value)
    return text + "0" if re.search(r",[0-9]{3}$", text) else text


def _signed(sign, text):
    return "-" + text if sign < 0 else text
