"""Vietnamese text: amounts in words, dates and terms in the administrative style,
folding for search.
"""

import unicodedata

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNIT_WORDS = {
    "hour": "giờ làm việc",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "month": "tháng",
}


def money_words(n):
    """An amount of đồng in words, as on a receipt: 200000 gives ``Hai trăm nghìn đồng
    chẵn``.

    "Chẵn" (even) closes an amount in whole thousands, as accountants write it, so that
    nothing can be added.

    :param n: whole đồng, 0 or more
    :raises ValueError: a negative amount or one that is not whole
    """
    if n != int(n) or n < 0:
        raise ValueError(f"{n!r} is not an amount in đồng")
    words = _number(int(n)) + " đồng"
    if n and n % 1000 == 0:
        words += " chẵn"
    return words.capitalize()


def number_words(n):
    """A whole number in words, as documents write it: 12 gives ``mười hai``, −5 gives
    ``âm năm``.

    :raises ValueError: one that is not whole
    """
    if n != int(n):
        raise ValueError(f"{n!r} is not a whole number")
    return ("âm " if n < 0 else "") + _number(abs(int(n)))


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


def unaccent(text):
    """Small letters without marks, for searching: ``Đặng Thị Ước`` gives ``dang thi
    uoc``.
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


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


def _number(n):
    """Read a whole number. Above a tỷ (10⁹) the count of tỷ is itself a number: 10¹² is
    "một nghìn tỷ".
    """
    if n == 0:
        return _DIGITS[0]
    billions, rest = divmod(n, 10**9)
    words = [_number(billions), "tỷ"] if billions else []
    for power, name in ((10**6, "triệu"), (1000, "nghìn"), (1, "")):
        group, rest = divmod(rest, power)
        if group:
            # Only the leading group is short; later ones say their empty places: "một
            # nghìn không trăm linh năm".
            words += _group(group, full=bool(words))
            if name:
                words.append(name)
        elif words and rest:
            # As an empty group does, when something follows: nothing can be put in.
            words += [_DIGITS[0], name]
    return " ".join(words)


def _group(n, full):
    """Words of a number from 1 to 999, all three places where ``full``."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append("linh")
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append("tư")
    elif ones == 5 and tens:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return words
