"""Text messages: numbers that can receive one, and texts that fit into one.

A message of the GSM alphabet has 160 letters, one with Vietnamese marks only 70, so
agencies write to citizens without marks.
"""

import re
import unicodedata
from string import Template

from .text import coded

MAX_LENGTH = 160
_PLAIN_D = {ord("đ"): "d", ord("Đ"): "D"}
# Mobile networks have 3, 5, 7, 8 and 9 since 2018; 02x are landlines.
_MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")
# What a template may name.
PLACEHOLDERS = ("agency", "code", "contact", "deadline", "due", "site")


class SmsRefused(Exception):
    """The operator will never send this message: trying again is useless."""


def mobile(phone):
    """``+84912345678`` for a Vietnamese mobile number however typed, None for anything
    else.
    """
    digits = re.sub(r"[\s.\-()]", "", coded(phone or ""))
    match = _MOBILE.fullmatch(digits)
    return match and f"+84{match[1]}"


def mask(phone):
    """``+84912***678``: enough to tell numbers apart in a log, too little to call."""
    return f"{phone[:6]}***{phone[-3:]}"


def plain(text):
    """Letters without marks, upper and lower case kept, on one line."""
    decomposed = unicodedata.normalize("NFD", coded(text).translate(_PLAIN_D))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


def check_template(text):
    """:raises ValueError: a placeholder that does not exist, or a lonely $"""
    template = Template(text)
    if not template.is_valid():
        raise ValueError(text)
    unknown = set(template.get_identifiers()) - set(PLACEHOLDERS)
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))


def is_cut(text, values):
    """Whether ``write`` has to leave something out."""
    plain_values = {name: plain(value or "") for name, value in values.items()}
    return len(plain(Template(text).safe_substitute(plain_values))) > MAX_LENGTH


def write(text, values):
    """The message that ``text`` makes of ``values``, plain and within MAX_LENGTH: the
    name of the agency gives way first, then the end of the text.
    """
    template = Template(text)
    values = {name: plain(value or "") for name, value in values.items()}
    message = plain(template.safe_substitute(values))
    if (excess := len(message) - MAX_LENGTH) > 0 and "agency" in values:
        kept = max(len(values["agency"]) - excess, 0)
        values["agency"] = values["agency"][:kept].rstrip()
        message = plain(template.safe_substitute(values))
    return message[:MAX_LENGTH].rstrip()
