"""Files people hand in: are they what their name says, and safe to keep and open."""

import zipfile
from io import BytesIO

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# The allow-list: what dossiers are made of, by the ending of the file name.
KINDS = {"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG, "docx": DOCX, "xlsx": XLSX}

# An A3 page scanned at 600 dpi has 70 million pixels; opening one takes 4 bytes each.
MAX_PIXELS = 120_000_000
# Office files are archives. Unpacked, honest ones stay far below both limits; the ratio
# only counts above a size at which it hurts.
MAX_UNPACKED, MAX_RATIO, RATIO_FROM = 200 * 2**20, 100, 20 * 2**20
MAX_ENTRIES = 10_000

_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
# JPEG frame headers, which hold the size of the picture.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class UploadError(ValueError):
    """A file that is not taken: ``code`` and ``params``, from which models make a
    sentence.

    ``empty``; ``too_large`` (size, limit in bytes); ``not_accepted`` (extension,
    accepted); ``mismatch`` (extension); ``archive`` (unpacks to too much);
    ``pixels`` (limit); ``macro`` (an office file with a program inside).
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
    if content.startswith(b"PK\x03\x04"):
        names = {entry.filename for entry in _entries(content)}
        for part, kind in _OFFICE_PARTS.items():
            if part in names and "[Content_Types].xml" in names:
                return kind
    # Readers accept a PDF header within the first kilobyte, and scanners make use of
    # it.
    return PDF if b"%PDF-" in content[:1024] else None


def check(name, content, max_bytes, accepted=tuple(KINDS)):
    """The MIME type of an uploaded file that may be kept.

    :param name: its file name; the ending says what it claims to be
    :param content: all of its bytes
    :param max_bytes: the largest size taken, in bytes
    :param accepted: endings taken here, of those in ``KINDS`` (``jpg`` stands for
        ``jpeg`` and the other way round)
    :raises UploadError: see there
    """
    if not content:
        raise UploadError("empty")
    if len(content) > max_bytes:
        raise UploadError("too_large", size=len(content), limit=max_bytes)
    extension = name.rpartition(".")[2].lower()
    kind = KINDS.get(extension)
    if not kind or kind not in {KINDS.get(ending) for ending in accepted}:
        raise UploadError(
            "not_accepted", extension=extension, accepted=sorted(accepted)
        )
    if sniff(content) != kind:
        raise UploadError("mismatch", extension=extension)
    if kind in (DOCX, XLSX):
        _check_archive(content)
    elif kind in (JPEG, PNG):
        size = _png_size(content) if kind == PNG else _jpeg_size(content)
        if not size:
            raise UploadError("mismatch", extension=extension)
        if size[0] * size[1] > MAX_PIXELS:
            raise UploadError("pixels", limit=MAX_PIXELS)
    return kind


def _entries(content):
    try:
        return zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        return []


def _check_archive(content):
    """Judged by the directory: zipfile and its like never unpack more than it
    announces.
    """
    entries = _entries(content)
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * len(content))
    ):
        raise UploadError("archive")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise UploadError("macro")


def _png_size(content):
    """Width and height from the IHDR chunk, which comes first; None if it does not."""
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_size(content):
    """Width and height from the first frame header; None if there is none."""
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        if marker in _FRAMES:
            height = int.from_bytes(content[position + 5 : position + 7], "big")
            return int.from_bytes(content[position + 7 : position + 9], "big"), height
        position += 2 + max(
            int.from_bytes(content[position + 2 : position + 4], "big"), 2
        )
    return None
