"""Copies of the database with demo data, and Odoo serving them."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from launcher import database as databases
from launcher import server as servers


@contextmanager
def copied(name):
    """A database with demo data that may be changed; its name in this run."""
    template = os.environ.get("MOTCUA_TEST_DEMO")
    if not template:
        pytest.fail("Run the tests with ./motcua test.")
    copy = f"{template}_{name}"
    databases.copy(template, copy)
    try:
        yield copy
    finally:
        databases.drop(copy)


@contextmanager
def serving(database, workers=0):
    """A running Odoo; has ``url``, ``port`` and ``database``. Its log is checked at the
    end of the run. It does no planned jobs: stopped in the midst of one, it would log
    an error.

    :param workers: number of processes; 0 means one with threads
    """
    folder = Path(os.environ["MOTCUA_TEST_LOGS"]).name
    running = servers.start(
        database,
        servers.free_port(),
        f"{folder}/{database}.log",
        workers=workers,
        jobs=False,
    )
    try:
        yield running
    finally:
        running.stop()
