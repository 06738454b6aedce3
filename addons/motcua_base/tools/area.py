"""Which officer's area an address lies in.

Areas and addresses are typed by people, so they are compared as words: without accents,
case and punctuation. "Thôn 1" is in "thon 01, xã Khe Sanh" and not in "Thôn 11".
"""

import re

from .text import unaccent


def split(areas):
    """The areas of a text like ``Thôn 1, Thôn 2; Khối 3``."""
    return [area.strip() for area in re.split(r"[,;\n]", areas or "") if area.strip()]


def precision(areas, address):
    """How many words of ``address`` the best matching one of ``areas`` covers: 0 where
    none lies in it, more for "Thôn 1 xã Khe Sanh" than for the whole commune.

    :param areas: text as for ``split``
    """
    words = _words(address)
    return max((_run_length(_words(area), words) for area in split(areas)), default=0)


def _words(text):
    words = re.findall(r"\w+", unaccent(text or ""))
    return [word.lstrip("0") or "0" for word in words]


def _run_length(part, words):
    """Length of ``part`` where it stands in ``words`` in one run, else 0."""
    size = len(part)
    found = any(
        words[start : start + size] == part for start in range(len(words) - size + 1)
    )
    return size if found else 0
