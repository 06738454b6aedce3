"""A pytest plugin that fails a run which only looks green, and none for being slow.

It fails when a test was skipped, when Odoo logged a warning or an error that is not
explained, and, in a run of the whole suite, when a test that stands in a file was not
run. Properties are examined however long an example takes.
"""

import ast
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from . import log_check, paths


class Gate:
    """Watches the reports of one run; with several workers it lives in the process that
    collects their reports.
    """

    def __init__(self, whole_suite):
        self.whole_suite = whole_suite
        self.run = set()
        self.skipped = []
        self.problems = []

    def pytest_runtest_logreport(self, report):
        if report.skipped:
            self.skipped.append(report.nodeid)
        elif report.when == "call" or report.failed:
            self.run.add(file_and_name(report.nodeid))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session, exitstatus):
        self.problems += [f"skipped: {nodeid}" for nodeid in self.skipped]
        if self.whole_suite:
            self.problems += [
                f"never run: {'::'.join(test)}"
                for test in sorted(written_tests() - self.run)
            ]
        logs = os.environ.get("MOTCUA_TEST_LOGS")
        if logs:
            self.problems += [
                f"in Odoo's log: {finding}"
                for finding in log_check.check(Path(logs).glob("*.log"))
            ]
        if self.problems and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.problems:
            terminalreporter.section("The run is not accepted", red=True)
            for problem in self.problems:
                terminalreporter.write_line(problem)


class Scheduling(LoadScopeScheduling):
    """Gives out test classes and files as they are, but all of ``tests/`` in one piece:
    its tests share a server and a browser (see ``tests/conftest.py``).
    """

    def _split_scope(self, nodeid):
        folder = f"{paths.TESTS.name}/"
        return folder if nodeid.startswith(folder) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return Scheduling(config, log)


def pytest_configure(config):
    settings.register_profile(
        "motcua", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("motcua")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(
            Gate(whole_suite="MOTCUA_WHOLE_SUITE" in os.environ)
        )


def file_and_name(nodeid):
    """``(file, test name)`` of a test's report, without class and parameters."""
    file, *names = nodeid.partition("[")[0].split("::")
    return file, names[-1]


def written_tests():
    """``(file, test name)`` of every test that stands in a test file of the suite,
    found without running anything.
    """
    found = set()
    for folder in (*paths.ADDONS.glob("*/tests"), paths.TESTS):
        for file in folder.rglob("test_*.py"):
            found |= {
                (str(file.relative_to(paths.ROOT)), name)
                for name in _tests_in(ast.parse(file.read_text()))
            }
    return found


def _tests_in(module):
    """The names of the test functions and of the methods of test classes."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            functions = [node]
        elif isinstance(node, ast.ClassDef) and (
            node.bases or node.name.startswith("Test")
        ):
            functions = [
                child for child in node.body if isinstance(child, ast.FunctionDef)
            ]
        else:
            continue
        yield from (
            function.name for function in functions if function.name.startswith("test_")
        )
