"""Odoo's warnings count unless they are explained."""

import pytest

from launcher import log_check

LOG = """\
2026-11-21 20:12:04,021 8362 INFO db odoo.modules.loading: Modules loaded.
2026-11-21 20:12:04,137 8362 WARNING db odoo.models: no constraint was made
  a line of a traceback
2026-11-21 20:12:05,141 8362 ERROR ? odoo.http: broken
"""


def test_warnings_and_errors_are_found():
    assert log_check.findings(LOG, []) == [
        "WARNING odoo.models: no constraint was made",
        "ERROR odoo.http: broken",
    ]


def test_explained_lines_are_accepted():
    patterns = log_check.allowed_patterns("# known\nWARNING odoo.models: no constr\n")
    assert log_check.findings(LOG, patterns) == ["ERROR odoo.http: broken"]


def test_every_allowed_line_has_a_reason():
    with pytest.raises(ValueError, match="no reason"):
        log_check.allowed_patterns("# known\nfirst\nsecond\n")


def test_the_kept_list_is_well_formed():
    log_check.allowed_patterns(log_check.ALLOWED_FILE.read_text())
