"""Serving: start Odoo, wait until it answers, stop it by its process id."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import database as databases
from . import odoo_command, paths
from .console import step
from .errors import LauncherError

HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 15


class Server:
    """One running Odoo server."""

    def __init__(self, database, port, pid):
        self.database = database
        self.port = port
        self.pid = pid

    @property
    def url(self):
        return f"http://{HOST}:{self.port}"

    @property
    def is_alive(self):
        """Whether the process still is the Odoo of this database (process ids are used
        again).
        """
        try:
            command = (
                Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().split("\0")
            )
        except FileNotFoundError:
            return False
        return self.database in command and any("odoo" in part for part in command)

    def remember(self):
        """Leave a note by which ``stop`` finds the server."""
        _note(self.database).write_text(
            json.dumps({"database": self.database, "port": self.port, "pid": self.pid})
        )

    def stop(self):
        """Ask Odoo to end, make it end after a while, and forget it."""
        for number, seconds in (
            (signal.SIGTERM, STOP_SECONDS),
            (signal.SIGKILL, STOP_SECONDS),
        ):
            if not self.is_alive:
                break
            os.kill(self.pid, number)
            _wait_until(lambda: not self.is_alive, seconds)
        _note(self.database).unlink(missing_ok=True)


def start(database, port, log_name, workers=0, jobs=True):
    """Start Odoo on ``port`` of this machine only and return it when it answers.

    :param workers: number of processes; 0 means one with threads
    :param jobs: whether it also does what is planned for certain hours
    """
    server = Server(database, port, None)
    databases.set_address(database, server.url)
    options = (
        f"-d {database} --db-filter ^{database}$ --http-port {port}"
        f" --workers {workers} --gevent-port {free_port()}"
        f"{'' if jobs else ' --max-cron-threads 0'}"
    )
    log = paths.LOG / log_name
    with open(log, "a") as file:
        process = subprocess.Popen(
            [*odoo_command.PROGRAM, *options.split()],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=odoo_command.environment(),
            cwd=paths.ROOT,
            start_new_session=True,
        )
    server.pid = process.pid
    try:
        _wait_until(
            lambda: process.poll() is not None or _answers(server), START_SECONDS
        )
        if process.poll() is not None or not _answers(server):
            raise LauncherError(
                f"Odoo did not start (details: {log.relative_to(paths.ROOT)})"
            )
    except BaseException:
        process.kill()
        raise
    return server


def running():
    """The servers that were started here and still run."""
    notes = [
        json.loads(file.read_text()) for file in sorted(paths.RUN.glob("*.server"))
    ]
    return [server for server in (Server(**note) for note in notes) if server.is_alive]


def check_port(port):
    """Refuse a port that another program listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise LauncherError(
                f"Port {port} is in use; choose another one with --port."
            ) from None


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def stop_all(database=None):
    """Stop the servers started here, or only the one of ``database``."""
    for server in running():
        if database in (None, server.database):
            with step(f"Stopping {server.url}"):
                server.stop()


def _note(database):
    return paths.RUN / f"{database}.server"


def _answers(server):
    try:
        with urllib.request.urlopen(f"{server.url}/web/health", timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _wait_until(condition, seconds):
    """Check ``condition`` until it holds; return whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return condition()
