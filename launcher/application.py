"""``./motcua run`` and ``./motcua stop``: the whole thing up, and down again."""

import os
import shutil
import signal
from datetime import datetime, timezone

from . import database, keeper, lock, paths, postgres, server, setup
from .apology import apologising
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
    _check_disk()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    serving = server.OwnServer(name, port, f"server-{name}.log", workers)
    started_postgres = False
    try:
        with apologising(serving.listening):
            setup.ensure()
            started_postgres = postgres.start()
            with lock.exclusive("databases"):
                password = database.ensure(name, demo)
        say("• Starting Odoo")
        serving.start()
        serving.remember(os.getpid())
        _welcome(serving, password, workers)
        if daemon:
            if child := os.fork():
                serving.remember(child)
                os._exit(0)
            started_postgres = False
            serving.keeper = os.getpid()  # as the note says that its parent leaves
            _leave_the_terminal(serving.log)
        keeper.keep(serving, postgres, lambda line: _report(serving.log, line))
    except KeyboardInterrupt:
        say("\nStopping.")
    finally:
        serving.stop()
        if started_postgres:
            _stop_postgres()


def _leave_the_terminal(log):
    """Go on in the background; only errors have a place where they are seen."""
    os.setsid()
    with open(os.devnull, "r+") as nothing, open(log, "a") as file:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
        os.dup2(file.fileno(), 2)


def _report(log, line):
    """Tell what happened on the terminal and, as Odoo does, in Odoo's log."""
    say(f"• {line}")
    moment = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S,000")
    with open(log, "a") as file:
        file.write(f"{moment} {os.getpid()} WARNING ? launcher.keeper: {line}\n")


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
