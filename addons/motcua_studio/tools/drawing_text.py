"""How wide a text is, and how it is broken into lines.

Nobody measures here: screens and printers have fonts of their own, so widths are those
of a wide common font (DejaVu Sans), and what fits here fits everywhere. All lengths are
in the same unit as the size of the font.
"""

import unicodedata

# Widths in parts of the size of the font.
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!", 0.34),
    **dict.fromkeys(' ftr()[]{}-/\\"°', 0.42),
    **dict.fromkeys("mwMWOQGD%@&+=<>", 0.96),
    **dict.fromkeys("…—→", 1.0),
}
_CAPITAL, _OTHER, _BOLD = 0.74, 0.64, 1.1


def text_width(text, size, bold=False):
    """How wide a line is at most."""
    # Marks above and below letters take no room.
    letters = unicodedata.normalize("NFD", text)
    width = sum(_letter_width(c) for c in letters if not unicodedata.combining(c))
    return width * size * (_BOLD if bold else 1)


def wrap(text, room, size, bold=False, most=4):
    """``text`` as lines no wider than ``room``; what ``most`` lines do not hold ends in
    an ellipsis. Words wider than a line are broken."""
    lines = []
    for word in _pieces(text.split(), room, size, bold):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while last and text_width(f"{last}…", size, bold) > room:
            last = last[:-1].rstrip()
        lines[most - 1 :] = [f"{last}…"]
    return lines


def _letter_width(letter):
    return _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _OTHER)


def _pieces(words, room, size, bold):
    for word in words:
        piece = ""
        for letter in word:
            if piece and text_width(piece + letter, size, bold) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece
