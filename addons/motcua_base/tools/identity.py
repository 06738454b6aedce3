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

from .localtime import today_in_vietnam
from .text import coded, composed, is_garbled, repaired, unaccent

# ``birth_date`` is a date or None, ``birth_year`` known also where only that is.
Card = namedtuple(
    "Card", "number old_number name birth_date birth_year sex address issue_date"
)

_SEPARATORS = re.compile(r"[\s.\-]+")
# Vietnamese ones are a letter and 7 digits; ICAO 9303 gives up to 9 letters and digits.
_PASSPORT = re.compile(r"(?=.*[A-Z])(?=(?:.*\d){5})[A-Z0-9]{7,9}", re.ASCII)
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
# What parts a card: the bar, or what another keyboard types for it. No name and no
# address has such a sign.
_CARD_NUMBER = re.compile(r"(\d{12})([|¦~\\^#:;\t])", re.ASCII)
_OLD_NUMBER = re.compile(r"(\d{9})?", re.ASCII)
_NAME = re.compile(r"[^\W\d_][^\d_|<>@]*")
_DAY = re.compile(r"\d{8}", re.ASCII)
# The year alone, also after zeros for day and month.
_YEAR = re.compile(r"(?:0000)?([12]\d{3})", re.ASCII)
_SEXES = {"nam": "male", "nu": "female"}


class IdentityError(ValueError):
    """Not the number or card it should be. ``code``: digits, length, future,
    century, tax_code, phone, card or garbled.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check_id_number(text):
    """An identity number without separators: 12 digits (căn cước), the 9 of an old
    CMND, or the number of a passport, in capitals.

    Of 12 digits the first three are the province or country of birth registration, the
    fourth sex and century, the next two the year of birth (NĐ 137/2015 article 13).
    Which provinces there are is no reason to refuse: see ``is_of_known_province``.

    :raises IdentityError: ``digits``, ``length``, ``century``, or ``future`` for a year
        of birth that has not begun
    """
    number = _SEPARATORS.sub("", coded(text)).upper()
    if _PASSPORT.fullmatch(number):
        return number
    if not (number.isascii() and number.isdigit()):
        raise IdentityError("digits")
    if len(number) not in (9, 12):
        raise IdentityError("length")
    if len(number) == 12:
        # 0 and 1 are the 1900s, 2 and 3 the 2000s; higher digits wait for later
        # centuries.
        if number[3] > "3":
            raise IdentityError("century")
        if birth_year(number) > today_in_vietnam().year:
            raise IdentityError("future")
    return number


def birth_year(number):
    """The year of birth in a personal number of 12 digits."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def is_of_known_province(number):
    """Whether the first digits of a personal number of 12 digits are those of a
    province, or country, that registers births. Others are probably slips, but the list
    is the administration's to change."""
    return len(number) != 12 or number >= "100" or number[:3] in _PROVINCES


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
    text = coded(text)
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
    number = re.sub(r"[\s.\-()]+", "", coded(text))
    national = re.sub(r"^(?:\+84|0084|84(?=\d{9}))0?", "0", number)
    if _MOBILE_OR_LANDLINE.fullmatch(national):
        return national
    if _ABROAD.fullmatch(number):
        return number
    raise IdentityError("phone")


def parse_card(text):
    """What the QR code of a citizen's ID card says: ``number|old
    number|name|ddmmyyyy|sex|address|ddmmyyyy``.

    Every part must have its shape, or typed text would be taken for a card. The old
    number may be empty, the birth a year alone; fields after the seventh (newer cards)
    are ignored. ``sex`` is ``male`` or ``female``.

    :raises IdentityError: ``card``, ``garbled`` where letters were lost on the way, or
        as ``check_id_number`` for its number
    """
    # First of all: some of the bytes of a letter look like blanks.
    text = repaired(text).strip()
    head = _CARD_NUMBER.match(text)
    if not head:
        raise IdentityError("card")
    fields = [" ".join(composed(field).split()) for field in text.split(head[2])]
    if len(fields) < 7:
        raise IdentityError("card")
    number, old_number, name, birth, sex, address, issue = fields[:7]
    if is_garbled(name) or is_garbled(address) or is_garbled(sex):
        raise IdentityError("garbled")
    year = _YEAR.fullmatch(birth)
    birth_date = None if year else _date(birth)
    card = Card(
        check_id_number(number),
        old_number,
        name,
        birth_date,
        int(year[1]) if year else birth_date.year,
        _SEXES.get(unaccent(sex)),
        address,
        _date(issue),
    )
    shapely = _OLD_NUMBER.fullmatch(old_number) and _NAME.fullmatch(name)
    if not (shapely and card.sex and address):
        raise IdentityError("card")
    return card


def _date(text):
    if not _DAY.fullmatch(text):
        raise IdentityError("card")
    try:
        return datetime.strptime(text, "%d%m%Y").date()
    except ValueError:
        raise IdentityError("card") from None
