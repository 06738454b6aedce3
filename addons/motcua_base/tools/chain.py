"""The hash chain that makes a dossier's history tamper-evident.

Each event carries the hash of the event before it and its own hash over that and its
payload, so a row changed, taken out or moved behind Odoo's back breaks the chain. What
a chain cannot show by itself is a missing tail: for that the dossier remembers its last
hash and how many events it has.
"""

import hashlib
import json
from collections import namedtuple
from datetime import date

Problem = namedtuple("Problem", "index kind")


def event_hash(previous_hash, payload):
    """SHA-256 in hexadecimal of one event.

    :param previous_hash: hash of the event before; empty (None, False, '') for the
        first
    :param payload: dict of JSON values, dates and datetimes (hashed as their ISO
        strings). It must be what is read back from the database: key order does not
        matter, everything else does
    :raises TypeError, ValueError: a value without one clear JSON form (an object, a
        set, NaN)
    """
    canonical = json.dumps(
        payload,
        sort_keys=True,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
        default=_iso,
    )
    return hashlib.sha256(f"{previous_hash or ''}{canonical}".encode()).hexdigest()


def verify(rows, last_hash=None, count=None):
    """What is wrong with a chain, as a list of ``Problem(index, kind)``, empty where it
    is whole.

    - ``changed``: the payload, the hash or the back reference of this row is not what
      was written;
    - ``missing``: a row is gone from just before this index (``len(rows)``: from the
      end);
    - ``reordered``: this row follows one that stands elsewhere.

    :param rows: dicts with ``payload``, ``previous`` and ``hash``, in the order of the
        events
    :param last_hash, count: the last hash and number of events as remembered elsewhere,
        to notice a tail cut off
    """
    problems = []
    known = {row["hash"] for row in rows}
    expected = {""}
    for index, row in enumerate(rows):
        previous = row["previous"] or ""
        actual = event_hash(previous, row["payload"])
        if row["hash"] != actual:
            problems.append(Problem(index, "changed"))
        if previous not in expected:
            problems.append(
                Problem(
                    index,
                    "reordered" if previous in known or not previous else "missing",
                )
            )
        # A row whose hash alone was overwritten is still the one its successor refers
        # to.
        expected = {row["hash"], actual}
    if (count is not None and len(rows) < count) or (
        last_hash and last_hash not in known | expected
    ):
        problems.append(Problem(len(rows), "missing"))
    elif last_hash and last_hash not in expected:
        problems.append(Problem(len(rows) - 1, "reordered"))
    return problems


def _iso(value):
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an event")
