"""A run of the tests that only looks green is not accepted."""

import os
import re
import subprocess
import sys

import pytest

from launcher import paths

PASSES = "def test_one():\n    pass\n"
SKIPS = "import pytest\n\ndef test_one():\n    pytest.skip('no browser')\n"
SLOW = """
import time
from hypothesis import given, settings, strategies

@settings(max_examples=2)
@given(strategies.booleans())
def test_one(value):
    time.sleep(0.3)
"""
QUIET = "2026-11-21 20:12:04,021 8362 INFO db odoo.modules.loading: Modules loaded.\n"
LOUD = "2026-11-21 20:12:05,141 8362 ERROR db odoo.http: broken\n"


@pytest.fixture
def run_suite(tmp_path):
    """Run pytest with the gate on one test file, as ``./motcua test`` would."""

    def run(test, log=QUIET, **variables):
        suite, logs = tmp_path / "suite", tmp_path / "logs"
        suite.mkdir()
        logs.mkdir()
        (suite / "test_it.py").write_text(test)
        (logs / "tests.log").write_text(log)
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MOTCUA_", "ODOO_", "PYTEST_"))
        }
        pytest_command = [sys.executable, "-m", "pytest", "-p", "launcher.pytest_gate"]
        return subprocess.run(
            [*pytest_command, "-p", "no:odoo", "-p", "no:cacheprovider", suite],
            capture_output=True,
            text=True,
            cwd=suite,
            env={
                **inherited,
                "PYTHONPATH": str(paths.ROOT),
                "MOTCUA_TEST_LOGS": str(logs),
                **variables,
            },
        )

    return run


def assert_refused(result, problem):
    assert result.returncode == 1, result.stdout
    assert problem in result.stdout
    closing_line = result.stdout.rstrip().splitlines()[-1]
    assert re.search(r"=+ .*(passed|skipped) in ", closing_line)


def test_a_clean_run_is_accepted(run_suite):
    result = run_suite(PASSES)
    assert result.returncode == 0, result.stdout
    assert "not accepted" not in result.stdout


def test_no_property_fails_on_a_slow_machine(run_suite):
    result = run_suite(SLOW)
    assert result.returncode == 0, result.stdout


def test_a_skipped_test_is_refused(run_suite):
    assert_refused(run_suite(SKIPS), "skipped: test_it.py::test_one")


def test_an_error_in_odoos_log_is_refused(run_suite):
    assert_refused(run_suite(PASSES, log=LOUD), "ERROR odoo.http: broken")


def test_a_suite_of_which_tests_were_left_out_is_refused(run_suite):
    result = run_suite(PASSES, MOTCUA_WHOLE_SUITE="1")
    this = "tests/test_gate.py::test_a_skipped_test_is_refused"
    assert_refused(result, f"never run: {this}")
