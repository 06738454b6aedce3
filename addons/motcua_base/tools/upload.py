"""Files people hand in: what are they, by their content, and are they safe to keep and
open.

The name of a file is what somebody called it: its content says what it is, and it is
then named accordingly. Only a name that claims to be something else altogether (a
program, a page) is refused.
"""

import operator
import re
import struct
import zipfile
from io import BytesIO
from zlib import crc32

# Odoo lets Pillow read few formats; these have to be asked for by name.
from pi_heif import HeifImagePlugin  # noqa: F401
from PIL import Image, TiffImagePlugin  # noqa: F401

from . import active_content
from .text import composed

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
HEIC = "image/heic"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What dossiers are made of, by the usual ending of the file name.
ENDINGS = {"pdf": PDF, "jpg": JPEG, "png": PNG, "docx": DOCX, "xlsx": XLSX}
# What scanners and telephones make, which not every screen shows: taken where pictures
# are, and made into a PDF or a JPEG.
CONVERTED = {"tif": TIFF, "heic": HEIC}
# What other programs call the same things.
OTHER_ENDINGS = {
    "jpeg": JPEG,
    "jpe": JPEG,
    "jfif": JPEG,
    "tiff": TIFF,
    "heif": HEIC,
    "hif": HEIC,
}
KINDS = {**ENDINGS, **CONVERTED, **OTHER_ENDINGS}
PICTURES = (JPEG, PNG, TIFF, HEIC)

# An A3 page scanned at 600 dpi has 70 million pixels; opening one takes 4 bytes each.
MAX_PIXELS = 120_000_000
# Office files are archives. Unpacked, honest ones stay far below both limits; the ratio
# only counts above a size at which it hurts.
MAX_UNPACKED, MAX_RATIO, RATIO_FROM = 200 * 2**20, 100, 20 * 2**20
MAX_ENTRIES = 10_000
# How far from its end readers look for the trailer of a PDF.
PDF_TAIL = 2048

# What stands before each part of an archive, ending with the lengths of its name and of
# what else is said of it.
_ZIP_HEADER = 30
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
# JPEG markers: where coded data begins, and the end of the picture.
_SCAN, _END = 0xDA, 0xD9
# Markers inside a scan: a stuffed 0xFF, and restarts.
_IN_SCAN = frozenset({0x00, *range(0xD0, 0xD8)})
_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
)
# Tags of a TIFF that say where the strips, or the tiles, of a page lie.
_TIFF_PARTS = ((273, 279), (324, 325))
# An encrypted office file is no archive but an old compound file with one in it.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Readers accept a PDF header within the first kilobyte, and printers and scanners make
# use of it. Anything else before it is another kind of file that passes for a PDF.
_PDF_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\x1b%-12345X[ -~\r\n\t]{0,800}|[\0\s]{0,1000})%PDF-"
)
_PDF_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
# A signature covers ranges of bytes: any change breaks it.
_PDF_SIGNATURE = re.compile(rb"/ByteRange\s*\[")
_OUTSIDE = re.compile(r"^[./\\]*[/\\]")
_FOLDER = re.compile(r"[/\\]")
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029]")
_WORD = re.compile(r"[a-z0-9]{1,5}", re.ASCII)


class UploadError(ValueError):
    """A file that is not taken: ``code`` and ``params``, from which models make a
    sentence.

    ``empty``; ``too_large`` (size, limit in bytes); ``not_accepted`` (extension,
    accepted); ``unknown`` (no kind of file that is known); ``damaged`` (cut off or
    broken); ``protected`` (opens with a password only); ``archive`` (unpacks to too
    much); ``pixels`` (limit); ``active`` (a PDF that runs something or carries other
    files); ``macro`` (an office file with a program inside); ``remote`` (one that
    fetches something from elsewhere).
    """

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params


def sniff(content):
    """The MIME type of a file by its first bytes, of those in ``KINDS``; None for
    others.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith((b"II*\0", b"MM\0*")):
        return TIFF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if content.startswith(b"PK\x03\x04"):
        names = {entry.filename for entry in _entries(content)}
        for part, kind in _OFFICE_PARTS.items():
            if part in names and "[Content_Types].xml" in names:
                return kind
    return PDF if _PDF_START.match(content) else None


def check(name, content, max_bytes, accepted=tuple(ENDINGS)):
    """The MIME type of an uploaded file that may be kept.

    :param name: its file name
    :param content: all of its bytes
    :param max_bytes: the largest size taken, in bytes
    :param accepted: endings of the kinds taken here; where a picture or a PDF is taken,
        so are those that can be made into one (``CONVERTED``)
    :raises UploadError: see there
    """
    if not content:
        raise UploadError("empty")
    if len(content) > max_bytes:
        raise UploadError("too_large", size=len(content), limit=max_bytes)
    extension = ending(name)
    kinds = {KINDS.get(accepted_ending) for accepted_ending in accepted}
    if kinds & {PDF, JPEG, PNG}:
        kinds |= set(CONVERTED.values())
    claimed = KINDS.get(extension) if extension else None
    refused = UploadError("not_accepted", extension=extension, accepted=accepted)
    if extension and claimed not in kinds and claimed not in PICTURES:
        raise refused
    if content.startswith(_COMPOUND) and _ENCRYPTED in content:
        raise UploadError("protected")
    kind = sniff(content)
    if not kind:
        raise UploadError("unknown")
    if kind not in kinds:
        raise refused
    if kind in (DOCX, XLSX):
        _check_archive(content)
    elif kind == PDF:
        _check_pdf(content)
    else:
        _check_picture(content, kind)
    return kind


def ending(name):
    """The ending of a file name, in small letters; empty where it has none: a dot in a
    name that goes on in words begins no ending.
    """
    found = name.rpartition(".")[2].lower() if "." in name else ""
    return found if _WORD.fullmatch(found) else ""


def proper_name(name, kind):
    """The name of a file of this kind: with the ending that says so, in no folder, and
    without signs that nobody sees or that turn around what is read.

    :param kind: a MIME type of ``KINDS``
    """
    name = _CONTROL.sub("", composed(name))
    name = _FOLDER.sub("-", _OUTSIDE.sub("", name)).strip()
    found = ending(name)
    if KINDS.get(found) == kind and found not in ("jfif", "jpe", "hif"):
        return name
    usual = next(usual for usual, other in KINDS.items() if other == kind)
    stem = name[: -len(found) - 1] if found in KINDS else name
    return f"{stem.rstrip('. ') or 'file'}.{usual}"


def labels(accepted):
    """Kinds of files as people call them, each once: ``["PDF", "JPG"]``."""
    usual = {kind: name for name, kind in reversed(list(KINDS.items()))}
    found = [usual[KINDS[name]] for name in accepted if name in KINDS]
    return [name.upper() for name in dict.fromkeys(found)]


def is_signed(content):
    """Whether a file is a PDF with a digital signature, which no change survives."""
    return sniff(content) == PDF and bool(_PDF_SIGNATURE.search(content))


def _entries(content):
    try:
        return zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        return []


def _check_archive(content):
    """First by what the directory announces; then whether that is true, for not every
    program goes by the directory."""
    entries = _entries(content)
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * len(content))
    ):
        raise UploadError("archive")
    if not _is_honest(content, entries):
        raise UploadError("damaged")
    try:
        code = active_content.office_code(content)
    except ValueError:
        raise UploadError("damaged") from None
    if code:
        raise UploadError(code)


def _is_honest(content, entries):
    """Whether each part of an archive lies where, and is what, the directory says, one
    behind the other from the first byte on, and none has the name of another."""
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        return False
    position = 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in sorted(entries, key=operator.attrgetter("header_offset")):
            if entry.header_offset < position:
                return False
            try:
                with archive.open(entry) as part:  # compares the name at its place
                    while part.read(2**20):
                        pass  # to the end, where its checksum is compared
            except Exception:  # what broken archives raise is the library's affair
                return False
            position = entry.header_offset + _ZIP_HEADER + entry.compress_size
            at = entry.header_offset + _ZIP_HEADER - 4
            position += sum(struct.unpack_from("<HH", content, at))
    return True


def _check_pdf(content):
    """A PDF ends with its trailer; one that was cut off has none."""
    tail = content.rstrip(b"\0 \r\n\t")[-PDF_TAIL:]
    if b"%%EOF" not in tail:
        raise UploadError("damaged")
    if _PDF_ENCRYPTED.search(content) and not _opens(content):
        raise UploadError("protected")
    try:
        active = active_content.is_pdf_active(content)
    except ValueError:
        raise UploadError("damaged") from None
    if active:
        raise UploadError("active")


def _opens(content):
    """Whether an encrypted PDF opens without a password: some only forbid printing."""
    from pypdf import PdfReader  # seldom needed
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        return not reader.is_encrypted or bool(reader.decrypt(""))
    except (PyPdfError, ValueError, TypeError, KeyError, NotImplementedError):
        return False


def _check_picture(content, kind):
    """Whole, of a size that can be opened, and readable to the end. Pillow itself,
    where a server lets it, fills up what is missing with grey."""
    whole = {JPEG: _is_whole_jpeg, PNG: _is_whole_png, HEIC: _is_whole_heic}.get(kind)
    if whole and not whole(content):
        raise UploadError("damaged")
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UploadError("pixels", limit=MAX_PIXELS)
            if kind == TIFF:
                _check_frames(image, len(content))
            elif kind == HEIC:
                image.load()
    except UploadError:
        raise
    except Image.DecompressionBombError:
        raise UploadError("pixels", limit=MAX_PIXELS) from None
    except Exception:  # what broken files raise is the libraries' affair
        raise UploadError("damaged") from None


def _check_frames(image, size):
    """The pages of a TIFF lie anywhere in it, so each has to be looked at."""
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        if image.width * image.height > MAX_PIXELS:
            raise UploadError("pixels", limit=MAX_PIXELS)
        for starts, lengths in _TIFF_PARTS:
            tags = image.tag_v2
            parts = zip(tags.get(starts, ()), tags.get(lengths, ()), strict=False)
            if any(start + length > size for start, length in parts):
                raise UploadError("damaged")
        image.load()


def _is_whole_png(content):
    """Whether all chunks are there, as their checksums say, up to the last."""
    position = 8
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        end = position + 8 + length
        kind, checksum = content[position + 4 : position + 8], content[end : end + 4]
        if len(checksum) < 4 or crc32(content[position + 4 : end]) != int.from_bytes(
            checksum, "big"
        ):
            return False
        if kind == b"IEND":
            return True
        position = end + 4
    return False


def _is_whole_heic(content):
    """Whether the last of its boxes ends inside the file."""
    position = 0
    while position + 8 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        if length == 1:  # a long box says so behind its name
            length = int.from_bytes(content[position + 8 : position + 16], "big")
        elif length == 0:  # up to the end of the file
            return True
        position += max(length, 8)
    return position == len(content)


def _is_whole_jpeg(content):
    """Whether the picture goes on to its end marker, behind at least one scan."""
    position, scanned = 2, False
    while position + 2 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        if marker == _END:
            return scanned
        length = int.from_bytes(content[position + 2 : position + 4], "big")
        position += 2 + max(length, 2)
        if marker == _SCAN:
            scanned = True
            position = _scan_end(content, position)
    return False


def _scan_end(content, position):
    """Where the coded data from ``position`` on stops: at the next real marker."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            return len(content)
        if content[position + 1] not in _IN_SCAN:
            return position
        position += 2
