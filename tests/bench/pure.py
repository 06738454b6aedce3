"""What is computed without database and server."""

from launcher.console import step

from .due_dates import due_dates
from .forms import validation


def run(source, rounds):
    """:return: list of results for ``table.report``"""
    with step("Measuring: due dates and forms"):
        return [*due_dates(), validation()]
