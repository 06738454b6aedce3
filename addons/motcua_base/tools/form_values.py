"""Values of form fields: types, what counts as empty, one normal form for each type."""

import re
from datetime import date, datetime
from math import isfinite

from . import identity, number
from .text import coded, composed

TEXTS = ("char", "text", "id_number", "tax_code", "phone", "email", "agency", "place")
NUMBERS = ("integer", "float", "money")
DATES = ("date", "datetime")
CHOICES = ("selection", "tags")
DECORATIONS = ("heading", "note")
TYPES = (
    *TEXTS,
    *NUMBERS,
    *DATES,
    *CHOICES,
    *DECORATIONS,
    "boolean",
    "file",
    "repeat",
    "computed",
)
_NO_ANSWERS = (*DECORATIONS, "computed")

# Longest values, in characters and rows: enough for any form on paper.
MAX_CHAR, MAX_TEXT, MAX_ROWS = 500, 20000, 200

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_BOOLEANS = {
    "true": True,
    "on": True,
    "1": True,
    "false": False,
    "off": False,
    "0": False,
}


class BadValue(ValueError):
    """A value that is not of its type: ``code`` and ``params`` as in a problem."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


def is_empty(value):
    """Whether nothing was filled in: None, False, blank text, an empty list."""
    if isinstance(value, str):
        return not value.strip()
    return not value and (value is None or value is False or hasattr(value, "__len__"))


def is_blank(row):
    """Whether nothing was filled in in a row."""
    return all(map(is_empty, row.values()))


def convert(kind, value):
    """The normal form of a value that is not empty; a JSON value, stored as it is.

    Texts are stripped and composed (NFC), dates and datetimes ISO strings as Odoo
    writes them, numbers numbers, identity numbers without separators.

    :raises BadValue: ``type``, ``two_readings`` (params ``one``, ``other``), ``date``,
        ``id_number``, ``tax_code``, ``phone``, ``email``, ``too_long``, ``too_many``
    """
    return _CONVERT[kind](value)


def answer_type(field):
    """The type of the answers to a field: of a computed one that of its results."""
    if field["type"] == "computed":
        return field.get("result") or "float"
    return field["type"]


def convert_all(fields, values):
    """Values by name in their normal form, empty ones left out, and BadValue by name.

    A bad value also stands among the values, unchanged. What is said to be the value
    of a computed field is not looked at.
    """
    converted, bad = {}, {}
    for field in fields:
        name, kind = field["name"], field["type"]
        value = values.get(name)
        # Most fields of most forms are empty.
        if value is None or kind in _NO_ANSWERS or is_empty(value):
            continue
        try:
            value = convert(kind, value)
        except BadValue as error:
            bad[name] = error
        if not is_empty(value):
            converted[name] = value
    return converted, bad


def _string(value):
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    # PostgreSQL cannot store the zero character.
    if not isinstance(value, str) or "\0" in value:
        raise BadValue("type")
    # Checked first: what no field may hold is not worth normalising.
    if len(value) > MAX_TEXT:
        raise BadValue("too_long", limit=MAX_TEXT)
    return composed(value)


def _to_char(value):
    return " ".join(_string(value).split())


def _to_text(value):
    return "\n".join(line.rstrip() for line in _string(value).strip().splitlines())


def _to_integer(value):
    """A whole number, or whole đồng."""
    if isinstance(value, str):
        return int(_read(value, whole=True))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue("type")
    return value


def _to_float(value):
    if isinstance(value, str):
        return float(_read(value, whole=False))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadValue("type")
    if not isfinite(value):
        raise BadValue("type")
    return float(value)


def _read(text, whole):
    if len(text) > MAX_CHAR:
        raise BadValue("type")
    try:
        return number.read(text, whole)
    except number.NumberError as error:
        if not error.readings:
            raise BadValue("type") from None
        one, other = error.readings
        raise BadValue("two_readings", one=one, other=other) from None


def _to_boolean(value):
    answer = _BOOLEANS.get(str(value).strip().lower())
    if answer is None:
        raise BadValue("type")
    return answer


def _to_date(value):
    if not isinstance(value, date):
        text = _to_char(value)
        match = _DAY_FIRST.fullmatch(text)
        try:
            if match:
                value = date(int(match[3]), int(match[2]), int(match[1]))
            else:
                value = date.fromisoformat(text)
        except ValueError:
            raise BadValue("date") from None
    return _plausible(value).isoformat()[:10]


def _to_datetime(value):
    if not isinstance(value, datetime):
        try:
            value = datetime.fromisoformat(_to_char(value))
        except ValueError:
            raise BadValue("date") from None
    if value.tzinfo:
        raise BadValue("date")
    return _plausible(value).isoformat(" ", "seconds")


def _plausible(day):
    # Nobody now alive, and no paper they bring, is older: the year lacks a digit.
    if day.year < 1800:
        raise BadValue("date")
    return day


def _to_tags(value):
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)):
        raise BadValue("type")
    return list(dict.fromkeys(_to_char(key) for key in value))


def _to_rows(value):
    """Rows as they are: their columns are fields of their own."""
    if not isinstance(value, (list, tuple)):
        raise BadValue("type")
    if not all(isinstance(row, dict) for row in value):
        raise BadValue("type")
    if len(value) > MAX_ROWS:
        raise BadValue("too_many", limit=MAX_ROWS)
    return [] if all(map(is_blank, value)) else list(value)


def _to_file(value):
    """A file that was uploaded before: ``{"id": …, "name": …}``."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), int):
        raise BadValue("type")
    return {"id": value["id"], "name": _to_char(value.get("name"))}


def _to_email(value):
    text = coded(_to_char(value))
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise BadValue("email")
    return text


def _identity(code, check):
    def to_number(value):
        try:
            return check(_to_char(value))
        except identity.IdentityError:
            raise BadValue(code) from None

    return to_number


_CONVERT = {
    **dict.fromkeys(("char", "agency", "place", "selection"), _to_char),
    "text": _to_text,
    "integer": _to_integer,
    "float": _to_float,
    "money": _to_integer,
    "boolean": _to_boolean,
    "date": _to_date,
    "datetime": _to_datetime,
    "tags": _to_tags,
    "file": _to_file,
    "repeat": _to_rows,
    "email": _to_email,
    "id_number": _identity("id_number", identity.check_id_number),
    "tax_code": _identity("tax_code", identity.check_tax_code),
    "phone": _identity("phone", identity.check_phone),
}
