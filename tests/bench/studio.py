"""The studio: what administrators wait for."""

from launcher.console import step

from .publish import publish
from .serving import copy, log_in, serving


def run(source, rounds):
    """Measure in a copy of the database ``source``.

    :return: list of results for ``table.report``
    """
    with serving(copy(source, "studio")) as server:
        with step("Measuring: publication"):
            return [publish(log_in(server, "admin"))]
