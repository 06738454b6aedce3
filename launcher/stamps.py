"""Remember which work is done: a stamp holds a hash of the inputs of a step.

A step whose stamp equals its inputs is skipped, so a second start takes seconds. The stamp is written last, so a step
that was interrupted has none and is done again.
"""

import hashlib
from pathlib import Path


def digest(*parts):
    """Hash of the given texts, files and folders (a folder counts with the names and contents of all its files)."""
    result = hashlib.sha256()
    for part in parts:
        if not isinstance(part, Path):
            result.update(repr(part).encode())
            continue
        files = [part] if part.is_file() else sorted(part.rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                result.update(str(file.relative_to(part.parent)).encode())
                result.update(file.read_bytes())
    return result.hexdigest()


def is_current(stamp, value):
    return stamp.is_file() and stamp.read_text() == value


def write(stamp, value):
    stamp.write_text(value)
