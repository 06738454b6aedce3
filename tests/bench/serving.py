"""Copies of the benchmark's database, and servers for them."""

from contextlib import contextmanager

from launcher import database as databases
from launcher import server as servers
from launcher.console import step
from tests.rpc import Rpc

WORKERS = 2


def copy(source, name):
    """Copy a database that no server is using; return the copy's name. The launcher
    removes all that begin with the name of the first one.
    """
    target = f"{source}_{name}"
    databases.copy(source, target)
    return target


@contextmanager
def serving(database):
    """A running ``launcher.server.Server``."""
    with step(f"Starting a server with {WORKERS} workers"):
        running = servers.start(
            database, servers.free_port(), "bench-server.log", WORKERS
        )
    try:
        yield running
    finally:
        running.stop()


def log_in(server, login):
    """The session of a user whose password is the login."""
    return Rpc(server.url, server.database, login, login)
