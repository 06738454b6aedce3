"""``./motcua run`` and ``./motcua stop``: the whole thing up, and down again."""

import shutil
import signal
import time

from . import database, lock, paths, postgres, server, setup
from .console import say
from .errors import LauncherError

FREE_DISK_NEEDED = 2 * 1024**3
DEMO_LOGINS = (
    ("tiepnhan", "receiving officer"),
    ("thuly", "handler"),
    ("lanhdao", "approver and unit leader"),
    ("giamsat", "provincial inspector"),
    ("quantri", "procedure administrator"),
    ("buudien", "post officer"),
    ("congdan", "citizen"),
    ("admin", "system administrator"),
)


def run(name, port, workers, demo, daemon):
    """Set up what is missing and serve; in the foreground until Ctrl-C unless
    ``daemon``.
    """
    database.check_name(name)
    for other in server.running():
        if other.database == name:
            raise LauncherError(
                f"Motcua already runs at {other.url}; ./motcua stop ends it."
            )
    server.check_port(port)
    _check_disk()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started_postgres = False
    serving = None
    try:
        setup.ensure()
        started_postgres = postgres.start()
        with lock.exclusive("databases"):
            password = database.ensure(name, demo)
        say("• Starting Odoo")
        serving = server.start(name, port, f"server-{name}.log", workers)
        serving.remember()
        _welcome(serving, password, workers)
        if daemon:
            started_postgres, serving = False, None
            return
        while serving.is_alive:
            time.sleep(0.5)
        raise LauncherError(
            f"Odoo ended by itself (details: .motcua/log/server-{name}.log)"
        )
    except KeyboardInterrupt:
        say("\nStopping.")
    finally:
        if serving:
            serving.stop()
        if started_postgres:
            _stop_postgres()


def stop(name=None):
    """Stop the servers of this clone and its PostgreSQL; with ``name`` only the server
    of that database.
    """
    server.stop_all(name)
    if name is None:
        _stop_postgres()


def _stop_postgres():
    if postgres.stop_unless_used():
        say("PostgreSQL is stopped.")
    else:
        say("PostgreSQL goes on: other programs are connected to it.")


def _check_disk():
    if shutil.disk_usage(paths.ROOT).free < FREE_DISK_NEEDED:
        raise LauncherError(
            "Less than 2 GiB of disk space is free; Motcua needs that much."
        )


def _welcome(serving, password, workers):
    say(f"\nMotcua is at {serving.url}")
    if password:
        say(f"Administrator: admin / {password}   (shown only now)")
    elif database.has_demo(serving.database):
        say("Demo logins, each with its name as password:")
        for login, role in DEMO_LOGINS:
            say(f"  {login:<10}{role}")
    if workers:
        say("With several workers live notifications need the proxy of config/nginx/.")
    say("Ctrl-C or ./motcua stop ends it.\n")
