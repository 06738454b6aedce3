"""Remember which work is done: a stamp holds a hash of the inputs of a step.

A step whose stamp equals its inputs is skipped, so a second start takes seconds. The
stamp is written last, so a step that was interrupted has none and is done again.
"""

import hashlib
from pathlib import Path

from . import paths


def digest(*parts):
    """Hash of the given texts and of the given files of this clone."""
    result = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            result.update(str(part.relative_to(paths.ROOT)).encode())
            result.update(part.read_bytes())
        else:
            result.update(repr(part).encode())
    return result.hexdigest()


def is_current(stamp, value):
    return stamp.is_file() and stamp.read_text() == value


def write(stamp, value):
    stamp.write_text(value)
