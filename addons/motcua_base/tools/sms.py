"""Text messages: numbers that can receive one, and texts that fit into one.

A message of the GSM alphabet has 160 letters, one with Vietnamese marks only 70, so
agencies write to citizens without marks.
"""

import re
import unicodedata

from . import merge_line
from .text import coded

MAX_LENGTH = 160
_PLAIN_D = {ord("đ"): "d", ord("Đ"): "D"}
# Mobile networks have 3, 5, 7, 8 and 9 since 2018; 02x are landlines.
_MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")
# The field that is shortened where a message gets too long.
AGENCY = "agency.name"


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


def is_cut(text, texts):
    """Whether ``write`` has to leave something out."""
    return len(_filled(text, texts)) > MAX_LENGTH


def write(text, texts):
    """The message that ``text`` makes of ``texts``, plain and within MAX_LENGTH: the
    name of the agency gives way first, then the end of the text.

    :param text: with merge fields, as in ``merge_line``
    """
    message = _filled(text, texts)
    if (excess := len(message) - MAX_LENGTH) > 0 and texts.get(AGENCY):
        name = plain(texts[AGENCY])
        kept = name[: max(len(name) - excess, 0)].rstrip()
        message = _filled(text, {**texts, AGENCY: kept})
    return message[:MAX_LENGTH].rstrip()


def _filled(text, texts):
    return plain(merge_line.render(text, texts))
