"""Identifiers of agencies, codes of dossiers and of procedures.

Sources: QĐ 20/2020/QĐ-TTg article 4 (identifiers), QCVN 102:2016 (their older form), TT
01/2018/TT-VPCP article 19 (dossier codes); domain.md sections 3.1 to 3.3.
"""

import re
from collections import namedtuple
from datetime import datetime
from string import Formatter
from urllib.parse import unquote

from .text import coded

DossierCode = namedtuple("DossierCode", "identifier date number")

_NEW = r"(?:[A-Y]\d{2}|Z(?!00)\d{2}[0-9A-Z]*)(?:\.[0-9A-Z]+)*"
_OLD = r"\d{3}(?:\.\d{2}){2}\.[A-Y]\d{2}"
_IDENTIFIER = re.compile(_NEW, re.ASCII)
_QCVN = re.compile(_OLD, re.ASCII)
_DOSSIER = re.compile(
    rf"(?P<identifier>{_OLD}|{_NEW})-(?P<date>\d{{6}})-(?P<number>\d{{4,5}})", re.ASCII
)
_DOSSIER_ANYWHERE = re.compile(
    rf"(?<![0-9A-Z.-]){_DOSSIER.pattern}(?![0-9A-Z-])", re.ASCII
)
_PROCEDURE = re.compile(r"(\d\.\d{6})(?:\.[0-9A-Z]+)*", re.ASCII)
# Widths of the groups of a QCVN 102:2016 identifier from the level below the ministry
# or province downwards.
_QCVN_WIDTHS = (2, 2, 3)


class CodeError(ValueError):
    """Text that is not the code it should be; ``code`` says which: identifier, pattern,
    number, dossier or procedure.
    """

    def __init__(self, code, text):
        super().__init__(f"{code}: {text!r}")
        self.code = code


def check_identifier(text):
    """The agency identifier (``H47.17.29``) without blanks around it, in capitals.

    At most 35 characters 0-9 and A-Z in groups between dots, level 1 first: a letter A
    to Y and two digits, or Z01 to Z99 and what follows for bodies outside the state (QĐ
    20/2020 article 4).

    :raises CodeError: ``identifier``
    """
    identifier = coded(text).strip().upper()
    if len(identifier) > 35 or not _IDENTIFIER.fullmatch(identifier):
        raise CodeError("identifier", text)
    return identifier


def identifier_from_qcvn(text):
    """The identifier of today from its QCVN 102:2016 form: ``000.00.17.H47`` gives
    ``H47.17``.

    The groups turn round, empty levels at the end fall away (domain.md 3.2).

    :raises CodeError: ``identifier``
    """
    old = text.strip().upper()
    if not _QCVN.fullmatch(old):
        raise CodeError("identifier", text)
    groups = old.split(".")[::-1]
    while not groups[-1].strip("0"):
        groups.pop()
    return ".".join(groups)


def identifier_to_qcvn(text):
    """The QCVN 102:2016 form of an identifier: ``H47.17`` gives ``000.00.17.H47``.

    :raises CodeError: ``identifier``, also where the old form has no room for it
    """
    level_1, *lower = check_identifier(text).split(".")
    missing = len(_QCVN_WIDTHS) - len(lower)
    if missing < 0:
        raise CodeError("identifier", text)
    padded = [
        group.zfill(width)
        for group, width in zip(lower + [""] * missing, _QCVN_WIDTHS, strict=True)
    ]
    old = ".".join([*reversed(padded), level_1])
    if not _QCVN.fullmatch(old):
        raise CodeError("identifier", text)
    return old


def format_code(pattern, identifier, day, number):
    """A dossier code, such as ``H56.14-240823-0001`` from
    ``{identifier}-{yymmdd}-{number:04d}``.

    :param pattern: with each of the three fields, or numbers would repeat; only
        ``number`` may have a format
    :param day: local date of the reception
    :param number: running number of the agency on that day, from 1
    :raises CodeError: ``pattern`` or ``number``
    """
    # Checked by hand: str.format alone would let a pattern reach into the attributes of
    # its arguments.
    try:
        fields = {
            name: (spec, conversion)
            for _text, name, spec, conversion in Formatter().parse(pattern)
            if name is not None
        }
    except ValueError:
        raise CodeError("pattern", pattern) from None
    spec, conversion = fields.pop("number", ("?", None))
    if (
        conversion
        or not re.fullmatch(r"(0\d)?d?", spec)
        or fields != dict.fromkeys(("identifier", "yymmdd"), ("", None))
    ):
        raise CodeError("pattern", pattern)
    if not 1 <= number <= 99999:
        raise CodeError("number", number)
    return pattern.format(identifier=identifier, yymmdd=f"{day:%y%m%d}", number=number)


def check_pattern(pattern):
    """Whether every dossier gets a code of its own from ``pattern``, whatever the
    agency and the day: its fields are all there and stand apart.

    :raises CodeError: ``pattern``
    """
    format_code(pattern, "H47.17", datetime(2026, 1, 5), 1)
    _first, *others = [
        literal
        for literal, name, _spec, _conversion in Formatter().parse(pattern)
        if name is not None
    ]
    # Without a sign that no field contains, H47.1 and 2 could read like H47 and 12.
    if not all(re.search(r"[^0-9A-Za-z.]", literal) for literal in others):
        raise CodeError("pattern", pattern)


def is_scannable(pattern):
    """Whether scanners and the search recognise the codes of ``pattern``: those in the
    form of TT 01/2018 article 19."""
    code = format_code(pattern, "H47.17", datetime(2026, 1, 5), 1)
    return scan_code(code) == code


def parse_code(text):
    """Identifier (in today's form), date and number of a dossier code, old or new, with
    a number of 4 or 5 digits.

    :raises CodeError: ``dossier``
    """
    match = _DOSSIER.fullmatch(coded(text).strip().upper())
    parsed = match and _parsed(match)
    if not parsed:
        raise CodeError("dossier", text)
    return parsed


def scan_code(text):
    """The dossier code in whatever a scanner typed: the code itself, or a text or
    look-up address with it inside.

    :return: the code in capitals as it was issued, or None
    """
    for match in _DOSSIER_ANYWHERE.finditer(coded(unquote(text)).upper()):
        if _parsed(match):
            return match[0]
    return None


def national_code(text):
    """The national part of a procedure code: ``1.003725.000.00.00.H50`` gives
    ``1.003725`` (domain.md 3.3).

    :raises CodeError: ``procedure``
    """
    match = _PROCEDURE.fullmatch(coded(text).strip().upper())
    if not match:
        raise CodeError("procedure", text)
    return match[1]


def _parsed(match):
    try:
        day = datetime.strptime("20" + match["date"], "%Y%m%d").date()
    except ValueError:
        return None
    identifier = match["identifier"]
    if identifier[0].isdigit():
        identifier = identifier_from_qcvn(identifier)
    return (
        DossierCode(identifier, day, int(match["number"]))
        if len(identifier) <= 35
        else None
    )
