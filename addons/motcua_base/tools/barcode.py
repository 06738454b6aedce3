"""QR and Code 128 as small SVG pictures: sharp at every size, and needing no library
that draws bitmaps.

Each picture is one path on a grid of modules (the narrowest bar or dot), without quiet
zone: who places the picture leaves 4 modules around a QR code and 10 beside a Code 128
(ISO/IEC 18004 and 15417).
"""

import qrcode
from reportlab.graphics.barcode.code128 import Code128


def qr_svg(text):
    """A QR code of ``text`` that survives 15 % damage (level M), as SVG."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    runs = []
    for y, row in enumerate(code.modules):
        for x, dark in enumerate(row):
            if dark and x and row[x - 1]:
                runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
            elif dark:
                runs.append((x, y, 1))
    return _svg(runs, len(code.modules), len(code.modules))


def code128_svg(text):
    """A Code 128 of ``text``, as SVG to be stretched in height as wanted.

    :raises ValueError: no text, or a letter outside ASCII
    """
    if not text or not text.isascii():
        raise ValueError(f"{text!r} cannot be written in Code 128")
    code = Code128(text)
    code.validate()
    code.encode()
    code.decompose()
    runs, x = [], 0
    # A letter a bar or space: its case says which, its place in the alphabet how wide.
    for letter in code.decomposed:
        width = ord(letter.lower()) - ord("a") + 1
        if letter.isupper():
            runs.append((x, 0, width))
        x += width
    return _svg(runs, x, 1)


def _svg(runs, width, height):
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" preserveAspectRatio="none"'
        f' shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )
