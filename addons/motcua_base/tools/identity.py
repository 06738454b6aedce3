"""Numbers and cards that identify people: personal ID, tax code, phone, and the QR code
of an ID card.

Sources: NĐ 137/2015 article 13 and TT 59/2021/TT-BCA (structure of the personal
number), TT 86/2024/TT-BTC (the personal number as tax code), domain.md 7.3 and 8 (kinds
of number, masking).
"""

import re
from collections import namedtuple
from datetime import datetime

from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from .text import unaccent

Card = namedtuple("Card", "number old_number name birth_date sex address issue_date")

_SEPARATORS = re.compile(r"[\s.\-]+")
# Codes of the 63 provinces of birth registration, still used in numbers after the
# mergers of 2025. Births registered abroad bear a country code from 100 on.
_PROVINCES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 "
    "033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 "
    "064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 "
    "094 095 096".split()
)
_MOBILE_OR_LANDLINE = re.compile(r"0(?:[35789]\d{8}|2\d{9})", re.ASCII)
_ABROAD = re.compile(r"\+(?!84)[1-9]\d{7,14}", re.ASCII)
_CARD_NUMBER = re.compile(r"(\d{12})(\D)", re.ASCII)


class IdentityError(ValueError):
    """Not the number or card it should be. ``code``: digits, length, province, century,
    tax_code, phone or card.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check_id_number(text):
    """A personal ID number without separators: 12 digits (căn cước) or the 9 of an old
    CMND.

    Of 12 digits the first three are the province or country of birth registration, the
    fourth sex and century, the next two the year of birth (NĐ 137/2015 article 13).

    :raises IdentityError: ``digits``, ``length``, ``province`` or ``century``
    """
    number = _SEPARATORS.sub("", text)
    if not (number.isascii() and number.isdigit()):
        raise IdentityError("digits")
    if len(number) not in (9, 12):
        raise IdentityError("length")
    if len(number) == 12:
        if number < "100" and number[:3] not in _PROVINCES:
            raise IdentityError("province")
        # 0 and 1 are the 1900s, 2 and 3 the 2000s; higher digits wait for later
        # centuries.
        if number[3] > "3":
            raise IdentityError("century")
    return number


def mask(text):
    """An identity number for lists and public pages: ``0010••••1234``.

    At least four characters stay hidden, and always as four dots, so that the length
    does not tell the kind of number.
    """
    shown = max(0, min(4, (len(text or "") - 4) // 2))
    return f"{text[:shown]}••••{text[len(text) - shown :]}" if text else ""


def check_tax_code(text):
    """A tax code in its usual form: 10 digits, ``0100109106-001`` for a branch, or the
    12 digits of a personal ID number, which is the tax code of people and household
    businesses since 1/7/2025 (TT 86/2024/TT-BTC).

    :raises IdentityError: ``tax_code``
    """
    number = _SEPARATORS.sub("", text)
    try:
        # A hyphen announces a branch: 0100109106-01 is one with a digit missing, not a
        # personal number.
        if len(number) == 12 and "-" not in text:
            return check_id_number(number)
        if not number.isascii():
            raise IdentityError("tax_code")
        return mst.format(mst.validate(number))
    except (IdentityError, ValidationError):
        raise IdentityError("tax_code") from None


def check_phone(text):
    """A phone number without separators: a Vietnamese one in its 0 form (``+84 912 345
    678`` gives ``0912345678``), one from abroad with its plus and country code, for
    applicants who live there.

    :raises IdentityError: ``phone``
    """
    number = re.sub(r"[\s.\-()]+", "", text)
    national = re.sub(r"^(?:\+84|0084|84(?=\d{9}))0?", "0", number)
    if _MOBILE_OR_LANDLINE.fullmatch(national):
        return national
    if _ABROAD.fullmatch(number):
        return number
    raise IdentityError("phone")


def parse_card(text):
    """What the QR code of a citizen's ID card says: ``number|old
    number|name|ddmmyyyy|sex|address|ddmmyyyy``.

    Scanners behind a foreign keyboard layout type another sign for the bar, so whatever
    follows the number separates; fields after the seventh (newer cards) are ignored.
    ``sex`` is ``male``, ``female`` or empty; a date that is not a whole date (people
    who only know their year of birth) is None; the old number may be empty.

    :raises IdentityError: ``card``, or as ``check_id_number`` for its number
    """
    text = text.strip()
    head = _CARD_NUMBER.match(text)
    if not head:
        raise IdentityError("card")
    fields = [" ".join(field.split()) for field in text.split(head[2])]
    if len(fields) < 7 or not fields[2]:
        raise IdentityError("card")
    number, old_number, name, birth_date, sex, address, issue_date = fields[:7]
    return Card(
        check_id_number(number),
        old_number,
        name,
        _date(birth_date),
        {"nam": "male", "nu": "female"}.get(unaccent(sex), ""),
        address,
        _date(issue_date),
    )


def _date(text):
    try:
        return datetime.strptime(text, "%d%m%Y").date() if len(text) == 8 else None
    except ValueError:
        return None
