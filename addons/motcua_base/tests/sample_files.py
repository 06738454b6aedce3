"""Small files of the kinds that people hand in, each whole and honest."""

from base64 import b64decode
from io import BytesIO
from random import Random

from PIL import Image
from pypdf import PdfWriter


def _pdf(pages=1):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def picture(kind, size=(60, 80), mode="RGB", **options):
    """A picture of noise, so that every part of the file counts."""
    noise = Random(1).randbytes(size[0] * size[1] * 3)
    image = Image.frombytes("RGB", size, noise).convert(mode)
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


PDF = _pdf()
SIGNED_PDF = PDF.replace(b"startxref", b"% /ByteRange [0 10 20 30]\nstartxref", 1)
# As telephones make them: 64 times 48, the left half red, the right half white.
HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAXttZXRhAAAAAAAAACFoZGxyAAAAAAAAAABw"
    "aWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABnwABAAAAAAAAACUAAAAjaWlu"
    "ZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA+2lwcnAAAADbaXBj"
    "bwAAAHZodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMA"
    "HroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZE"
    "AcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAA"
    "AAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAADnBpeGkAAAAAAQgAAAAYaXBtYQAAAAAAAAAB"
    "AAEFgQIDBYQAAAAtbWRhdAAAACEoAa8ZgO9Jpb//4oYf+a1r/r+yF4X8pJB3iHR/zBINtbw="
)
