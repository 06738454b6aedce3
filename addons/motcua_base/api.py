"""What public methods take: declared, and checked before anything else."""

from functools import wraps
from inspect import signature

from odoo.exceptions import ValidationError
from odoo.orm.identifiers import NewId
from odoo.tools import LazyTranslate

from .tools.arguments import MOST, Refused

_lt = LazyTranslate(__name__)

# How a kind refuses a value: tools/arguments.py.
SENTENCES = {
    "text": _lt("has to be a text"),
    "signs": _lt("holds signs that no text can hold"),
    "long": _lt("is longer than %(most)s characters"),
    "empty": _lt("has to be filled in"),
    "flag": _lt("has to be yes or no (true or false)"),
    "whole": _lt("has to be a whole number from %(least)s to %(most)s"),
    "number": _lt("has to be a number"),
    "id": _lt("has to be the id of a record: a whole number above zero"),
    "one": _lt("has to name exactly one record"),
    "gone": _lt("names a record that does not exist: %(id)s"),
    "day": _lt("has to be a day, as 2026-03-05, or a moment, as 2026-03-05 10:00:00"),
    "choice": _lt("has to be one of: %(choices)s"),
    "list": _lt("has to be a list"),
    "many": _lt("has more than %(most)s entries"),
    "field": _lt("is none of the fields"),
    "dict": _lt("has to be a set of names with their values"),
    "key": _lt("knows no “%(key)s”, but only: %(keys)s"),
    "deep": _lt("is too large (%(most)s values, %(depth)s within each other)"),
    "json": _lt("holds something that is neither text, number, list nor values"),
    "command": _lt("has to be a list of commands, as [4, id]"),
    "file": _lt("has to be a file in base64"),
}


def takes(**kinds):
    """Declare what a public method takes, by the names of its parameters::

        @takes(user_id=Id("res.users"), note=Text(NOTE))
        def action_assign(self, user_id, note=None):

    What is not of its kind (see ``tools/arguments.py``) is refused with a
    ValidationError that names the argument; the method gets what the kinds have read.
    The records that the method is called on have to be named by ids, too.
    """

    def declare(method):
        names = list(signature(method).parameters)[1:]
        if set(names) != set(kinds):
            raise TypeError(f"{method.__qualname__} takes {names}: declare them all")

        @wraps(method)
        def checked(self, *args, **kwargs):
            check_ids(self)
            given = dict(zip(names, args, strict=False))
            read = read_values(self.env, kinds, {**kwargs, **given})
            # What there is no parameter for is Python's to refuse.
            args = [*(read[name] for name in given), *args[len(names) :]]
            kwargs |= {name: read[name] for name in kwargs.keys() & read.keys()}
            try:
                return method(self, *args, **kwargs)
            except ValueError as error:
                # Odoo says it to developers.
                if str(error) == f"Expected singleton: {self}":
                    raise refusal(self.env, Refused("one").within("ids")) from None
                raise

        checked._takes = kinds
        return checked

    return declare


def check_ids(records):
    """Raise ValidationError for records that are named by anything but ids."""
    for id_ in records._ids:
        sound = 0 < id_ <= MOST if type(id_) is int else isinstance(id_, NewId)
        if not sound:
            raise refusal(records.env, Refused("id").within("ids"))


def read_values(env, kinds, values):
    """``values`` by name, read by their kinds; ValidationError for the first that is
    not of its kind."""
    read = {}
    for name, value in values.items():
        kind = kinds.get(name)
        if kind is None:
            continue
        try:
            read[name] = kind.read(value)
        except Refused as refused:
            raise refusal(env, refused.within(name)) from None
        for model, ids in kind.named(read[name]).items():
            named = env[model].sudo().browse(ids)
            for gone in named - named.exists():
                raise refusal(env, Refused("gone", id=gone.id).within(name))
    return read


def refusal(env, refused):
    """The ValidationError that says why a value was refused."""
    wrong = env._(SENTENCES[refused.code])
    return ValidationError(
        env._(
            "“%(name)s” %(wrong)s.",
            name=" › ".join(refused.path) or "vals",
            wrong=wrong % refused.params,
        )
    )
