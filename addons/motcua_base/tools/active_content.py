"""What in a file would run, or be fetched from elsewhere, when somebody opens it.

Documents are made to be read. What makes them act is never needed in a dossier, and is
how machines are taken over that only open what citizens hand in.
"""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

# Names by which a PDF runs a script or a program, or carries other files (ISO 32000-1,
# 7.11.4, 12.5.6.15, 12.6.4, 13.6).
_PDF_ACTIVE = (
    "JavaScript",
    "Launch",
    "ImportData",
    "EmbeddedFile",
    "EmbeddedFiles",
    "FileAttachment",
    "RichMedia",
)
# By these, objects lie packed in streams, where their names cannot be seen.
_PDF_PACKED = ("ObjStm", "XRef", "XRefStm")
_REGULAR = rb"[^\0\t\n\f\r ()<>\[\]{}/%]"

# What programs are made of in an office file: macros of today and of 1992, controls,
# and objects of other programs. Pictures and tables of office programs are data.
_OFFICE_PROGRAM = re.compile(
    r"(?:^|/)(?:vbaproject|vbadata)[^/]*$"
    r"|^xl/(?:macrosheets|dialogsheets|intlmacrosheets)/"
    r"|(?:^|/)(?:activex|ctrlprops)/"
    r"|(?:^|/)embeddings/[^/]*\.(?!(?:docx|xlsx|png|jpe?g|emf|wmf)$)[^/.]*$",
    re.IGNORECASE,
)
_OFFICE_ELSEWHERE = re.compile(r"^xl/externallinks/", re.IGNORECASE)
_MACRO_TYPE = re.compile("macroenabled|macrosheet|vbaproject", re.IGNORECASE)


def _names(*names):
    """A pattern for names of a PDF, in which any sign may be written in hexadecimal
    (7.3.5)."""
    found = (
        b"".join(
            b"(?:%b|#%02x|#%02X)" % (bytes([sign]), sign, sign)
            for sign in name.encode()
        )
        for name in names
    )
    return re.compile(rb"/(?:%b)(?!%b)" % (b"|".join(found), _REGULAR))


_ACTIVE, _PACKED = _names(*_PDF_ACTIVE), _names(*_PDF_PACKED)


def is_pdf_active(content):
    """Whether a PDF runs something or carries other files.

    :raises ValueError: objects are packed, and cannot be read
    """
    return bool(_ACTIVE.search(content)) or any(
        _ACTIVE.search(packed) for packed in _packed(content)
    )


def _packed(content):
    """What lies in the object streams of a PDF."""
    if not _PACKED.search(content):
        return
    from pypdf import PdfReader  # seldom needed

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        for number in {number for number, _index in reader.xref_objStm.values()}:
            yield reader.get_object(number).get_data()
    except Exception as error:  # what broken files raise is the library's affair
        raise ValueError("unreadable") from error


def office_code(content):
    """What an office file does besides being read: ``macro`` (there is a program
    inside), ``remote`` (something is fetched from elsewhere), or None.

    :param content: an archive that can be read whole
    :raises ValueError: a part that says what the others are cannot be read
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        types = _rows(archive.read("[Content_Types].xml"))
        if any(map(_OFFICE_PROGRAM.search, names)) or any(
            _MACRO_TYPE.search(row.get("ContentType", "")) for row in types
        ):
            return "macro"
        if any(map(_OFFICE_ELSEWHERE.search, names)) or any(
            _is_fetched(row)
            for name in names
            if name.lower().endswith(".rels")
            for row in _rows(archive.read(name))
        ):
            return "remote"
    return None


def _rows(part):
    try:
        return list(ElementTree.fromstring(part))
    except ElementTree.ParseError as error:
        raise ValueError("unreadable") from error


def _is_fetched(relation):
    """Whether a part names something outside of its file, other than a link, which is
    followed by who clicks it."""
    outside = relation.get("TargetMode", "").lower() == "external"
    return outside and not relation.get("Type", "").endswith("/hyperlink")
