"""Texts that may be meant by what somebody has typed so far: places and agencies.

Compared word by word without accents, each word typed being the beginning of one:
"khe s" finds "Xã Khe Sanh, Tỉnh Quảng Trị".
"""

import re
from functools import lru_cache

from vietnam_provinces import Province, Ward

from .text import composed, unaccent

MAX_FOUND = 8
# Parts of an address that name a commune or what lies above it, also of the three
# tiers before 1/7/2025: no detail of another place. Without accents only what is no
# other word.
_UNIT = re.compile(
    r"(?:xã|phường|thị trấn|thi tran|thị xã|thi xa|huyện|huyen|quận|thành phố|thanh pho"
    r"|tỉnh)\s|(?:tp|tx|tt|[hqpx])\.",
)
_SHORT = {
    "tp": ("thanh", "pho"),
    "hcm": ("ho", "chi", "minh"),
    "tphcm": ("thanh", "pho", "ho", "chi", "minh"),
}


def prepare(texts):
    """Texts in the form that ``find`` searches."""
    return tuple((f" {' '.join(_words(text))}", text) for text in texts)


def find(typed, prepared):
    """The texts that have every word of ``typed``, at most ``MAX_FOUND``; first those
    in which the words stand together, then the shortest."""
    words = _words(typed)
    if not words:
        return []
    found = [
        (plain, text)
        for plain, text in prepared
        if all(f" {word}" in plain for word in words)
    ]
    phrase = " ".join(words)
    found.sort(key=lambda pair: (phrase not in pair[0], len(pair[1]), pair[1]))
    return [text for _plain, text in found[:MAX_FOUND]]


def places(typed):
    """Communes and provinces (the two tiers since 1/7/2025, as ``vietnam-provinces``
    has them) that may be meant: "Thôn 1, khe sanh" gives "Thôn 1, Xã Khe Sanh, Tỉnh
    Quảng Trị". What stands before is kept as it was typed.

    A commune that is not found, as most of before the mergers, leads to none of its
    province or district: nothing is better than the wrong one."""
    parts = [part.strip() for part in typed[:500].split(",")]
    for start in range(len(parts)):
        detail = parts[:start]
        if detail and _UNIT.match(composed(detail[-1]).lower()):
            return []
        words = _words(" ".join(parts[start:]))
        spelled = [full for word in words for full in _SHORT.get(word, (word,))]
        found = find(" ".join(spelled), _divisions())
        if found:
            return [", ".join([*detail, text]) for text in found]
    return []


@lru_cache(maxsize=1)
def _divisions():
    # Provinces are named without their kind, cities and communes with it.
    provinces = {
        province.code: province.name
        if province.name.startswith("Thành phố")
        else f"Tỉnh {province.name.removeprefix('Tỉnh ')}"
        for province in Province.iter_all()
    }
    wards = (
        f"{ward.name}, {provinces[ward.province_code]}" for ward in Ward.iter_all()
    )
    return prepare([*provinces.values(), *wards])


def _words(text):
    return re.findall(r"\w+", unaccent(text))
