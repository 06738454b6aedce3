"""What comes from outside, declared: kinds of values, each of which reads one.

A kind gives back the value as it is worked with, or raises ``Refused``. ``None`` and
``False`` stand for nothing given, which each kind reads as its ``nothing``: whether
something has to be given is for who asked to say.
"""

import re
from binascii import a2b_base64
from datetime import date, datetime

from .text import is_blank

# What a column of whole numbers of the database holds.
LEAST, MOST = -(2**31), 2**31 - 1
LINE = 1000  # characters: a name, a number, words to search for
NOTE = 20_000  # characters: a reason, an opinion, a question
FILE = 1_000_000  # characters: a page with its marks, a small picture in base64
ENTRIES = 10_000
DEPTH = 20

# What no column of text holds: the end of a string, and half a letter.
_BROKEN = re.compile("[\0\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.ASCII)
_DIGITS = re.compile(r"\d{1,10}", re.ASCII)


class Refused(ValueError):
    """A value that is not of its kind.

    :ivar code: which sentence says so: text, signs, long, flag, whole, number, id, day,
        choice, list, many, dict, key, deep, json,
        command or file
    :ivar params: what the sentence needs
    :ivar path: names and places (from 1) that lead to the value, outermost first
    """

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params
        self.path = []

    def within(self, name):
        """The same, seen from the thing whose part ``name`` it is."""
        self.path.insert(0, name)
        return self


class Kind:
    """Reads a value; see the module."""

    nothing = None

    def read(self, value):  # pylint: disable=method-required-super
        if value is None or value is False:
            return self.nothing
        return self._read(value)

    def _read(self, value):
        raise NotImplementedError

    def named(self, value):
        """The records that have to exist, of a value that was read: dict model -> list
        of ids."""
        return {}


class Text(Kind):
    """Text that can be stored; what nobody can see of it is no text.

    :param most: how many characters at most
    """

    def __init__(self, most=LINE):
        self.most = most

    def _read(self, value):
        if not isinstance(value, str):
            raise Refused("text")
        if len(value) > self.most:
            raise Refused("long", most=self.most)
        if _BROKEN.search(value):
            raise Refused("signs")
        return "" if is_blank(value) else value


class Flag(Kind):
    """Yes or no."""

    nothing = False

    def _read(self, value):
        if value is not True:
            raise Refused("flag")
        return True


class Whole(Kind):
    """A whole number.

    :param least, most: bounds, both allowed
    """

    def __init__(self, least=LEAST, most=MOST):
        self.least, self.most = least, most

    def _read(self, value):
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not self.least <= value <= self.most
        ):
            raise Refused("whole", least=self.least, most=self.most)
        return value


class Number(Kind):
    """A number, whole or not."""

    def _read(self, value):
        if (
            not isinstance(value, (int, float))
            or isinstance(value, bool)
            or not abs(value) <= 1e15  # neither without end nor none at all (NaN)
        ):
            raise Refused("number")
        return value


class Id(Kind):
    """The id of a record.

    :param model: name of its model, where the record has to exist; left out where who
        reads the record says so anyway
    """

    def __init__(self, model=None):
        self.model = model

    def _read(self, value):
        if type(value) is not int or not 0 < value <= MOST:
            raise Refused("id")
        return value

    def named(self, value):
        return {self.model: [value]} if self.model and value else {}


class TypedId(Id):
    """An id as pages send it: its digits."""

    def _read(self, value):
        if isinstance(value, str):
            if not value:
                return None
            value = int(value) if _DIGITS.fullmatch(value) else None
        return super()._read(value)


class Day(Kind):
    """A day (``2026-03-05``), or a moment (``2026-03-05 10:00:00``)."""

    def _read(self, value):
        if isinstance(value, date):
            return value
        if value == "":
            return None
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise Refused("day")
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise Refused("day") from None
        return value


class OneOf(Kind):
    """One of some words.

    :param words: the words, or the pairs of word and label of a selection
    """

    def __init__(self, words):
        self.words = [word if isinstance(word, str) else word[0] for word in words]

    def _read(self, value):
        if value == "":
            return None
        if not isinstance(value, str) or value not in self.words:
            raise Refused("choice", choices=", ".join(self.words))
        return value


class ListOf(Kind):
    """Values of one kind, in their order.

    :param kind: the kind
    :param most: how many at most
    """

    def __init__(self, kind, most=ENTRIES):
        self.kind, self.most = kind, most

    def _read(self, value):
        if not isinstance(value, (list, tuple)):
            raise Refused("list")
        if len(value) > self.most:
            raise Refused("many", most=self.most)
        return [_part(self.kind, one, place) for place, one in enumerate(value, 1)]


class Ids(ListOf):
    """The ids of some records.

    :param model: as of ``Id``
    """

    def __init__(self, model=None):
        super().__init__(Id(model))

    def _read(self, value):
        # Nothing among ids is one too few.
        if isinstance(value, (list, tuple)) and not all(value):
            raise Refused("id")
        return super()._read(value)

    def named(self, value):
        return {self.kind.model: value} if self.kind.model and value else {}


class Dict(Kind):
    """Values by name.

    :param kinds: the names there may be, and the kind of each
    """

    def __init__(self, **kinds):
        self.kinds = kinds

    @property
    def nothing(self):
        return {}

    def _read(self, value):
        if not isinstance(value, dict):
            raise Refused("dict")
        for name in value:
            if name not in self.kinds:
                raise Refused("key", key=shown(name), keys=", ".join(self.kinds))
        return {name: _part(self.kinds[name], one, name) for name, one in value.items()}


class ById(Kind):
    """Values of one kind by the id of a record (its digits, where they were sent as
    JSON)."""

    def __init__(self, kind):
        self.kind = kind

    @property
    def nothing(self):
        return {}

    def _read(self, value):
        if not isinstance(value, dict):
            raise Refused("dict")
        if None in value or False in value or "" in value:
            raise Refused("id")
        return {
            _part(_TYPED, id_, id_): _part(self.kind, one, id_)
            for id_, one in value.items()
        }


class File(Kind):
    """A file: its bytes, or text in base64, as JSON carries it."""

    def _read(self, value):
        try:
            if not isinstance(value, bytes):
                a2b_base64(value)
        except (TypeError, ValueError):
            raise Refused("file") from None
        return value


class Json(Kind):
    """Anything that JSON can say, of a size that can be worked with: whoever asked for
    it knows what it has to be."""

    def _read(self, value):
        left, count = [(value, 0)], 0
        while left:
            one, depth = left.pop()
            count += 1
            if count > ENTRIES or depth > DEPTH:
                raise Refused("deep", most=ENTRIES, depth=DEPTH)
            if isinstance(one, dict):
                left += [(part, depth + 1) for pair in one.items() for part in pair]
            elif isinstance(one, (list, tuple)):
                left += [(part, depth + 1) for part in one]
            elif isinstance(one, str):
                _FILE.read(one)
            elif isinstance(one, (int, float)) and not isinstance(one, bool):
                _NUMBER.read(one)
            elif one is not None and not isinstance(one, bool):
                raise Refused("json")
        return value


class Values(Kind):
    """Whatever values by name, of which the names are not known beforehand: answers to
    the questions of a form, what an editor has made."""

    @property
    def nothing(self):
        return {}

    def _read(self, value):
        if not isinstance(value, dict):
            raise Refused("dict")
        return {
            _part(_LINE, name, name): _part(_JSON, one, name)
            for name, one in value.items()
        }


class Record(Kind):
    """The values of a record to be made: their names and kinds are those of its fields,
    and making it checks them."""

    @property
    def nothing(self):
        return {}

    def _read(self, value):
        if not isinstance(value, dict):
            raise Refused("dict")
        return value


class Commands(Kind):
    """Rows of a record: their ids, or the commands that Odoo has for them.

    :param row: kind of the values of a row made or changed
    """

    def __init__(self, row=None):
        self.row = row or Record()

    def _read(self, value):
        if not isinstance(value, (list, tuple)):
            raise Refused("command")
        if len(value) > ENTRIES:
            raise Refused("many", most=ENTRIES)
        return [_part(self, one, place, "_row") for place, one in enumerate(value, 1)]

    def _row(self, command):
        match command:
            case (0, _, values):
                return (0, 0, self.row.read(values))
            case (1, id_, values):
                return (1, _ID.read(id_), self.row.read(values))
            case (2 | 3 | 4, id_, *_):
                return (command[0], self._id(id_), 0)
            case (5, *_):
                return (5, 0, 0)
            case (6, _, ids):
                return (6, 0, _IDS.read(ids) or [])
            case int():
                return self._id(command)
        raise Refused("command")

    def _id(self, id_):
        if not id_:
            raise Refused("id")
        return _ID.read(id_)


_ID, _IDS = Id(), Ids()
_TYPED, _LINE, _FILE, _NUMBER, _JSON = TypedId(), Text(), Text(FILE), Number(), Json()


def _part(kind, value, name, read="read"):
    try:
        return getattr(kind, read)(value)
    except Refused as refused:
        raise refused.within(shown(name)) from None


def typed_id(value):
    """The id in an address, 0 for what is none."""
    try:
        return _TYPED.read(value) or 0
    except Refused:
        return 0


def shown(name):
    """What was sent as a name, as it can be shown in a sentence."""
    return str(name)[:50].encode(errors="replace").decode()
