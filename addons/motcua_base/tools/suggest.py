"""Texts that may be meant by what somebody has typed so far: places and agencies.

Compared word by word without accents, each word typed being the beginning of one:
"khe s" finds "Xã Khe Sanh, Tỉnh Quảng Trị".
"""

import re
from functools import lru_cache

from vietnam_provinces import Province, Ward

from .text import unaccent

MAX_FOUND = 8


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
    Quảng Trị". What stands before is kept as it was typed."""
    parts = [part.strip() for part in typed[:500].split(",")]
    for start in range(len(parts)):
        detail = parts[:start]
        found = find(" ".join(parts[start:]), _divisions())
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
