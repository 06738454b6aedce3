"""Odoo's warnings and errors: every one counts, except those explained in ``config/log-
allowed.txt``.
"""

import re

from . import paths

ALLOWED_FILE = paths.CONFIG / "log-allowed.txt"
LINE = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (WARNING|ERROR|CRITICAL) \S+ (\S+): (.*)"
)


def allowed_patterns(text):
    """The patterns of the allow list: each stands on a line of its own below a comment
    that gives the reason.
    """
    patterns = []
    explained = False
    for line in text.splitlines():
        if line.startswith("#"):
            explained = True
        elif line.strip():
            if not explained:
                raise ValueError(
                    f"{ALLOWED_FILE.name}: no reason is given above {line!r}"
                )
            patterns.append(re.compile(line.strip()))
            explained = False
    return patterns


def findings(text, patterns):
    """The warning and error lines of a log that no pattern allows, as ``LEVEL logger:
    message``.
    """
    found = []
    for line in text.splitlines():
        if match := LINE.match(line):
            entry = "{} {}: {}".format(*match.groups())
            if not any(pattern.search(entry) for pattern in patterns):
                found.append(entry)
    return found


def check(files):
    """The findings of several log files, each with the name of its file."""
    patterns = allowed_patterns(ALLOWED_FILE.read_text())
    return [
        f"{file.name}: {entry}"
        for file in sorted(files)
        for entry in findings(file.read_text(errors="replace"), patterns)
    ]
