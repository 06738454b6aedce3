"""What a scanner, or an officer in its place, types into one field: what is it?"""

import re
import unicodedata
from collections import namedtuple

from . import code, identity

# ``kind`` says what ``value`` is:
#   card       an ``identity.Card``
#   dossier    the code of a dossier
#   procedure  the national code of a procedure
#   number     dict with one or more of id_number, phone and tax_code: some numbers
#              could be several of them
#   words      text to search for
#   bad_card, bad_number, foreign: the text, which is nothing that is known here
Scan = namedtuple("Scan", "kind value")

_CARD_LIKE = re.compile(r"\d{9,12}\D.*\D\d{8}\D*", re.ASCII | re.DOTALL)
_NUMBER_LIKE = re.compile(r"\+?[\d\s.\-()]*\d[\d\s.\-()]*", re.ASCII)
_LONG = 8
# No sentence and no name has such words: addresses, and codes with digits in them.
_CODE_LIKE = re.compile(r"\S*://\S*|(?=\S*\d)[!-~]{8,}", re.ASCII)

_NUMBERS = {
    "id_number": identity.check_id_number,
    "phone": identity.check_phone,
    "tax_code": identity.check_tax_code,
}


def recognise(text):
    """The ``Scan`` of a text that is not blank."""
    text = unicodedata.normalize("NFC", text).strip()
    try:
        return Scan("card", identity.parse_card(text))
    except identity.IdentityError:
        if _CARD_LIKE.fullmatch(text) and any(char.isalpha() for char in text):
            return Scan("bad_card", text)
    dossier = code.scan_code(text)
    if dossier:
        return Scan("dossier", dossier)
    procedure = _national_code(text)
    if procedure:
        return Scan("procedure", procedure)
    if _NUMBER_LIKE.fullmatch(text):
        numbers = _valid_numbers(text)
        if numbers:
            return Scan("number", numbers)
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
