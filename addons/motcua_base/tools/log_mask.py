"""Lines of a log without personal data.

A log is read by those who keep machines running, and kept by tools that know no rights.
What goes wrong can be told without saying to whom.
"""

import re

HIDDEN = "…"

_LITERAL = re.compile(r"E?'(?:[^'\\]|''|\\.)*'", re.DOTALL)
# What PostgreSQL adds to an error are the values that it refuses.
_DETAIL = re.compile(r"^(DETAIL|CONTEXT|LINE \d+): .*$", re.MULTILINE)
_REFUSED = re.compile(r'(\bvalue |: )"[^"\n]*"')
_IDENTITY = re.compile(r"(?<!\d)(?:0\d{9}|0\d{11}|\+?84\d{9})(?!\d)")
_MAILBOX = re.compile(r"[\w.+-]+(?=@[\w-]+\.)")


def masked_query(query):
    """A query of SQL on one line, without the values in it.

    :param query: text, or bytes as sent to the server
    """
    if isinstance(query, bytes):
        query = query.decode(errors="replace")
    return " ".join(_LITERAL.sub(f"'{HIDDEN}'", str(query)).split())


def masked(message):
    """A message without numbers of people and telephones, mailboxes, and what the
    database says of the values that it refuses."""
    message = _DETAIL.sub(rf"\1: {HIDDEN}", message)
    message = _REFUSED.sub(rf'\1"{HIDDEN}"', message)
    return _MAILBOX.sub(HIDDEN, _IDENTITY.sub(HIDDEN, message))
