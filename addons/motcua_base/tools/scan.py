"""What a scanner, or an officer in its place, types into one field: what is it?"""

import re
import unicodedata
from collections import namedtuple

from . import code, identity
from .text import coded, composed

# ``kind`` says what ``value`` is:
#   card       an ``identity.Card``
#   dossier    the code of a dossier
#   procedure  the national code of a procedure
#   number     dict with one or more of id_number, phone and tax_code: some numbers
#              could be several of them
#   words      text to search for
#   bad_card, bad_number, foreign: the text, which is nothing that is known here
#   garbled    the text of a card whose letters were lost on the way
#   keyboard   the text of a scanner behind a Vietnamese keyboard layout
Scan = namedtuple("Scan", "kind value")

_CARD_LIKE = re.compile(r"\d{9,12}\D.*\D\d{8}\D*", re.ASCII | re.DOTALL)
_NUMBER_LIKE = re.compile(r"\+?[\d\s.\-()]*\d[\d\s.\-()]*", re.ASCII)
_LONG = 8
# No sentence and no name has such words: addresses, and codes with digits in them.
_CODE_LIKE = re.compile(r"\S*://\S*|(?=\S*\d)[!-~]{8,}", re.ASCII)

# The Vietnamese layout has ă â ê ô for 1 to 4, đ for 0 and tones for 5 to 9. No word
# has so many in a run.
_DIGIT_KEYS = re.compile(
    r"(?:[aeo]\u0323?[\u0302\u0306]|đ|[\u0300\u0301\u0303\u0309\u0323]){6}",
    re.IGNORECASE,
)

_NUMBERS = {
    "id_number": identity.check_id_number,
    "phone": identity.check_phone,
    "tax_code": identity.check_tax_code,
}


def recognise(text):
    """The ``Scan`` of a text that is not blank."""
    try:
        return Scan("card", identity.parse_card(text))
    except identity.IdentityError as error:
        text = composed(text).strip()
        if error.code == "garbled":
            return Scan("garbled", text)
        if _CARD_LIKE.fullmatch(text) and any(char.isalpha() for char in text):
            return Scan("bad_card", text)
    if _DIGIT_KEYS.search(unicodedata.normalize("NFD", text)):
        return Scan("keyboard", text)
    dossier = code.scan_code(text)
    if dossier:
        return Scan("dossier", dossier)
    procedure = _national_code(text)
    if procedure:
        return Scan("procedure", procedure)
    numbers = _valid_numbers(text)
    if numbers:
        return Scan("number", numbers)
    if _NUMBER_LIKE.fullmatch(coded(text)):
        # Shorter ones may be part of a procedure's code.
        long = sum(char.isdigit() for char in text) >= _LONG
        return Scan("bad_number" if long else "words", text)
    if _CODE_LIKE.fullmatch(text):
        return Scan("foreign", text)
    return Scan("words", text)


def _national_code(text):
    try:
        return code.national_code(text)
    except code.CodeError:
        return None


def _valid_numbers(text):
    numbers = {}
    for kind, check in _NUMBERS.items():
        try:
            numbers[kind] = check(text)
        except identity.IdentityError:
            continue
    if "id_number" in numbers:
        # Twelve digits are also somebody's tax code, but it is the same number.
        numbers.pop("tax_code", None)
    return numbers
