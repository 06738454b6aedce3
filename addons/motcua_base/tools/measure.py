"""How much room text takes on paper, set in Times or a font of its metrics."""

import unicodedata
from math import ceil

from reportlab.pdfbase.pdfmetrics import stringWidth

_FONT = "Times-Roman"


def width(text, size):
    """Width of one line of ``text`` in points, at ``size`` points.

    Vietnamese marks take no room of their own: ``ễ`` is as wide as ``e``.
    """
    plain = unicodedata.normalize("NFD", text.translate({ord("đ"): "d", ord("Đ"): "D"}))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return stringWidth(letters, _FONT, size)


def line_count(text, room, size):
    """Number of lines that ``text`` takes in a column ``room`` points wide.

    Lines break at blanks; a word wider than the column breaks anywhere.
    """
    return sum(_paragraph(part, room, size) for part in text.split("\n"))


def _paragraph(text, room, size):
    blank = width(" ", size)
    lines, used = 1, 0
    for word in text.split():
        length = width(word, size)
        if used and used + blank + length > room:
            lines, used = lines + 1, 0
        if length > room:
            lines += ceil(length / room) - 1
            length = length % room
        used += length + (blank if used else 0)
    return lines
