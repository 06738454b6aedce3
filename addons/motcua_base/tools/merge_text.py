"""Answers of forms as documents print them: dates and amounts in the administrative
style, choices by their labels, each also in words where that has a meaning.
"""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

from . import text
from .form_values import answer_type
from .localtime import to_local
from .number import grouped, is_year

_YES_NO = {True: "Có", False: "Không"}
# Types that also print in words.
IN_WORDS = ("date", "datetime", "integer", "float", "money")


def answer_texts(fields, values, prefix, zero="linh"):
    """Texts by merge name: ``form.born`` and ``form.born:words``; what was not answered
    is left out.

    :param fields: specs as in ``form``; decorations and repeating sections are skipped
    :param values: answers in their normal form; what is not in it is left out
    :param prefix: ``form.`` or ``row.``
    :param zero: as in ``text.number_words``
    """
    texts = {}
    for field in fields:
        if field["type"] in ("heading", "note", "repeat", "file"):
            continue
        value = values.get(field["name"])
        if value in (None, "", []) or (
            value is False and answer_type(field) != "boolean"
        ):
            continue
        name = prefix + field["name"]
        # Stored before the form was what it is now, or 2,5 in words: left to be written
        # by hand.
        with suppress(TypeError, ValueError):
            texts[name] = answer_text(field, value)
        if answer_type(field) in IN_WORDS:
            with suppress(TypeError, ValueError):
                texts[f"{name}:words"] = answer_words(field, value, zero)
    return texts


def row_texts(field, rows, zero="linh"):
    """Texts of the rows of a repeating section, numbered from 1."""
    return [
        {
            "row.number": str(number),
            **answer_texts(field["columns"], row, "row.", zero),
        }
        for number, row in enumerate(rows, start=1)
    ]


def answer_text(field, value):
    """An answer as text: ``05/03/2026``, ``1.250.000 đồng``, ``2,5``, ``Nam; Nữ``.

    :raises ValueError, TypeError: not an answer to this field
    """
    kind = answer_type(field)
    if kind == "date":
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    if kind == "datetime":
        return to_local(datetime.fromisoformat(value)).strftime("%H:%M, %d/%m/%Y")
    if kind == "money":
        return f"{money(value)} đồng"
    if kind == "integer":
        return str(int(value)) if is_year(field) else money(value)
    if kind == "float":
        return grouped(round(Decimal(str(value)), 6))
    if kind == "boolean":
        return _YES_NO[bool(value)]
    if kind in ("selection", "tags"):
        labels = {str(key): label for key, label in field.get("options") or ()}
        keys = value if isinstance(value, (list, tuple)) else [value]
        return "; ".join(labels.get(str(key), str(key)) for key in keys)
    return str(value)


def answer_words(field, value, zero="linh"):
    """A date, an amount or a whole number in words.

    :raises ValueError, TypeError: not an answer to this field, or a broken number
    """
    kind = answer_type(field)
    if kind == "date":
        return text.administrative_date(date.fromisoformat(value))
    if kind == "datetime":
        return text.administrative_datetime(to_local(datetime.fromisoformat(value)))
    if kind == "money":
        return text.money_words(value, zero)
    return text.number_words(value, zero)


def money(amount):
    """Whole number with dots between the thousands: ``1.250.000``."""
    return grouped(int(amount))
