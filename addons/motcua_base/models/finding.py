from typing import NamedTuple

from odoo.models import BaseModel


class Finding(NamedTuple):
    """Something that a check of a procedure version has found, and where to mend it.

    A *problem* forbids publication: no dossier could live by such a version. A
    *warning* must be seen but forbids nothing: staff, for example, may come later.
    """

    sentence: str
    record: BaseModel  # the one record to open
    field: str = ""  # its column, where there is one to point at
    blocks: bool = True


def problem(sentence, record, field=""):
    """A finding that forbids publication."""
    return Finding(sentence, record, field)


def warning(sentence, record, field=""):
    """A finding that must be seen but forbids nothing."""
    return Finding(sentence, record, field, blocks=False)
