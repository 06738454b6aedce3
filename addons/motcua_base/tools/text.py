"""Vietnamese text: the one form in which it is kept, amounts in words, dates and terms
in the administrative style, folding for search, the order of the alphabet.
"""

import re
import unicodedata
from itertools import filterfalse

_ZEROS = {"linh": "linh", "le": "lẻ"}
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNIT_WORDS = {
    "hour": "giờ làm việc",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "month": "tháng",
}
# Zero-width signs, marks of direction, soft hyphens: they come with text copied from
# web pages and documents, and make two words of one.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
# Letters and symbols that are drawn as nothing.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_DASHES = re.compile("[‐‑‒–—―−﹘﹣－]")
_LIKE_D = re.compile(r"\b[ÐƉðɖ]")
_PLAIN_D = re.compile("[đðɖ]")
# The byte that a Western computer shows as each sign; it shows those that its code page
# leaves out as themselves.
_WESTERN = {chr(byte): byte for byte in range(0x100)} | {
    bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)
}
_LOST = re.compile(r"\ufffd|(?<=[^\W\d_])\?(?=[^\W\d_])")
_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def money_words(n, zero="linh"):
    """An amount of đồng in words, as on a receipt: 200000 gives ``Hai trăm nghìn đồng
    chẵn``.

    "Chẵn" (even) closes an amount in whole thousands, as accountants write it, so that
    nothing can be added.

    :param n: whole đồng, 0 or more
    :param zero: as in ``number_words``
    :raises ValueError: a negative amount or one that is not whole
    """
    if n != int(n) or n < 0:
        raise ValueError(f"{n!r} is not an amount in đồng")
    words = _number(int(n), zero) + " đồng"
    if n and n % 1000 == 0:
        words += " chẵn"
    return words.capitalize()


def number_words(n, zero="linh"):
    """A whole number in words, as documents write it: 12 gives ``mười hai``, −5 gives
    ``âm năm``.

    :param zero: how a zero among the tens is said, ``linh`` or ``le`` (lẻ)
    :raises ValueError: one that is not whole
    """
    if n != int(n):
        raise ValueError(f"{n!r} is not a whole number")
    return ("âm " if n < 0 else "") + _number(abs(int(n)), zero)


def administrative_date(day):
    """``ngày 05 tháng 3 năm 2026``: a zero before days under 10 and before months 1 and
    2 (NĐ 30/2020, domain.md 2.2).
    """
    month = f"{day.month:02d}" if day.month < 3 else day.month
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def administrative_datetime(moment):
    """``07 giờ 30 phút, ngày 05 tháng 3 năm 2026`` (domain.md 2.7); the moment is in
    local time.
    """
    return (
        f"{moment.hour:02d} giờ {moment.minute:02d} phút, {administrative_date(moment)}"
    )


def composed(text):
    """The text as it is kept: composed (NFC), without signs that nobody sees, with the
    Vietnamese Đ where a look-alike begins a word.

    The look-alikes are letters of their own elsewhere, but there they stand inside of
    words: ``Sigurður`` stays, and no Vietnamese word has its Đ but in front.
    """
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _LIKE_D.sub(lambda match: "Đ" if match[0].isupper() else "đ", text)


def is_blank(text):
    """Whether nothing of the text can be seen: blanks, signs without a shape, marks
    without a letter.
    """
    return all(
        unicodedata.category(char)[0] in "CMZ" or char in _FILLERS for char in text
    )


def coded(text):
    """A code or number as it is kept: as ``composed``, with the one dash that keyboards
    have.
    """
    return _DASHES.sub("-", composed(text))


def is_garbled(text):
    """Whether letters of the text are lost: what cannot be read was replaced by a
    question mark inside of a word (``Nguy?n``) or by the sign made for that.
    """
    return bool(_LOST.search(text))


def repaired(text):
    """The text with what was read in the wrong code page put right: ``Huá»³nh`` gives
    ``Huỳnh``. Only where that is certain: its bytes, all of them, are UTF-8.
    """
    if not text or text.isascii():
        return text
    try:
        return bytes(map(_WESTERN.__getitem__, text)).decode()
    except (KeyError, UnicodeError):
        return text


def unaccent(text):
    """Small letters without marks, for searching: ``Đặng Thị Ước`` gives ``dang thi
    uoc``.
    """
    small = _PLAIN_D.sub("d", coded(text).lower())
    plain = unicodedata.normalize("NFD", small)
    return "".join(filterfalse(unicodedata.combining, plain))


def is_fuller(text, other):
    """Whether ``text`` says the same as ``other`` with at least its marks: ``Trần
    Bình`` for ``TRAN BINH``.
    """
    return unaccent(text) == unaccent(other) and _marks(text) >= _marks(other)


def _marks(text):
    signs = unicodedata.normalize("NFD", composed(text).lower())
    return sum(char == "đ" or bool(unicodedata.combining(char)) for char in signs)


def sort_key(text):
    """What puts words in the order of the Vietnamese alphabet: Báo, Biển, Cả, Dân,
    Đặng. Letters count before tones (ngang, huyền, hỏi, ngã, sắc, nặng), tones before
    capitals, as in the collation ``vi`` of ICU.
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", composed(text or "").lower()):
        if char in _TONES:
            if tones:
                tones[-1] = _TONES.index(char) + 1
        elif unicodedata.combining(char):
            if letters:
                letters[-1] += char
        else:
            letters.append(char)
            tones.append(0)
    return [_rank(letter) for letter in letters], tones, text or ""


def _rank(letter):
    letter = unicodedata.normalize("NFC", letter)
    place = _ALPHABET.find(letter[:1])
    # What is no letter comes first, letters of elsewhere last.
    if place >= 0 and len(letter) == 1:
        return 1, place, letter
    return (2 if letter[:1].isalpha() else 0), 0, letter


def term_words(quantity, unit):
    """A term as receipts print it: ``03 ngày làm việc``, ``2,5 ngày làm việc``, ``trong
    ngày``.

    :param quantity, unit: as in ``clock.Term``
    :raises KeyError: unknown unit
    """
    if unit == "same_day":
        return "trong ngày"
    number = (
        f"{int(quantity):02d}"
        if quantity == int(quantity)
        else f"{quantity:g}".replace(".", ",")
    )
    return f"{number} {_UNIT_WORDS[unit]}"


def _number(n, zero):
    """Read a whole number. Above a tỷ (10⁹) the count of tỷ is itself a number: 10¹² is
    "một nghìn tỷ".
    """
    if n == 0:
        return _DIGITS[0]
    billions, rest = divmod(n, 10**9)
    words = [_number(billions, zero), "tỷ"] if billions else []
    for power, name in ((10**6, "triệu"), (1000, "nghìn"), (1, "")):
        group, rest = divmod(rest, power)
        if group:
            # Only the leading group is short; later ones say their empty places: "một
            # nghìn không trăm linh năm".
            words += _group(group, zero, full=bool(words))
            if name:
                words.append(name)
        elif words and rest:
            # As an empty group does, when something follows: nothing can be put in.
            words += [_DIGITS[0], name]
    return " ".join(words)


def _group(n, zero, full):
    """Words of a number from 1 to 999, all three places where ``full``."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append(_ZEROS[zero])
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append("tư")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return words
